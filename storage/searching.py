"""Finding tips by what they have: all conditions together, the newest first, at a cost that is bounded."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, union_all
from sqlalchemy.orm import Mapped, QueryableAttribute, defer
from sqlmodel import col, select

from storage import tables
from storage.database import Transaction
from storage.index_tables import IndexedTip, Term
from storage.tips import Tip, read

FURTHEST = 4_000
"""Of the rarest thing sought, the newest so many tips are looked at: a search for two things that are each in a hundred
thousand tips answers for the newest of them, says so, and goes on from there."""
_AT_ONCE = 500

Condition = tuple[int, ...]
"""Numbers of a SearchKey, of which a tip needs one."""


@dataclass(frozen=True, slots=True)
class Sought:
    """All of `conditions`, filed in a microsecond from `since` to before `before` (numbers of `storage.index`; None is
    open), in one of `states` (None: in any)."""

    conditions: tuple[Condition, ...] = ()
    since: int | None = None
    before: int | None = None
    states: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`before`: search on from there, where there may be more; `is_cut`: the looking ended before the page was full."""

    tips: tuple[Tip, ...]
    before: int | None
    is_cut: bool = False


def find(t: Transaction, sought: Sought, *, limit: int = 25) -> Found:
    """The newest filed that fit."""
    (numbers, _), *others = _rarest_first(t, sought)
    tips: list[tuple[int, Tip]] = []
    for some in _parts(numbers, _AT_ONCE):
        left = set(some)
        for newest, condition in others:
            if len(newest) < FURTHEST:
                left.intersection_update(newest)
            elif left:
                left = _that_have(t, condition, left)
        tips += _read(t, left, sought.states, limit + 1 - len(tips))
        if len(tips) > limit:
            return Found(tuple(tip for _, tip in tips[:limit]), tips[limit - 1][0])
    is_cut = len(numbers) == FURTHEST
    return Found(tuple(tip for _, tip in tips), numbers[-1] if is_cut else None, is_cut)


def _rarest_first(t: Transaction, sought: Sought) -> list[tuple[list[int], Condition]]:
    """Each condition, after the newest tips that have it; where there is none, all tips."""
    newest = [(_newest(t, sought, condition), condition) for condition in sought.conditions]
    return sorted(newest, key=lambda one: len(one[0])) or [(_newest(t, sought, ()), ())]


def _newest(t: Transaction, sought: Sought, condition: Condition) -> list[int]:
    """The numbers of the newest tips that have it, or of all for an empty one; FURTHEST at most."""
    if not condition:
        every = select(IndexedTip.number).where(*_within(col(IndexedTip.number), sought))
        return list(t.session.exec(every.order_by(col(IndexedTip.number).desc()).limit(FURTHEST)))
    # Each read by itself in its order; together they would be sorted first, however many there are.
    each = [
        select(Term.number)
        .where(Term.hash == hash_, *_within(col(Term.number), sought))
        .order_by(col(Term.number).desc())
        .limit(FURTHEST)
        .subquery()
        for hash_ in condition
    ]
    found = t.connection.execute(union_all(*(select(one.c.number) for one in each)))
    return sorted({number for (number,) in found}, reverse=True)[:FURTHEST]


def _within(number: Mapped[int], sought: Sought) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = []
    if sought.since is not None:
        bounds.append(number >= sought.since)
    if sought.before is not None:
        bounds.append(number < sought.before)
    return bounds


def _that_have(t: Transaction, condition: Condition, numbers: set[int]) -> set[int]:
    asked = select(Term.number).where(col(Term.hash).in_(condition), col(Term.number).in_(numbers))
    return set(t.session.exec(asked))


def _read(t: Transaction, numbers: set[int], states: Collection[str] | None, limit: int) -> list[tuple[int, Tip]]:
    if not numbers:
        return []
    row = tables.Tip
    asked = (
        select(IndexedTip.number, row)
        .join(row, col(row.id) == col(IndexedTip.tip))
        .where(col(IndexedTip.number).in_(numbers))
        .order_by(col(IndexedTip.number).desc())
        .limit(limit)
        .options(defer(cast("QueryableAttribute[bytes | None]", row.sealed)))
    )
    if states is not None:
        asked = asked.where(col(row.state).in_(states))
    return [(number, read(tip)) for number, tip in t.session.exec(asked)]


def _parts(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (numbers[start : start + size] for start in range(0, len(numbers), size))
