"""What links tips: their observables as hashes that only staff can compute."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import col, delete, func, select

from storage import standing, tables
from storage.database import Transaction
from storage.tips import load


@dataclass(frozen=True, slots=True)
class ObservableHash:
    """An observable's type, and the staff key's hash of type and canonical value."""

    type: str
    hash: bytes


def replace(t: Transaction, tip: str, observables: Collection[ObservableHash], *, now: datetime) -> None:
    """Write all of a tip's links anew; a tip whose content was erased gets none. Raises NotFound."""
    row = load(t, tip)
    t.session.exec(delete(tables.Link).where(col(tables.Link.tip) == tip))
    row.linked_at = now
    standing.ask_for_stamp(row, now)
    if row.erased_at is None:
        t.session.add_all(
            tables.Link(tip=tip, type=observable.type, hash=observable.hash) for observable in set(observables)
        )
    t.session.flush()


def others(t: Transaction, tip: str) -> dict[ObservableHash, int]:
    """For each observable of the tip, in how many other tips it is."""
    mine = t.session.exec(select(tables.Link).where(tables.Link.tip == tip)).all()
    counted = {ObservableHash(link.type, link.hash): 0 for link in mine}
    rows = t.session.exec(
        select(tables.Link.type, tables.Link.hash, func.count())
        .where(col(tables.Link.hash).in_([link.hash for link in mine]), tables.Link.tip != tip)
        .group_by(col(tables.Link.type), col(tables.Link.hash))
    )
    counted.update({ObservableHash(type_, hash_): number for type_, hash_, number in rows})
    return counted


def tips_with(t: Transaction, observable: ObservableHash, *, limit: int = 50) -> tuple[str, ...]:
    """The ids of the tips an observable is in, the latest filed first."""
    rows = t.session.exec(
        select(tables.Link.tip)
        .join(tables.Tip, col(tables.Tip.id) == col(tables.Link.tip))
        .where(tables.Link.hash == observable.hash, tables.Link.type == observable.type)
        .order_by(col(tables.Tip.filed_at).desc(), col(tables.Tip.id))
        .limit(limit)
    )
    return tuple(rows)


def sharing(t: Transaction, tips: Collection[str]) -> dict[str, int]:
    """With how many other tips each of these shares an observable; those that share none are left out."""
    mine, theirs = tables.Link, aliased(tables.Link)
    rows = t.session.exec(
        select(mine.tip, func.count(func.distinct(theirs.tip)))
        .join(
            theirs,
            (col(theirs.hash) == col(mine.hash)) & (col(theirs.type) == col(mine.type)) & (col(theirs.tip) != mine.tip),
        )
        .where(col(mine.tip).in_(tips))
        .group_by(col(mine.tip))
    )
    return dict(rows.all())
