"""How many tips came and went between two moments: by day or week, by verdict, by pattern, by who decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from storage import tables
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Tally:
    """Tips filed, and tips that ended (decided or merged), in `since` <= moment < `until`."""

    since: datetime
    until: datetime
    filed: int
    ended: int


def tallies(t: Transaction, edges: Sequence[datetime], *, by: str | None = None) -> tuple[Tally, ...]:
    """One for each stretch between two neighbouring edges; with `by`, only what they ended, and nothing filed.

    Each count reads a range of an index."""
    row = tables.Tip
    whose = () if by is None else (col(row.decided_by) == by,)
    return tuple(
        Tally(
            since,
            until,
            0 if by is not None else _count(t, *_within(row.filed_at, since, until)),
            _count(t, *_within(row.decided_at, since, until), *whose),
        )
        for since, until in pairwise(edges)
    )


def verdicts_between(t: Transaction, *, since: datetime, until: datetime, by: str | None = None) -> Mapping[str, int]:
    """How often each verdict was given."""
    row = tables.Tip
    whose = () if by is None else (col(row.decided_by) == by,)
    found = t.session.exec(
        select(row.verdict, func.count()).where(*_within(row.decided_at, since, until), *whose).group_by(row.verdict)
    )
    return {verdict: count for verdict, count in found if verdict is not None}


def deciders_between(t: Transaction, *, since: datetime, until: datetime) -> Mapping[str, int]:
    """How many tips each member of staff decided or merged."""
    row = tables.Tip
    found = t.session.exec(
        select(row.decided_by, func.count()).where(*_within(row.decided_at, since, until)).group_by(row.decided_by)
    )
    return {name: count for name, count in found if name is not None}


def patterns_between(t: Transaction, *, since: datetime, until: datetime) -> Mapping[str, int]:
    """How many tips filed then are of each pattern: the confirmed one, else the likeliest."""
    row = tables.Tip
    pattern = func.coalesce(col(row.confirmed_pattern), col(row.pattern))
    found = t.session.exec(select(pattern, func.count()).where(*_within(row.filed_at, since, until)).group_by(pattern))
    return {name: count for name, count in found if name is not None}


def _within(column: object, since: datetime, until: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(column) >= since, col(column) < until


def _count(t: Transaction, *conditions: ColumnElement[bool]) -> int:
    return t.session.exec(select(func.count()).where(*conditions).select_from(tables.Tip)).one()
