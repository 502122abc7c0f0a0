"""A tip's neighbours: the other tips it shares observables with, and how many independent people told of each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from storage import tables
from storage.database import Transaction
from storage.links import ObservableHash, having, is_telling
from storage.tips import Tip, read

MOST = 20
"""A page lists so many neighbours."""
LOOKED_AT = 200
_AT_ONCE = 500
"""Well below what either engine takes in one statement."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another tip, and how many observables it shares with the one asked about."""

    tip: Tip
    shared: int


def neighbours(t: Transaction, tip: str, *, now: datetime, limit: int = MOST) -> tuple[Neighbour, ...]:
    """Those that share the most first, of those the latest filed. What is known to be harmless makes no neighbours; of
    an observable that is in more than LOOKED_AT tips, so many of them are looked at."""
    link, row = tables.Link, tables.Tip
    telling = set(t.session.exec(select(link.hash).where(link.tip == tip, is_telling(link, now))))
    shared = Counter(other for tips in having(t, telling, LOOKED_AT).values() for other in tips if other != tip)
    filed: dict[str, datetime] = {}
    for some in _parts(sorted(shared)):
        filed.update(t.session.exec(select(row.id, row.filed_at).where(col(row.id).in_(some))).all())
    # Twice, for a sort that keeps its order: the last that is sorted by counts most.
    ordered = sorted(sorted(filed), key=lambda other: filed[other], reverse=True)
    best = sorted(ordered, key=lambda other: -shared[other])[:limit]
    known = {one.id: one for one in t.session.exec(select(row).where(col(row.id).in_(best)))}
    return tuple(Neighbour(read(known[other]), shared[other]) for other in best)


def sources(t: Transaction, tip: str, types: frozenset[str]) -> dict[ObservableHash, int]:
    """For each observable of these types in the tip: how many independent people told of it, this tip's among them,
    out of LOOKED_AT tips at most.

    Tips of one conversation are one person's; a tip whose conversation is not known counts for one.
    """
    link, row = tables.Link, tables.Tip
    mine = t.session.exec(select(link.hash).where(link.tip == tip, col(link.type).in_(types)))
    found = {pair: tips for pair, tips in having(t, set(mine), LOOKED_AT).items() if pair[0] in types}
    told: dict[str, bytes | None] = {}
    for some in _parts(sorted({tip}.union(*found.values()))):
        told.update(t.session.exec(select(row.id, row.conversation).where(col(row.id).in_(some))).all())
    return {ObservableHash(*pair): len({told[one] or one for one in {tip, *tips}}) for pair, tips in found.items()}


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
