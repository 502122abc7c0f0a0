"""What links tips: their observables as hashes that only staff can compute."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, union_all
from sqlmodel import col, delete, select

from storage import standing, tables
from storage.act_tables import Benign
from storage.database import Transaction
from storage.tips import load

COUNTED, LISTED = 100, 20
"""So many other tips are counted on a tip's page, and in a list; a count of one more means more."""
_AT_ONCE = 100
"""Well below what either engine takes in one statement."""


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


def is_telling(link: type[tables.Link], now: datetime) -> ColumnElement[bool]:
    """Of rows of links: whether nobody knows the observable to be harmless (see `benign`)."""
    harmless = (col(Benign.hash) == col(link.hash)) & (col(Benign.type) == col(link.type)) & (col(Benign.until) > now)
    return ~exists().where(harmless)


def others(t: Transaction, tip: str, *, now: datetime) -> dict[ObservableHash, int]:
    """For each observable of the tip, in how many other tips it is, COUNTED + 1 standing for more; 0 for one that is
    known to be harmless."""
    row = tables.Link
    mine = t.session.exec(select(row).where(row.tip == tip)).all()
    telling = select(row.hash).where(row.tip == tip, is_telling(row, now))
    found = having(t, set(t.session.exec(telling)), COUNTED + 2)
    counted = {}
    for link in mine:
        shared = found.get((link.type, link.hash), set())
        counted[ObservableHash(link.type, link.hash)] = min(len(shared - {tip}), COUNTED + 1)
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


def sharing(t: Transaction, tips: Collection[str], *, now: datetime) -> dict[str, int]:
    """With how many other tips each of these shares an observable, LISTED + 1 standing for more; those that share none
    are left out, and so is what is known to be harmless."""
    row = tables.Link
    asked = select(row.tip, row.type, row.hash).where(col(row.tip).in_(tips), is_telling(row, now))
    mine = t.session.exec(asked).all()
    found = having(t, {hash_ for _, _, hash_ in mine}, LISTED + 2)
    shared: dict[str, set[str]] = {}
    for tip, type_, hash_ in mine:
        shared.setdefault(tip, set()).update(found.get((type_, hash_), set()) - {tip})
    return {tip: min(len(others), LISTED + 1) for tip, others in shared.items() if others}


def having(t: Transaction, hashes: Collection[bytes], limit: int) -> dict[tuple[str, bytes], set[str]]:
    """The tips an observable is in, by its type and hash; so many at most. A bank's own line is in every tenth tip:
    nobody needs to know in how many exactly, and counting them all takes the longer the more there are."""
    row = tables.Link
    each = [
        select(row.type, row.hash, row.tip).where(row.hash == hash_).limit(limit).subquery() for hash_ in sorted(hashes)
    ]
    found: dict[tuple[str, bytes], set[str]] = {}
    for start in range(0, len(each), _AT_ONCE):
        some = (select(part.c.type, part.c.hash, part.c.tip) for part in each[start : start + _AT_ONCE])
        for type_, hash_, tip in t.connection.execute(union_all(*some)):
            found.setdefault((type_, hash_), set()).add(tip)
    return found
