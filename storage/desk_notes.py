"""What was said at the desk, so that it is said once; and which cards no longer show how their tips stand."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, exists, func, select, update

from storage import tables
from storage.database import Transaction
from storage.desk_tables import DeskNote
from storage.tips import OPEN_STATES, Tip, read


@dataclass(frozen=True, slots=True)
class Card:
    """A tip's card in a chat. `message` is None until it was sent."""

    note: bytes
    chat: bytes
    tip: str
    message: int | None


def is_new(t: Transaction, chat: bytes, what: str, subject: str, *, now: datetime) -> bool:
    """Whether this was not said in the chat before; from now on it was: of two who ask at once, one is told so."""
    values = {"id": name_of(chat, what, subject), "chat": chat, "shown": "", "at": now}
    return t.insert_new(DeskNote, values)


def was_said(t: Transaction, chat: bytes, what: str, subject: str) -> bool:
    """Whether `is_new` was told so before."""
    return t.session.get(DeskNote, name_of(chat, what, subject)) is not None


def card(t: Transaction, chat: bytes, tip: Tip, *, now: datetime, again: str = "") -> bytes | None:
    """Note a card of the tip in the chat as it stands; None if there is one already. `again` names one more."""
    note = name_of(chat, "card", tip.id + again)
    values = {"id": note, "chat": chat, "tip": tip.id, "shown": standing(tip), "at": now}
    return note if t.insert_new(DeskNote, values) else None


def unannounced(t: Transaction, *, urgency: int, since: datetime, limit: int = 20) -> tuple[Tip, ...]:
    """Open tips at least so urgent, filed since then, of which no card was ever shown; the longest waiting first."""
    row, note = tables.Tip, DeskNote
    fits = (
        col(row.state).in_(OPEN_STATES),
        col(row.urgency) >= urgency,
        col(row.filed_at) >= since,
        ~exists().where(col(note.tip) == col(row.id)),
    )
    found = t.session.exec(select(row).where(*fits).order_by(col(row.filed_at), col(row.id)).limit(limit))
    return tuple(read(tip) for tip in found)


def outdated(t: Transaction, *, limit: int = 50) -> tuple[Card, ...]:
    """Cards that were sent and show something else than how their tips stand."""
    row, note = tables.Tip, DeskNote
    stands = col(row.state) + ":" + func.coalesce(col(row.claimed_by), "")
    found = t.session.exec(
        select(note)
        .join(row, col(note.tip) == col(row.id))
        .where(col(note.message).is_not(None), col(note.shown) != stands)
        .order_by(col(note.at), col(note.id))
        .limit(limit)
    )
    return tuple(Card(one.id, one.chat, one.tip or "", one.message) for one in found)


def show(t: Transaction, note: bytes, tip: Tip) -> None:
    """The card is about to show the tip as it stands now."""
    t.session.exec(update(DeskNote).where(col(DeskNote.id) == note).values(shown=standing(tip)))


def place(t: Transaction, note: bytes, message: int) -> None:
    """Under which number the chat has the card."""
    t.session.exec(update(DeskNote).where(col(DeskNote.id) == note).values(message=message))


def find(t: Transaction, note: bytes) -> Card | None:
    row = t.session.get(DeskNote, note)
    return None if row is None or row.tip is None else Card(row.id, row.chat, row.tip, row.message)


def lose(t: Transaction, chats: Collection[bytes]) -> None:
    """The chats are gone, and their cards with them."""
    t.session.exec(delete(DeskNote).where(col(DeskNote.chat).in_(chats)))


def forget(t: Transaction, *, before: datetime) -> int:
    """Delete what was said before; how many. A card that old is not kept up to date any more."""
    return int(t.session.exec(delete(DeskNote).where(col(DeskNote.at) < before)).rowcount)


def standing(tip: Tip) -> str:
    """What of a tip a card shows that can change."""
    return f"{tip.state}:{tip.claimed_by or ''}"


def name_of(chat: bytes, what: str, subject: str) -> bytes:
    """The note's id: the same for the same thing in the same chat."""
    return hashlib.sha256(chat + f"{len(what)}:{what}{subject}".encode()).digest()
