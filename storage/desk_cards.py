"""The tips' cards in the chats of the desk, while they can change: what each shows, and which are out of date."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, exists, func, select, update

from storage import tables
from storage.database import Transaction
from storage.desk_notes import name_of
from storage.desk_tables import DeskCard
from storage.ranks import rank_above
from storage.standing import is_open
from storage.tips import Tip, read


@dataclass(frozen=True, slots=True)
class Card:
    """`message` is None until it was sent."""

    id: bytes
    chat: bytes
    tip: str
    message: int | None


def deal(t: Transaction, chat: bytes, tip: Tip, *, now: datetime, again: str = "") -> bytes | None:
    """A card of the tip as it stands; None if the chat was dealt one already. `again` names one more."""
    card = name_of(chat, "card", tip.id + again)
    values = {"id": card, "chat": chat, "tip": tip.id, "shown": standing(tip), "at": now}
    return card if t.insert_new(DeskCard, values) else None


def unannounced(t: Transaction, *, urgency: int, since: datetime, limit: int) -> tuple[Tip, ...]:
    """Open tips at least so urgent, filed since then, of which no chat has a card; the most urgent first."""
    row, card = tables.Tip, DeskCard
    fits = (
        # A range of what is urgent still: this is asked every second.
        is_open(),
        col(row.rank) < rank_above(urgency),
        col(row.urgency) >= urgency,
        col(row.filed_at) >= since,
        ~exists().where(col(card.tip) == col(row.id)),
    )
    order = (col(row.rank), col(row.id))
    return tuple(read(tip) for tip in t.session.exec(select(row).where(*fits).order_by(*order).limit(limit)))


def outdated(t: Transaction, *, limit: int = 50) -> tuple[Card, ...]:
    """Cards that were sent and show something else than how their tips stand."""
    row, card = tables.Tip, DeskCard
    stands = col(row.state) + ":" + func.coalesce(col(row.claimed_by), "")
    found = t.session.exec(
        select(card)
        .join(row, col(card.tip) == col(row.id))
        .where(col(card.message).is_not(None), col(card.shown) != stands)
        .order_by(col(card.at), col(card.id))
        .limit(limit)
    )
    return tuple(_read(one) for one in found)


def show(t: Transaction, card: bytes, tip: Tip) -> None:
    """The card is about to show the tip as it stands now."""
    t.session.exec(update(DeskCard).where(col(DeskCard.id) == card).values(shown=standing(tip)))


def place(t: Transaction, card: bytes, message: int) -> None:
    """Under which number the chat has the card."""
    t.session.exec(update(DeskCard).where(col(DeskCard.id) == card).values(message=message))


def find(t: Transaction, card: bytes) -> Card | None:
    row = t.session.get(DeskCard, card)
    return None if row is None else _read(row)


def discard(t: Transaction, card: bytes) -> None:
    """It shows how the tip ended, or is no longer there: nothing of it will change."""
    t.session.exec(delete(DeskCard).where(col(DeskCard.id) == card))


def forget(t: Transaction, *, before: datetime) -> int:
    """Delete those dealt before, which are kept up to date no more; how many."""
    return int(t.session.exec(delete(DeskCard).where(col(DeskCard.at) < before)).rowcount)


def standing(tip: Tip) -> str:
    """What of a tip a card shows that can change."""
    return f"{tip.state}:{tip.claimed_by or ''}"


def _read(row: DeskCard) -> Card:
    return Card(row.id, row.chat, row.tip, row.message)
