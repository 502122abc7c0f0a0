"""The queue: tips that fit a filter, by rank, a page at a time and each page a range of an index.

A page begins after a tip, or ends before one; nothing is skipped over and nothing is counted to the end, so that the
millionth tip is as near as the first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col, func, or_, select

from storage import tables
from storage.database import Transaction
from storage.ranks import Ended
from storage.standing import is_open
from storage.tips import OPEN_STATES, Tip, TipState, read

COUNTED = 1000
"""So many are counted; a count of one more means more."""


class Nearness(StrEnum):
    """How a deadline stands."""

    NEAR = "near"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which tips to list; what is None does not matter. `has_news`: only those whose reporter wrote last."""

    states: Collection[str] = OPEN_STATES
    lane: str | None = None
    kind: str | None = None
    danger: str | None = None
    pattern: str | None = None
    language: str | None = None
    country: str | None = None
    claimed_by: str | None = None
    is_unclaimed: bool = False
    has_news: bool = False
    filed_before: datetime | None = None
    deadline: tuple[Nearness, datetime] | None = None
    """How it stands at that time: near is not missed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Between which tips a page begins or ends."""

    rank: int
    tip: str

    def __str__(self) -> str:
        return f"{self.rank}.{self.tip}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """None for what is no place."""
        rank, dot, tip = text.partition(".")
        digits = rank.removeprefix("-")
        if not dot or not (digits.isascii() and digits.isdigit()) or len(digits) > 18 or len(tip) > 40:
            return None
        return cls(int(rank), tip)


@dataclass(frozen=True, slots=True)
class Page:
    """Part of the queue. `total` of those that fit, up to COUNTED + 1; `earlier` and `further`: where the pages before
    and after this one end and begin, where there are any."""

    tips: tuple[Tip, ...]
    total: int
    earlier: Place | None = None
    further: Place | None = None


def queue(
    t: Transaction, which: QueueFilter, *, limit: int = 50, after: Place | None = None, before: Place | None = None
) -> Page:
    """The most urgent first, of equally urgent the longest waiting; of ended ones the latest to end first."""
    row = tables.Tip
    fits = conditions(which)
    here = tuple_(col(row.rank), col(row.id))
    order = (col(row.rank), col(row.id))
    listed = select(row).where(*fits).options(defer(cast("QueryableAttribute[bytes | None]", row.sealed)))
    if before is not None:
        back = listed.where(here < (before.rank, before.tip)).order_by(*(one.desc() for one in order))
        found = [read(tip) for tip in t.session.exec(back.limit(limit + 1))]
        is_more, shown = len(found) > limit, found[:limit][::-1]
        earlier, further = is_more, bool(shown)
    else:
        if after is not None:
            listed = listed.where(here > (after.rank, after.tip))
        found = [read(tip) for tip in t.session.exec(listed.order_by(*order).limit(limit + 1))]
        shown = found[:limit]
        earlier, further = after is not None and bool(shown), len(found) > limit
    return Page(
        tuple(shown),
        count(t, which),
        Place(shown[0].rank, shown[0].id) if earlier else None,
        Place(shown[-1].rank, shown[-1].id) if further else None,
    )


def count(t: Transaction, which: QueueFilter) -> int:
    """How many fit, up to COUNTED + 1."""
    row = tables.Tip
    some = select(row.id).where(*conditions(which)).limit(COUNTED + 1)
    return t.session.exec(select(func.count()).select_from(some.subquery())).one()


def told(total: int) -> str:
    """A count as people read it: exact, or that there are more."""
    return f"{COUNTED:,}+" if total > COUNTED else f"{total:,}"


def count_lanes(t: Transaction, lanes: Iterable[str]) -> Mapping[str, int]:
    """How many lie in each, up to COUNTED + 1."""
    return {lane: count(t, QueueFilter(lane=lane)) for lane in lanes}


def conditions(which: QueueFilter) -> list[ColumnElement[bool]]:
    """For the other modules of this package."""
    row = tables.Tip
    fits = _states(frozenset(which.states))
    for column, wanted in (
        (row.lane, which.lane),
        (row.kind, which.kind),
        (row.pattern, which.pattern),
        (row.language, which.language),
        (row.country, which.country),
        (row.claimed_by, which.claimed_by),
    ):
        if wanted is not None:
            fits.append(col(column) == wanted)
    if which.is_unclaimed:
        fits.append(col(row.claimed_by).is_(None))
    if which.filed_before is not None:
        fits.append(col(row.filed_at) < which.filed_before)
    if which.has_news:
        since_decided = col(row.replied_at) > col(row.decided_at)
        since_asked = col(row.replied_at) >= func.coalesce(col(row.asked_at), col(row.filed_at))
        fits += [col(row.replied_at).is_not(None), since_decided | (col(row.decided_at).is_(None) & since_asked)]
    if which.deadline is not None:
        fits += _deadline(*which.deadline)
    if which.danger is not None:
        fits.append((("," + col(row.dangers)) + ",").contains(f",{which.danger},", autoescape=True))
    return fits


def _states(states: frozenset[str]) -> list[ColumnElement[bool]]:
    """By what an index is ordered within, where the states are those that lie together."""
    row = tables.Tip
    if states == OPEN_STATES:
        return [is_open()]
    for lane, together in (
        (Ended.DECIDED, {TipState.DECIDED, TipState.MERGED}),
        (Ended.GONE, {TipState.WITHDRAWN, TipState.ERASED}),
    ):
        if states == together:
            return [col(row.lane) == lane]
    return [or_(*(col(row.state) == state for state in sorted(states)))]


def _deadline(how: Nearness, now: datetime) -> list[ColumnElement[bool]]:
    row = tables.Tip
    near, due = col(row.near_at), col(row.due_at)
    match how:
        case Nearness.NEAR:
            return [near <= now, due > now]
        case Nearness.MISSED:
            # A deadline is near before it is missed: only that is in the index.
            return [near <= now, due <= now]
