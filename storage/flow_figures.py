"""How long tips take from step to step: medians and ninetieth percentiles, by kind and by person, between two dates."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, func, literal, or_, select

from storage import tables
from storage.database import Transaction


class Step(StrEnum):
    """From one stamp of a tip to another."""

    LOOK = "look"
    """From the filing to staff's first look."""
    CLAIM = "claim"
    """From the filing to the first claim."""
    QUESTION = "question"
    """From the filing to the first question to the reporter."""
    REPLY = "reply"
    """From the first question to the reporter's first answer."""
    DECISION = "decision"
    """From the filing to the verdict or the merging."""
    HANDLING = "handling"
    """From the first claim to the verdict or the merging."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `count` tips, half took at most `median`, nine in ten at most `p90`; between two tips' times the value is
    interpolated, as SQL's percentile_cont does it."""

    count: int
    median: timedelta
    p90: timedelta


Figures = Mapping[Step, Spread]
"""Steps that nothing took are not in it."""


@dataclass(frozen=True, slots=True)
class FlowFigures:
    """Of the steps that ended in `since` <= moment < `until`. By person: of those who decided, by name, and only the
    two steps that end with it."""

    since: datetime
    until: datetime
    overall: Figures
    by_kind: Mapping[str, Figures]
    by_person: Mapping[str, Figures]


_PERSONAL = (Step.DECISION, Step.HANDLING)


def flow_figures(t: Transaction, *, since: datetime, until: datetime) -> FlowFigures:
    """Read them all: a look at every tip with a stamp in that time, so for a page that is not opened every second."""
    row = tables.Tip
    everything, kinds = (
        _grouped(t, literal(""), tuple(Step), since, until),
        _grouped(t, row.kind, tuple(Step), since, until),
    )
    people = _grouped(t, row.decided_by, _PERSONAL, since, until)
    return FlowFigures(since, until, everything.get("", {}), kinds, people)


def _grouped(
    t: Transaction, by: Any, steps: tuple[Step, ...], since: datetime, until: datetime
) -> Mapping[str, Figures]:
    found: defaultdict[str, dict[Step, Spread]] = defaultdict(dict)
    for step in steps:
        for name, spread in _spreads(t, by, step, since, until).items():
            found[name][step] = spread
    return found


def _spreads(t: Transaction, by: Any, step: Step, since: datetime, until: datetime) -> Mapping[str, Spread]:
    """One sort on the server; of each group only the tips beside the two percentiles come back."""
    began, ended = _ends(step)
    took: ColumnElement[Any] = ended - began
    if t.connection.dialect.name == "sqlite":
        # The difference of two texts is none; in days, as numbers, they are in the same order.
        took = func.julianday(ended) - func.julianday(began)
    each = (
        select(
            by.label("name"),
            began.label("began"),
            ended.label("ended"),
            (func.row_number().over(partition_by=by, order_by=took) - 1).label("at"),
            (func.count().over(partition_by=by) - 1).label("last"),
        )
        .where(ended >= since, ended < until, ended >= began)
        .subquery()
    )
    at, last = each.c.at, each.c.last
    beside = [at == low + step_on for low in (last * 5 // 10, last * 9 // 10) for step_on in (0, 1)]
    times: defaultdict[str, dict[int, timedelta]] = defaultdict(dict)
    counts: dict[str, int] = {}
    found = select(each.c.name, each.c.began, each.c.ended, at, last).where(or_(*beside))
    for name, first, then, place, most in t.connection.execute(found):
        times[name][place] = then - first
        counts[name] = most + 1
    return {
        name: Spread(count, _at(times[name], count, 5), _at(times[name], count, 9)) for name, count in counts.items()
    }


def _ends(step: Step) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    row = tables.Tip
    pairs: Mapping[Step, tuple[object, object]] = {
        Step.LOOK: (row.filed_at, row.first_seen_at),
        Step.CLAIM: (row.filed_at, row.first_claimed_at),
        Step.QUESTION: (row.filed_at, row.first_asked_at),
        Step.REPLY: (row.first_asked_at, row.first_replied_at),
        Step.DECISION: (row.filed_at, row.decided_at),
        Step.HANDLING: (row.first_claimed_at, row.decided_at),
    }
    began, ended = pairs[step]
    return cast("ColumnElement[Any]", began), cast("ColumnElement[Any]", ended)


def _at(times: Mapping[int, timedelta], count: int, tenths: int) -> timedelta:
    """Between the two that stand beside it."""
    low, part = divmod((count - 1) * tenths, 10)
    return times[low] + (times[min(low + 1, count - 1)] - times[low]) * part / 10
