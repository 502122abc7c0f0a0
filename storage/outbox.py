"""Messages to send: at least once, in order within a conversation, encrypted until sent and then erased."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, delete, exists, func, select, update

from storage import tables
from storage.database import Transaction
from storage.sealing import CitizensKeys


class OutboxState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, repr=False)
class Outgoing:
    """A message that is due. `address` is what the channel needs to find the person."""

    id: int
    conversation: bytes
    channel: str
    address: str
    body: bytes
    attempts: int
    created_at: datetime


def put(
    t: Transaction,
    keys: CitizensKeys,
    *,
    conversation: bytes,
    channel: str,
    address: str,
    body: bytes,
    now: datetime,
    not_before: datetime | None = None,
) -> int:
    """Keep a message to be sent; its id. `not_before` leaves it that long to whoever sends it at once."""
    row = tables.Outbox(
        conversation=conversation,
        channel=channel,
        address=keys.encrypt(_context("address", conversation), address.encode()),
        body=keys.encrypt(_context("body", conversation), body),
        state=OutboxState.PENDING,
        created_at=now,
        not_before=not_before or now,
    )
    t.session.add(row)
    t.session.flush()
    assert row.id is not None  # noqa: S101 - the flush gave it one
    return row.id


def take(
    t: Transaction, keys: CitizensKeys, *, channel: str, now: datetime, lease_until: datetime, limit: int = 20
) -> tuple[Outgoing, ...]:
    """What is due, the oldest of each conversation first and alone; not offered again before `lease_until`."""
    row, earlier = tables.Outbox, aliased(tables.Outbox)
    is_first = ~exists().where(
        col(earlier.conversation) == col(row.conversation),
        col(earlier.state) == OutboxState.PENDING,
        col(earlier.id) < col(row.id),
    )
    due = t.session.exec(
        select(row)
        .where(row.state == OutboxState.PENDING, row.not_before <= now, row.channel == channel, is_first)
        .order_by(col(row.id))
        .limit(limit)
    ).all()
    taken = []
    for message in due:
        message.attempts += 1
        message.not_before = lease_until
        taken.append(_read(keys, message))
    return tuple(taken)


def waiting(t: Transaction, keys: CitizensKeys, conversation: bytes) -> tuple[Outgoing, ...]:
    """All that waits for a conversation, in order: for a channel whose person comes to fetch it."""
    row = tables.Outbox
    due = select(row).where(col(row.conversation) == conversation, col(row.state) == OutboxState.PENDING)
    return tuple(_read(keys, message) for message in t.session.exec(due.order_by(col(row.id))))


def acknowledge(t: Transaction, message: int, *, now: datetime) -> None:
    """It was sent: erase its words and its address. Again, or after its death, is harmless."""
    _finish(t, message, OutboxState.SENT, now)


def mark(t: Transaction, keys: CitizensKeys, *, conversation: bytes, channel: str, mark: str, now: datetime) -> None:
    """Keep by what name the channel knows a message that is there now, so that it can be taken away again."""
    row = tables.Outbox(
        conversation=conversation,
        channel=channel,
        body=keys.encrypt(_context("mark", conversation), mark.encode()),
        state=OutboxState.SENT,
        created_at=now,
        not_before=now,
        finished_at=now,
    )
    t.session.add(row)


def take_marks(t: Transaction, keys: CitizensKeys, conversation: bytes) -> tuple[str, ...]:
    """The names of what is there, the earliest first; they are forgotten with it."""
    row = tables.Outbox
    is_mark = (col(row.conversation) == conversation, col(row.state) == OutboxState.SENT, col(row.body).is_not(None))
    marks = t.session.exec(select(row).where(*is_mark).order_by(col(row.id))).all()
    taken = tuple(keys.decrypt(_context("mark", conversation), m.body).decode() for m in marks if m.body is not None)
    for one in marks:
        one.body = None
    return taken


def retry(t: Transaction, message: int, *, not_before: datetime) -> None:
    """It could not be sent this time."""
    row = tables.Outbox
    t.session.exec(
        update(row).where(col(row.id) == message, col(row.state) == OutboxState.PENDING).values(not_before=not_before)
    )


def bury(t: Transaction, message: int, *, now: datetime) -> None:
    """It will never be sent: erase its words and its address, and keep that it died."""
    _finish(t, message, OutboxState.DEAD, now)


def drop(t: Transaction, conversation: bytes, *, now: datetime) -> int:
    """Bury all that waits for a conversation (its person left, or erased everything); how many."""
    return _end(t, now, col(tables.Outbox.conversation) == conversation)


def expire(t: Transaction, *, now: datetime, before: datetime) -> int:
    """Bury what has waited since before `before`; how many."""
    return _end(t, now, col(tables.Outbox.created_at) < before)


def forget(t: Transaction, *, finished_before: datetime) -> int:
    """Delete what was sent or died before: that somebody was written to is nobody's business any more. How many."""
    row = tables.Outbox
    return int(t.session.exec(delete(row).where(col(row.finished_at) < finished_before)).rowcount)


def counts(t: Transaction) -> dict[str, int]:
    """How many messages are in each state."""
    row = tables.Outbox
    return dict(t.session.exec(select(row.state, func.count()).group_by(row.state)).all())


def _finish(t: Transaction, message: int, state: OutboxState, now: datetime) -> None:
    row = tables.Outbox
    t.session.exec(
        update(row)
        .where(col(row.id) == message, col(row.state) == OutboxState.PENDING)
        .values(state=state, body=None, address=None, finished_at=now)
    )


def _end(t: Transaction, now: datetime, which: ColumnElement[bool]) -> int:
    row = tables.Outbox
    ended = t.session.exec(
        update(row)
        .where(col(row.state) == OutboxState.PENDING, which)
        .values(state=OutboxState.DEAD, body=None, address=None, finished_at=now)
    )
    return int(ended.rowcount)


def _read(keys: CitizensKeys, row: tables.Outbox) -> Outgoing:
    assert row.id is not None  # noqa: S101 - it was read from the table
    assert row.address is not None  # noqa: S101 - a pending message has one
    assert row.body is not None  # noqa: S101 - a pending message has one
    return Outgoing(
        id=row.id,
        conversation=row.conversation,
        channel=row.channel,
        address=keys.decrypt(_context("address", row.conversation), row.address).decode(),
        body=keys.decrypt(_context("body", row.conversation), row.body),
        attempts=row.attempts,
        created_at=row.created_at,
    )


def _context(part: str, conversation: bytes) -> str:
    return f"outbox {part}:{conversation.hex()}"
