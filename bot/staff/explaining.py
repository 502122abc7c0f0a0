"""Errors of the use cases as sentences for the page: each with what to do next."""

from collections.abc import Mapping

from bot.services.approval_errors import (
    ApprovalError,
    NothingChosen,
    NothingToErase,
    OwnProposal,
    ProposalOver,
    ProposedAlready,
    ProposerGone,
    TooMuchChosen,
)
from bot.services.search_errors import SearchError
from bot.services.signin_errors import (
    LinkOver,
    NameTaken,
    NameUnusable,
    NotRecognised,
    PasskeyRefused,
    ProofRefused,
    SignInError,
    TooManyPasskeys,
    WeakPassphrase,
    WrongCode,
)
from bot.services.triage_errors import (
    AlreadyEnded,
    ExhibitClosed,
    HeldByAnother,
    NameTooLong,
    NoReceipt,
    PatternUnknown,
    TextMissing,
    TextTooLong,
    TooManyFilters,
    TooManyTips,
    TriageError,
    VerdictMissing,
)
from bot.staff.explaining_acts import explain_act
from bot.staff.explaining_search import explain_search
from bot.staff.wording import N_, STATES, VERDICTS
from storage.errors import AlreadyExists, Circular, NotFound, StorageError, StorageFull
from storage.tips import TipState

Explanation = tuple[str, Mapping[str, object]]
"""A sentence of the catalogue, and what goes into it; a value that is a sentence itself stands under `said_…`."""


def explain(error: ApprovalError | TriageError | SignInError | StorageError) -> Explanation:
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
        case TooManyTips():
            return N_("These are %(count)s tips; at most %(limit)s can be chosen at once."), {
                "count": error.count,
                "limit": error.limit,
            }
        case NameTooLong():
            return N_("A name has at most %(limit)s characters."), {"limit": error.limit}
        case TooManyFilters():
            return N_("You keep %(limit)s tabs, which is the most. Remove one first."), {"limit": error.limit}
        case AlreadyExists(what="filter"):
            return N_("There is a tab of that name already."), {}
        case SearchError():
            return explain_search(error)
        case NoReceipt():
            return N_("This reporter took no receipt, so nothing can be left for them."), {}
        case ExhibitClosed():
            return N_("This tip concerns a minor. What was sent with it is opened for nobody."), {}
        case Circular(into=str()):
            return N_("Tip %(into)s was merged into tip %(tip)s already; they cannot be merged the other way round."), {
                "tip": error.tip,
                "into": error.into,
            }
        case Circular():
            return N_("A tip cannot be a duplicate of itself."), {}
        case NotFound(what="tip"):
            return N_("There is no tip with that reference. It looks like 7K3M-9QTX."), {}
        case StorageFull():
            return N_("The disk is full: nothing was kept. Tell whoever runs this service."), {}
        case ApprovalError():
            return _explain_approval(error)
        case _:
            return explain_act(error) or _explain_sign_in(error)


def _explain_approval(error: ApprovalError) -> Explanation:
    match error:
        case ProposedAlready():
            return N_("The same is proposed already and waits for approval."), {}
        case OwnProposal():
            return N_("You proposed this yourself: another person has to approve it."), {}
        case ProposalOver():
            return N_("This proposal is over: it was decided or fetched already, or 72 hours have passed."), {}
        case ProposerGone():
            return N_("%(name)s, who proposed this, may not do it any more. Refuse it, and propose it yourself."), {
                "name": error.name
            }
        case NothingToErase():
            return N_("This tip holds nothing any more: it was erased, or its reporter has taken it back."), {}
        case NothingChosen():
            return N_("No tip is like that. Choose other days, the first not after the last, or another state."), {}
        case TooMuchChosen():
            return N_("That is %(found)s tips; one export holds %(most)s at most. Choose fewer days."), {
                "found": error.found,
                "most": error.most,
            }
        case _:
            return N_("That did not work; nothing was changed. Try again."), {}


def _explain_ended(error: AlreadyEnded) -> Explanation:
    tip = error.ended
    if tip.state in {TipState.DECIDED, TipState.MERGED} and tip.verdict is not None:
        return N_("%(name)s decided tip %(tip)s before you (%(when)s): “%(said_verdict)s”. Nothing was changed."), {
            "name": tip.decided_by or "?",
            "tip": tip.id,
            "when": tip.decided_at or "?",
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
        case ProofRefused():
            return N_("That code or passkey was not taken. Take the next code, or try the passkey again."), {}
        case PasskeyRefused():
            return N_("That passkey was not taken: it took too long, or it is none of this console's. Try again."), {}
        case TooManyPasskeys():
            return N_("An account has %(most)s passkeys at most. Remove one first."), {"most": error.most}
        case NameTaken():
            return N_("There is an account named %(name)s already."), {"name": error.name}
        case NameUnusable():
            return N_("A name has 1 to 40 letters a to z, digits, dots, dashes or underscores."), {}
        case _:
            return N_("That did not work; nothing was changed. Try again."), {}
