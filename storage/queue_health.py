"""How the queue stands: what is open by lane, state and age, what has waited longest, which deadlines pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import col

from storage import tables
from storage.database import Transaction
from storage.standing import is_open
from storage.tips import TipState

AGES = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""The upper ends of the age bands; the last band has none."""
NEAR = timedelta(hours=2)
"""A deadline that ends within it is about to be missed."""


@dataclass(frozen=True, slots=True)
class LaneHealth:
    """Of one lane: open tips by state, by age band (one more than AGES), and when the oldest that nobody has claimed
    was filed."""

    states: Mapping[str, int]
    ages: tuple[int, ...]
    oldest_unclaimed: datetime | None

    @property
    def open(self) -> int:
        return sum(self.ages)


@dataclass(frozen=True, slots=True)
class Health:
    """`lanes` by name, those with open tips alone; `missed` and `near` count open tips by their deadline; `held` are
    open tips by who holds them."""

    lanes: Mapping[str, LaneHealth]
    missed: int
    near: int
    held: Mapping[str, int]

    @property
    def open(self) -> int:
        return sum(lane.open for lane in self.lanes.values())


def queue_health(t: Transaction, *, now: datetime) -> Health:
    """One look at every open tip; those that ended are not read."""
    row = tables.Tip
    bounds = [now - age for age in AGES]
    older = [func.sum(case((col(row.filed_at) <= bound, 1), else_=0)) for bound in bounds]
    unclaimed = func.min(case((col(row.state) == TipState.NEW, col(row.filed_at)), else_=None))
    lanes, state_of = col(row.lane), col(row.state)
    grouped = select(lanes, state_of, func.count(), unclaimed, *older).where(is_open()).group_by(lanes, state_of)
    states: dict[str, dict[str, int]] = {}
    ages: dict[str, list[int]] = {}
    oldest: dict[str, datetime | None] = {}
    for lane, state, count, first, *beyond in t.connection.execute(grouped):
        states.setdefault(lane, {})[state] = count
        edges = [count, *(int(number) for number in beyond), 0]
        bands = ages.setdefault(lane, [0] * (len(AGES) + 1))
        for place in range(len(bands)):
            bands[place] += edges[place] - edges[place + 1]
        known = [moment for moment in (oldest.get(lane), first) if moment is not None]
        oldest[lane] = min(known, default=None)
    due = col(row.due_at)
    return Health(
        lanes={lane: LaneHealth(states[lane], tuple(ages[lane]), oldest[lane]) for lane in states},
        missed=_count(t, due <= now),
        near=_count(t, due > now, due <= now + NEAR),
        held={
            name or "": count
            for name, count in t.connection.execute(
                select(col(row.claimed_by), func.count())
                .where(is_open(), col(row.claimed_by).is_not(None))
                .group_by(col(row.claimed_by))
            )
        },
    )


def _count(t: Transaction, *conditions: ColumnElement[bool]) -> int:
    return int(t.connection.execute(select(func.count()).where(is_open(), *conditions)).scalar_one())
