"""Conversations whose new tips wait at the end for a time: proposed by one member of staff, limited by another.

By pseudonym, never by name: the tip holds it until its content is erased, and a limit has a copy until it is over.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import col, delete, or_, select

from storage.act_tables import ReporterLimit
from storage.columns import UtcDateTime
from storage.database import Transaction
from storage.errors import NotFound, WrongState
from storage.prepared import Statement
from storage.tips import load
from storage.transaction import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`tip`: of whose tip it was said. Proposed only as long as `limited_at` is None. `reason` is sealed to staff."""

    id: int
    tip: str
    proposed_by: str
    proposed_at: datetime
    reason: bytes
    limited_by: str | None
    limited_at: datetime | None
    until: datetime | None


def propose(t: Transaction, tip: str, *, by: str, reason: bytes, now: datetime) -> int:
    """For the conversation that the tip came from; the proposal's id. Raises NotFound, and WrongState where the tip
    came from none, or does not say any more from which."""
    row = load(t, tip)
    if row.conversation is None:
        raise WrongState(tip, "of no conversation", "limiting its reporter")
    made = ReporterLimit(conversation=row.conversation, tip=tip, proposed_by=by, proposed_at=now, reason=reason)
    t.session.add(made)
    t.session.flush()
    return made.id or 0


def put_in_force(t: Transaction, limit: int, *, by: str, now: datetime, until: datetime) -> Limit:
    """Raises NotFound for one that is over; for one in force, it only moves the end."""
    row = _load(t, limit)
    row.limited_by, row.limited_at, row.until = by, now, until
    return _read(row)


def end(t: Transaction, limit: int, *, by: str, now: datetime) -> Limit:
    """A proposal is declined, a limit lifted. Raises NotFound for one that is over."""
    row = _load(t, limit)
    row.ended_by, row.ended_at = by, now
    return _read(row)


def is_limited(t: Transaction, conversation: bytes, *, now: datetime) -> bool:
    """Whether this conversation's new tips wait at the end. Asked at every filing."""
    return bool(t.rows(_in_force, {"conversation": conversation, "now": now}))


def of_reporter(t: Transaction, tip: str, *, now: datetime) -> tuple[Limit, ...]:
    """What is proposed or in force for whoever told this tip. Raises NotFound."""
    conversation = load(t, tip).conversation
    if conversation is None:
        return ()
    return _current(t, now, col(ReporterLimit.conversation) == conversation)


def every(t: Transaction, *, now: datetime) -> tuple[Limit, ...]:
    """What is proposed or in force, the latest proposed first."""
    return _current(t, now, sa.true())


def forget(t: Transaction, *, now: datetime) -> int:
    """Deletes what is over, and with it the pseudonym; how many."""
    row = ReporterLimit
    over = or_(col(row.ended_at).is_not(None), col(row.until) <= now)
    return int(t.session.exec(delete(row).where(over)).rowcount)


def _current(t: Transaction, now: datetime, which: sa.ColumnElement[bool]) -> tuple[Limit, ...]:
    row = ReporterLimit
    lasts = or_(col(row.until).is_(None), col(row.until) > now)
    found = select(row).where(which, col(row.ended_at).is_(None), lasts).order_by(col(row.id).desc())
    return tuple(_read(one) for one in t.session.exec(found))


def _load(t: Transaction, limit: int) -> ReporterLimit:
    row = t.session.get(ReporterLimit, limit)
    if row is None or row.ended_at is not None:
        raise NotFound("limit", str(limit))
    return row


def _in_force(_dialect: str) -> Statement:
    row = table_of(ReporterLimit)
    return (
        sa.select(row.c.id)
        .where(row.c.conversation == bindparam("conversation"), row.c.ended_at.is_(None))
        .where(row.c.until > bindparam("now", type_=UtcDateTime()))
        .limit(1)
    )


def _read(row: ReporterLimit) -> Limit:
    return Limit(
        id=row.id or 0,
        tip=row.tip,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        reason=row.reason,
        limited_by=row.limited_by,
        limited_at=row.limited_at,
        until=row.until,
    )
