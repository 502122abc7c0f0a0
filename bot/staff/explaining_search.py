"""Why a search could not be made, as sentences for the page."""

from collections.abc import Mapping

from bot.services.search_errors import (
    NoDay,
    NoObservable,
    NoReference,
    NoSum,
    NothingSought,
    NoWords,
    SearchError,
    SoughtTooLong,
)
from bot.staff.wording import N_


def explain_search(error: SearchError) -> tuple[str, Mapping[str, object]]:
    """A sentence of the catalogue, and what goes into it."""
    match error:
        case SoughtTooLong():
            return N_("At most %(limit)s characters of a field are searched for. Take the part that tells most."), {
                "limit": error.limit
            }
        case NoReference():
            return N_("That is neither a reference nor a receipt; a letter may be missing or misread."), {}
        case NoObservable():
            return N_("No phone, link, account, wallet or name could be read in it. Search for it as words."), {}
        case NoWords():
            return N_("These words are in nearly every tip. Add one that is not."), {}
        case NoSum():
            return N_("Write a sum in digits, such as 48000 or 0.5."), {}
        case NoDay():
            return N_("Write dates as 2026-11-27, the earlier one first."), {}
        case NothingSought() | _:
            return N_("Fill in one field at least."), {}
