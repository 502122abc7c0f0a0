"""How a tip stands in the queue as time goes on and things happen to it: in which lane, at which rank, until when.

What a tip's urgency is at a time is not known here: the staff jobs stamp it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, literal_column, or_, select

from storage import tables
from storage.database import Transaction
from storage.ranks import Ended, Lane, rank_at_end, rank_of
from storage.tips import OPEN_STATES, load, split_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """How a tip stands now. `due_left`: seconds of its deadline, which stand still while it waits for its reporter;
    `again_at`: when time alone changes any of this."""

    lane: Lane
    urgency: int
    due_at: datetime | None
    due_left: int | None
    again_at: datetime | None


def is_open() -> ColumnElement[bool]:
    """Whether a tip is open, as a condition on its rank. Written out, not given: an index is chosen by it."""
    return col(tables.Tip.rank) >= literal_column("0")


def end(row: tables.Tip, now: datetime, where: Ended = Ended.DECIDED) -> None:
    """It leaves the queue."""
    row.lane, row.rank, row.restamp_at = where, rank_at_end(now), None


def reopen(row: tables.Tip, now: datetime) -> None:
    """It is in the queue again; its lane and deadline follow with the next stamping."""
    row.lane, row.rank, row.restamp_at = Lane.ORDINARY, rank_of(row.urgency, row.filed_at), now
    row.due_at = row.due_left = None


def ask_for_stamp(row: tables.Tip, now: datetime) -> None:
    """Something has happened that may change how it stands."""
    if row.rank >= 0:
        row.restamp_at = now


def stamp(t: Transaction, tip: str, how: Stamp) -> None:
    """Set it; a tip that has ended meanwhile stays as it is."""
    row = t.session.get(tables.Tip, tip)
    if row is None or row.state not in OPEN_STATES:
        return
    row.lane, row.rank = how.lane, rank_of(how.urgency, row.filed_at)
    row.due_at, row.due_left, row.restamp_at = how.due_at, how.due_left, how.again_at


def to_stamp(t: Transaction, *, now: datetime, limit: int) -> tuple[str, ...]:
    """Tips to be stamped, the longest due first; those too that were opened again without a word to this module."""
    row = tables.Tip
    lost = (col(row.state).in_(OPEN_STATES)) & (col(row.rank) < 0)
    found = select(row.id).where(or_(col(row.restamp_at) <= now, lost)).order_by(col(row.restamp_at)).limit(limit)
    return tuple(t.session.exec(found))


def mark(t: Transaction, tip: str, name: str, *, now: datetime) -> None:
    """A reason for urgency that others know of, such as a supervised case; again is harmless. Raises NotFound."""
    row = load(t, tip)
    row.marks = join_marks({*split_marks(row.marks), name})
    ask_for_stamp(row, now)


def join_marks(names: Collection[str]) -> str | None:
    """As a row keeps them."""
    return ",".join(sorted(names)) or None
