"""Messages to send: at least once, in order within a conversation, encrypted until sent and then erased."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, bindparam
from sqlmodel import col, delete, func, select, update

from storage import tables
from storage.database import Transaction
from storage.keys import Encrypts
from storage.prepared import Statement
from storage.transaction import Later, table_of


class OutboxState(StrEnum):
    ARMED = "armed"
    """Written when the person asked for it, and sent only once something else happens."""
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
    keys: Encrypts,
    *,
    conversation: bytes,
    channel: str,
    address: str,
    body: bytes,
    now: datetime,
    not_before: datetime | None = None,
) -> Later[int]:
    """Keep a message to be sent; its id. `not_before` leaves it that long to whoever sends it at once."""
    return t.insert_later(
        tables.Outbox,
        {
            "conversation": conversation,
            "channel": channel,
            "address": keys.encrypt(_context("address", conversation), address.encode()),
            "body": keys.encrypt(_context("body", conversation), body),
            "state": OutboxState.PENDING,
            "created_at": now,
            "not_before": not_before or now,
            "attempts": 0,
        },
    )


def take(
    t: Transaction, keys: Encrypts, *, channel: str, now: datetime, lease_until: datetime, limit: int = 20
) -> tuple[Outgoing, ...]:
    """What is due, the oldest of each conversation first and alone; not offered again before `lease_until`."""
    due = t.rows(_take, {"channel": channel, "now": now, "limit": limit})
    for row in due:
        t.run(_lease, {"message": row[0], "until": lease_until})
    return tuple(replace(_read(keys, row), attempts=row[5] + 1) for row in due)


def is_due(t: Transaction, *, channel: str, now: datetime) -> bool:
    """Whether `take` would find something."""
    return bool(t.rows(_due, {"channel": channel, "now": now, "limit": 1}))


def is_waiting(t: Transaction, *, channel: str, now: datetime) -> bool:
    """Whether the time of any has come, be it the first of its conversation or behind one that is being sent."""
    return bool(t.rows(_any, {"channel": channel, "now": now}))


def waiting(t: Transaction, keys: Encrypts, conversation: bytes) -> tuple[Outgoing, ...]:
    """All that waits for a conversation, in order: for a channel whose person comes to fetch it."""
    return tuple(_read(keys, row) for row in t.rows(_waiting, {"conversation": conversation}))


def waiting_ids(t: Transaction, conversation: bytes) -> tuple[int, ...]:
    """Of all that waits for a conversation, in order; no key is needed."""
    return tuple(row[0] for row in t.rows(_waiting, {"conversation": conversation}))


def acknowledge(t: Transaction, message: int, *, now: datetime) -> None:
    """It was sent: erase its words and its address. Again, or after its death, is harmless."""
    _finish(t, message, OutboxState.SENT, now)


def sent(t: Transaction, keys: Encrypts, message: Outgoing, *, marks: Collection[str], now: datetime) -> Later[int]:
    """It was sent, and the channel knows it by `marks`. 0 when it was dropped meanwhile: then it is not to stay."""
    body = keys.encrypt(_context("mark", message.conversation), ",".join(marks).encode()) if marks else None
    return t.run_later(_finished, {"message": message.id, "to": OutboxState.SENT, "mark": body, "now": now})


def arm(
    t: Transaction, keys: Encrypts, *, conversation: bytes, channel: str, address: str, body: bytes, now: datetime
) -> None:
    """Keep a message that is sent only when `release` says so, if ever."""
    number = put(t, keys, conversation=conversation, channel=channel, address=address, body=body, now=now)()
    t.session.exec(update(tables.Outbox).where(col(tables.Outbox.id) == number).values(state=OutboxState.ARMED))


def release(t: Transaction, conversation: bytes, *, now: datetime) -> bool:
    """Send what was armed first for a conversation; whether there was anything. No key is needed for it."""
    row = tables.Outbox
    is_armed = (col(row.conversation) == conversation, col(row.state) == OutboxState.ARMED)
    first = t.session.exec(select(row).where(*is_armed).order_by(col(row.id)).limit(1)).first()
    if first is None:
        return False
    first.state, first.created_at, first.not_before = OutboxState.PENDING, now, now
    return True


def mark(t: Transaction, keys: Encrypts, *, conversation: bytes, channel: str, mark: str, now: datetime) -> None:
    """Keep by what name the channel knows a message that is there now, so that it can be taken away again."""
    t.insert_later(
        tables.Outbox,
        {
            "conversation": conversation,
            "channel": channel,
            "body": keys.encrypt(_context("mark", conversation), mark.encode()),
            "state": OutboxState.SENT,
            "created_at": now,
            "not_before": now,
            "attempts": 0,
            "finished_at": now,
        },
    )


def take_marks(t: Transaction, keys: Encrypts, conversation: bytes, *, since: datetime) -> tuple[str, ...]:
    """The names of what is there since then, the earliest first; all are forgotten with it."""
    row = tables.Outbox
    is_mark = (col(row.conversation) == conversation, col(row.state) == OutboxState.SENT, col(row.body).is_not(None))
    marks = t.session.exec(select(row).where(*is_mark).order_by(col(row.id))).all()
    taken: list[str] = []
    for one in marks:
        if one.body is not None and one.finished_at is not None and one.finished_at >= since:
            taken += keys.decrypt(_context("mark", conversation), one.body).decode().split(",")
        one.body = None
    return tuple(taken)


def retry(t: Transaction, message: int, *, not_before: datetime) -> None:
    """It could not be sent this time."""
    t.run(_later, {"message": message, "then": not_before})


def bury(t: Transaction, message: int, *, now: datetime) -> None:
    """It will never be sent: erase its words and its address, and keep that it died."""
    _finish(t, message, OutboxState.DEAD, now)


def drop(t: Transaction, conversation: bytes, *, now: datetime) -> int:
    """Bury all that waits for a conversation (its person left, or erased everything); how many."""
    is_theirs = col(tables.Outbox.conversation) == conversation
    return _end(t, now, is_theirs) + _end(t, now, is_theirs, OutboxState.ARMED)


def expire(t: Transaction, *, now: datetime, before: datetime, armed_before: datetime) -> int:
    """Bury what has waited since before `before`, or armed since before `armed_before`; how many."""
    written = col(tables.Outbox.created_at)
    return _end(t, now, written < before) + _end(t, now, written < armed_before, OutboxState.ARMED)


def forget(t: Transaction, *, finished_before: datetime) -> int:
    """Delete what was sent or died before: that somebody was written to is nobody's business any more. How many."""
    row = tables.Outbox
    return int(t.session.exec(delete(row).where(col(row.finished_at) < finished_before)).rowcount)


