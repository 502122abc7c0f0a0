"""What the desk is told in numbers: how the queue stands, what was done in a day, what is about to be missed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from storage import tables
from storage.database import Transaction
from storage.queueing import Page
from storage.tips import OPEN_STATES, Tip, TipState, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """`urgent`: nobody's yet; `replied`: open, and the reporter wrote last; `held`: open tips by holder."""

    open: int
    urgent: int
    unseen: int
    replied: int
    filed: int
    decided: int
    held: Mapping[str, int]


def day(t: Transaction, *, urgency: int, since: datetime, unseen_before: datetime) -> Day:
    """`filed` and `decided` count from `since`; `unseen` what was filed before `unseen_before` and not looked at."""
    row = tables.Tip
    is_open = col(row.state).in_(OPEN_STATES)
    holders = select(row.claimed_by, func.count()).where(is_open, col(row.claimed_by).is_not(None))
    return Day(
        open=_count(t, is_open),
        urgent=_count(t, col(row.state) == TipState.NEW, col(row.urgency) >= urgency),
        unseen=_count(t, is_open, col(row.first_seen_at).is_(None), col(row.filed_at) < unseen_before),
        replied=_count(t, is_open, col(row.replied_at) >= func.coalesce(col(row.asked_at), col(row.filed_at))),
        filed=_count(t, col(row.filed_at) >= since),
        decided=_count(t, col(row.decided_at) >= since),
        held={name or "": number for name, number in t.session.exec(holders.group_by(col(row.claimed_by)))},
    )


def unseen(t: Transaction, *, after: datetime, until: datetime, limit: int) -> Page:
    """Open tips filed in that time that nobody has looked at, the most urgent first."""
    return _page(t, limit, col(tables.Tip.first_seen_at).is_(None), *_filed(after, until))


def undecided(t: Transaction, danger: str, *, after: datetime, until: datetime, limit: int) -> Page:
    """Open tips filed in that time that tell of a danger, the most urgent first."""
    told = (("," + col(tables.Tip.dangers)) + ",").contains(f",{danger},", autoescape=True)
    return _page(t, limit, told, *_filed(after, until))


def deadlines_nearing(t: Transaction, *, after: datetime, until: datetime, limit: int) -> Page:
    """Open tips whose deadline came near in that time and was not missed in it, the most urgent first."""
    row = tables.Tip
    return _page(t, limit, col(row.near_at) > after, col(row.near_at) <= until, col(row.due_at) > until)


def deadlines_missed(t: Transaction, *, after: datetime, until: datetime, limit: int) -> Page:
    """Open tips whose deadline was missed in that time, the most urgent first."""
    row = tables.Tip
    # A deadline is near before it is missed: only that is in an index.
    return _page(t, limit, col(row.near_at) <= until, col(row.due_at) > after, col(row.due_at) <= until)


def holds_ending(t: Transaction, *, after: datetime, until: datetime, limit: int) -> tuple[Tip, ...]:
    """Open tips whose hold runs out in that time, the first to do so first."""
    row = tables.Tip
    fits = (col(row.state).in_(OPEN_STATES), col(row.claim_until) > after, col(row.claim_until) <= until)
    found = t.session.exec(select(row).where(*fits).order_by(col(row.claim_until), col(row.id)).limit(limit))
    return tuple(read(tip) for tip in found)


def confirmed_as(t: Transaction, *, pattern: str | None, kind: str, limit: int) -> tuple[str, ...]:
    """As which patterns tips were confirmed most often that the matcher found alike, else of the same kind."""
    row = tables.Tip
    alike = row.pattern == pattern if pattern is not None else row.kind == kind
    found = t.session.exec(
        select(row.confirmed_pattern)
        .where(col(row.confirmed_pattern).is_not(None), alike)
        .group_by(col(row.confirmed_pattern))
        .order_by(func.count().desc(), col(row.confirmed_pattern))
        .limit(limit)
    )
    return tuple(name for name in found if name is not None)


def _filed(after: datetime, until: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(tables.Tip.filed_at) > after, col(tables.Tip.filed_at) <= until


def _page(t: Transaction, limit: int, *fits: ColumnElement[bool]) -> Page:
    row = tables.Tip
    is_open = col(row.state).in_(OPEN_STATES)
    found = t.session.exec(select(row).where(is_open, *fits).order_by(col(row.rank), col(row.id)).limit(limit))
    return Page(tuple(read(tip) for tip in found), _count(t, is_open, *fits))


def _count(t: Transaction, *fits: ColumnElement[bool]) -> int:
    return t.session.exec(select(func.count()).select_from(tables.Tip).where(*fits)).one()
