"""Errors of acts beside deciding, as sentences for the page: each with what to do next."""

from collections.abc import Mapping

from bot.services.triage_errors import (
    AuthorityMissing,
    DayMissing,
    KindMissing,
    NoConversation,
    NoneChosen,
    NotMerged,
    ObservableMissing,
    OneOfSeveral,
)
from bot.staff.wording import N_
from storage.errors import NotFound


def explain_act(error: Exception) -> tuple[str, Mapping[str, object]] | None:
    """What the page says of it; None for an error of another kind. The cause of OneOfSeveral follows in a sentence of
    its own."""
    match error:
        case NotMerged():
            return N_("This tip is not merged, or its content was erased. Nothing was changed."), {}
        case OneOfSeveral():
            return N_("No tip was merged, for it cannot be done with tip %(tip)s."), {"tip": error.tip}
        case NoneChosen():
            return N_("Tick a tip, or write its reference; at most 50 at once."), {}
        case DayMissing():
            return N_("Choose a day from tomorrow on, within %(days)s days."), {"days": error.most_days}
        case ObservableMissing():
            return N_("Write one whole number, link, account or name on a platform, and choose what it is."), {}
        case NoConversation():
            return N_(
                "It is not known any more which conversation this tip came from; nobody can be limited for it."
            ), {}
        case KindMissing():
            return N_("Choose what kind of report it is."), {}
        case AuthorityMissing():
            return N_("Name the authority it was passed on to: the reporter is told."), {}
        case NotFound(what="limit"):
            return N_("This was ended already, or its time is over."), {}
        case NotFound(what="benign observable"):
            return N_("It is not on the list any more."), {}
        case _:
            return None