def backlog(t: Transaction, conversation: bytes) -> int:
    """How many messages wait for a conversation."""
    row = tables.Outbox
    is_theirs = (col(row.conversation) == conversation, col(row.state) == OutboxState.PENDING)
    return t.session.exec(select(func.count()).select_from(row).where(*is_theirs)).one()


def counts(t: Transaction) -> dict[str, int]:
    """How many messages are in each state."""
    row = tables.Outbox
    return dict(t.session.exec(select(row.state, func.count()).group_by(row.state)).all())


def _columns() -> "Select[Any]":
    """In the order that `_read` takes them."""
    row = table_of(tables.Outbox).c
    return sa.select(row.id, row.conversation, row.channel, row.address, row.body, row.attempts, row.created_at)


def _due(_dialect: str) -> "Select[Any]":
    table = table_of(tables.Outbox)
    row, earlier = table.c, table.alias().c
    is_first = ~sa.exists().where(
        earlier.conversation == row.conversation, earlier.state == OutboxState.PENDING, earlier.id < row.id
    )
    is_due = (row.state == OutboxState.PENDING, row.not_before <= bindparam("now"), row.channel == bindparam("channel"))
    # Not by the column itself: SQLite would walk along it, through every message that was ever sent.
    return _columns().where(*is_due, is_first).order_by(row.id + 0).limit(bindparam("limit"))


def _any(_dialect: str) -> Statement:
    row = table_of(tables.Outbox).c
    is_due = (row.state == OutboxState.PENDING, row.not_before <= bindparam("now"), row.channel == bindparam("channel"))
    return sa.select(row.id).where(*is_due).limit(1)


def _take(dialect: str) -> "Select[Any]":
    # What another worker is taking at this moment is passed over, not waited for.
    return _due(dialect).with_for_update(skip_locked=True, of=table_of(tables.Outbox))


def _lease(_dialect: str) -> Statement:
    table = table_of(tables.Outbox)
    is_it = table.c.id == bindparam("message")
    return sa.update(table).where(is_it).values(attempts=table.c.attempts + 1, not_before=bindparam("until"))


def _later(_dialect: str) -> Statement:
    table = table_of(tables.Outbox)
    it = (table.c.id == bindparam("message"), table.c.state == OutboxState.PENDING)
    return sa.update(table).where(*it).values(not_before=bindparam("then"))


def _waiting(_dialect: str) -> Statement:
    row = table_of(tables.Outbox).c
    is_theirs = (row.conversation == bindparam("conversation"), row.state == OutboxState.PENDING)
    return _columns().where(*is_theirs).order_by(row.id)


def _finished(_dialect: str) -> Statement:
    table = table_of(tables.Outbox)
    it = (table.c.id == bindparam("message"), table.c.state == OutboxState.PENDING)
    ended: dict[str, Any] = {
        "state": bindparam("to"),
        "body": bindparam("mark"),
        "address": None,
        "finished_at": bindparam("now"),
    }
    return sa.update(table).where(*it).values(ended)


def _finish(t: Transaction, message: int, state: OutboxState, now: datetime) -> None:
    t.run(_finished, {"message": message, "to": state, "mark": None, "now": now})


def _end(t: Transaction, now: datetime, which: ColumnElement[bool], state: OutboxState = OutboxState.PENDING) -> int:
    row = tables.Outbox
    ended = t.session.exec(
        update(row)
        .where(col(row.state) == state, which)
        .values(state=OutboxState.DEAD, body=None, address=None, finished_at=now)
    )
    return int(ended.rowcount)


def _read(keys: Encrypts, row: tuple[Any, ...]) -> Outgoing:
    """Of a pending message, which has an address and a body."""
    number, conversation, channel, address, body, attempts, created_at = row
    return Outgoing(
        id=number,
        conversation=conversation,
        channel=channel,
        address=keys.decrypt(_context("address", conversation), address).decode(),
        body=keys.decrypt(_context("body", conversation), body),
        attempts=attempts,
        created_at=created_at,
    )


def _context(part: str, conversation: bytes) -> str:
    return f"outbox {part}:{conversation.hex()}"
