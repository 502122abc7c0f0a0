"""Errors of the use cases as sentences for the page: each with what to do next."""

from collections.abc import Mapping

from bot.services.search_errors import SearchError
from bot.services.signin_errors import (
    LinkOver,
    NameTaken,
    NameUnusable,
    NotRecognised,
    SignInError,
    WeakPassphrase,
    WrongCode,
)
from bot.services.triage_errors import (
    AlreadyEnded,
    ExhibitClosed,
    HeldByAnother,
    NoReceipt,
    PatternUnknown,
    TextMissing,
    TextTooLong,
    TriageError,
    VerdictMissing,
)
from bot.staff.explaining_search import explain_search
from bot.staff.wording import N_, STATES, VERDICTS
from storage.errors import Circular, NotFound, StorageError, StorageFull
from storage.tips import TipState

Explanation = tuple[str, Mapping[str, object]]
"""A sentence of the catalogue, and what goes into it; a value that is a sentence itself stands under `said_…`."""


def explain(error: TriageError | SignInError | StorageError) -> Explanation:
    """What the page says of it."""
    match error:
        case HeldByAnother(holder=""):
            return N_("Nobody holds this tip. Claim it first."), {}
        case HeldByAnother():
            return N_("%(name)s holds this tip. Speak with them, or wait until they release it."), {
                "name": error.holder
            }
        case AlreadyEnded():
            return _explain_ended(error)
        case VerdictMissing():
            return N_("Choose a verdict."), {}
        case PatternUnknown():
            return N_("That scam is not known any more. Choose one from the list."), {}
        case TextMissing():
            return N_("Write a sentence or two."), {}
        case TextTooLong():
            return N_("That is %(length)s characters; at most %(limit)s fit."), {
                "length": error.length,
                "limit": error.limit,
            }
        case SearchError():
            return explain_search(error)
        case NoReceipt():
            return N_("This reporter took no receipt, so nothing can be left for them."), {}
        case ExhibitClosed():
            return N_("This tip concerns a minor. What was sent with it is opened for nobody."), {}
        case Circular():
            return N_("A tip cannot be a duplicate of itself."), {}
        case NotFound(what="tip"):
            return N_("There is no tip with that reference. It looks like 7K3M-9QTX."), {}
        case StorageFull():
            return N_("The disk is full: nothing was kept. Tell whoever runs this service."), {}
        case _:
            return _explain_sign_in(error)


def _explain_ended(error: AlreadyEnded) -> Explanation:
    tip = error.ended
    if tip.state in {TipState.DECIDED, TipState.MERGED} and tip.verdict is not None:
        return N_("%(name)s decided this tip before you: “%(said_verdict)s”. Nothing was changed."), {
            "name": tip.decided_by or "?",
            "said_verdict": VERDICTS[tip.verdict],
        }
    return N_("Tip %(tip)s is closed: “%(said_state)s”. Nothing was changed."), {
        "tip": tip.id,
        "said_state": STATES[tip.state],
    }


def _explain_sign_in(error: Exception) -> Explanation:
    match error:
        case LinkOver():
            return N_("This link is over: it works once, for 15 minutes. Ask for a new one."), {}
        case NotRecognised():
            return N_(
                "Name, passphrase and code don't fit together, or there were too many tries. "
                "Wait a minute, then try again."
            ), {}
        case WeakPassphrase():
            return N_(
                "A passphrase needs at least 14 characters, of at least 6 kinds, and not your name. "
                "Four or five words you can remember are good."
            ), {}
        case WrongCode():
            return N_(
                "That code is not the one shown now. Check that the phone's clock is right, and take the next code."
            ), {}
        case NameTaken():
            return N_("There is an account named %(name)s already."), {"name": error.name}
        case NameUnusable():
            return N_("A name has 1 to 40 letters a to z, digits, dots, dashes or underscores."), {}
        case _:
            return N_("That did not work; nothing was changed. Try again."), {}
