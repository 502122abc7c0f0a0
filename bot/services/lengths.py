"""How much there is to read in an event: a short one is read at once, for a change of threads costs more than that."""

from bot.conversation.events import Attached, Event, Part, Paused, Said
from bot.conversation.gathering import text_of
from bot.conversation.session import Session

SHORT = 200
"""Characters that are read in a few milliseconds; the event loop may wait for ten."""


def length_of(event: Event, session: Session) -> int:
    """Characters that a step will read."""
    match event:
        case Said(text) | Attached(_, text) | Part(said=Said(text) | Attached(_, text)):
            return len(text) + len(text_of(session.gathering))
        case Paused():
            return len(text_of(session.gathering))
        case _:
            return 0
