"""Writing a tip into the search index, and taking it out: the terms it is found by, and the sketch of its telling."""

import struct
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import col, delete, insert, select

from storage import similar
from storage.database import Transaction
from storage.index_tables import Band, IndexedTip, Term
from storage.sketches import bands
from storage.tips import load
from storage.transaction import table_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BYTES = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """What a tip is found by, as numbers of a SearchKey; `sketch` is empty where too little was told to compare."""

    terms: frozenset[int]
    sketch: bytes


def number_at(moment: datetime) -> int:
    """The number of a tip filed at `moment`: microseconds since 1970."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def number_of(t: Transaction, tip: str) -> int | None:
    """The number a tip has in the index, if it is in it."""
    row = t.session.get(IndexedTip, tip)
    return None if row is None else row.number


def write(t: Transaction, tip: str, entry: Entry) -> None:
    """Put the tip's entry in place of the one it had; a tip whose content was erased gets none. Raises NotFound."""
    filed = load(t, tip)
    if filed.erased_at is not None:
        return
    row = t.session.get(IndexedTip, tip)
    if row is None:
        row = IndexedTip(tip=tip, number=_free_number(t, number_at(filed.filed_at)), terms=b"", sketch=b"")
        t.session.add(row)
    _exchange(t, Term, row.number, frozenset(_unpack(row.terms)), entry.terms)
    row.terms = _pack(entry.terms)
    if row.sketch != entry.sketch:
        similar.count(t, row.number, row.sketch, -1)
        _exchange(t, Band, row.number, bands(row.sketch), bands(entry.sketch))
        row.sketch = entry.sketch
        row.alike = similar.count(t, row.number, entry.sketch, 1)
    t.session.flush()


def erase(t: Transaction, tip: str) -> None:
    """Take the tip out, so that nothing finds it; again is harmless."""
    row = t.session.get(IndexedTip, tip)
    if row is None:
        return
    similar.count(t, row.number, row.sketch, -1)
    _exchange(t, Term, row.number, frozenset(_unpack(row.terms)), frozenset())
    _exchange(t, Band, row.number, bands(row.sketch), frozenset())
    t.session.delete(row)
    t.session.flush()


def _exchange(
    t: Transaction, model: type[Term] | type[Band], number: int, old: Collection[int], new: Collection[int]
) -> None:
    """Only what differs is written: an answer adds a few words to a tip that has a hundred."""
    gone, come = set(old) - set(new), set(new) - set(old)
    if gone:
        t.session.exec(delete(model).where(col(model.number) == number, col(model.hash).in_(gone)))
    if come:
        rows = [{"hash": hash_, "number": number} for hash_ in sorted(come)]
        t.session.exec(insert(table_of(model)), params=rows)


def _free_number(t: Transaction, number: int) -> int:
    """Two may be filed in one microsecond: the second is given the next."""
    while t.session.exec(select(IndexedTip.tip).where(IndexedTip.number == number)).first() is not None:
        number += 1
    return number


def _pack(terms: Collection[int]) -> bytes:
    return struct.pack(f">{len(terms)}q", *sorted(terms))


def _unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(packed) // _BYTES}q", packed)
