"""What stands in a conversation's history after a turn; never a receipt, nor what went to a filed tip."""

from collections.abc import Callable

from bot.conversation.events import Attached, Attachment, Brought, Event, Part, Paused, Pressed, Said
from bot.conversation.gathering import text_of
from bot.conversation.phrases import SENT
from bot.conversation.receipts import looks_like_receipt
from bot.conversation.session import Session
from bot.services.history import History

_NOT_KEPT = "…"
"""Stands in the history for words that do not."""


def remember(
    history: History,
    event: Event,
    before: Session,
    after: Session,
    *,
    adds: bool,
    label: Callable[[str], str],
    say: Callable[[str], str],
) -> History:
    """With what the person said or pressed. That something was said is kept even where its words are not: a page tells
    by it which answers are new."""
    if isinstance(event, Pressed):
        return history.said(label(event.button))
    if isinstance(event, Brought):
        # That something was sent, and nothing of what was on it.
        sent = (say(SENT.get(item.what, SENT[Attachment.FILE])) for item in event.items)
        return history.said(" ".join(dict.fromkeys(sent)))
    text = _read(event, before, after)
    # Not even a receipt that came once too often to be looked up.
    return history.said(_NOT_KEPT if text and (adds or looks_like_receipt(text)) else text)


def _read(event: Event, before: Session, after: Session) -> str:
    """The words that were read in this turn; what waits to be read is remembered then."""
    match event:
        case Said(text) | Attached(_, text):
            return text
        case Part(said=Said(text) | Attached(_, text)) if after.gathering == before.gathering:
            return text
        case Paused() if after.gathering is None:
            return text_of(before.gathering)
        case _:
            return ""
