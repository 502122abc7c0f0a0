"""A tip's neighbours: the other tips it shares observables with, and how many independent people told of each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from storage import tables
from storage.database import Transaction
from storage.links import ObservableHash, is_telling
from storage.tips import Tip, read

MOST = 20
"""A page lists so many neighbours."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another tip, and how many observables it shares with the one asked about."""

    tip: Tip
    shared: int


def neighbours(t: Transaction, tip: str, *, now: datetime, limit: int = MOST) -> tuple[Neighbour, ...]:
    """Those that share the most first, of those the latest filed. What is known to be harmless makes no neighbours."""
    mine, theirs, row = tables.Link, aliased(tables.Link), tables.Tip
    shared = (
        select(col(theirs.tip).label("id"), func.count().label("shared"))
        .join(
            mine,
            (col(theirs.hash) == col(mine.hash)) & (col(theirs.type) == col(mine.type)) & (col(theirs.tip) != mine.tip),
        )
        .where(mine.tip == tip, is_telling(mine, now))
        .group_by(col(theirs.tip))
        .subquery()
    )
    found = t.session.exec(
        select(row, shared.c.shared)
        .join(shared, shared.c.id == col(row.id))
        .order_by(shared.c.shared.desc(), col(row.filed_at).desc(), col(row.id))
        .limit(limit)
    )
    return tuple(Neighbour(read(one), int(count)) for one, count in found)


def sources(t: Transaction, tip: str, types: frozenset[str]) -> dict[ObservableHash, int]:
    """For each observable of these types in the tip: how many independent people told of it, this tip's among them.

    Tips of one conversation are one person's; a tip whose conversation is not known counts for one.
    """
    mine, theirs, row = tables.Link, aliased(tables.Link), tables.Tip
    nobodys = func.sum(case((col(row.conversation).is_(None), 1), else_=0))
    found = t.session.exec(
        select(col(mine.type), col(mine.hash), func.count(func.distinct(col(row.conversation))), nobodys)
        .join(theirs, (col(theirs.hash) == col(mine.hash)) & (col(theirs.type) == col(mine.type)))
        .join(row, col(row.id) == col(theirs.tip))
        .where(mine.tip == tip, col(mine.type).in_(types))
        .group_by(col(mine.type), col(mine.hash))
    )
    return {ObservableHash(type_, hash_): int(known) + int(unknown) for type_, hash_, known, unknown in found}
