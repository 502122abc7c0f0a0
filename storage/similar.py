"""Tips that say nearly the same: found by the bands of their sketches, the newest first, without opening any."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import BigInteger, case, cast, literal, union_all
from sqlmodel import col, select, update

from storage.database import Transaction
from storage.index_tables import Band, IndexedTip
from storage.sketches import bands, resemblance

SIMILAR = 0.5
"""From here on a telling is nearly another's: half of all pieces that either has are in both."""
COUNTED = 9
"""More are not counted in a list."""
_IN_A_BAND = 60
"""Of each band the newest so many are looked at: a campaign of thousands is known by some dozens."""
_SKETCHES_AT_ONCE, _BANDS_AT_ONCE = 900, 100
"""Well below what either engine takes in one statement."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A tip nearly the same as another; `resemblance` from SIMILAR to 1, give or take 0.06."""

    tip: str
    resemblance: float


def similar_to(t: Transaction, tip: str, *, limit: int = 10) -> tuple[Similar, ...]:
    """The most alike first, of equally alike the newest; none for a tip that is not in the index."""
    row = t.session.get(IndexedTip, tip)
    return () if row is None else tuple(similar for _, similar in near(t, row.number, row.sketch, limit=limit))


def near(t: Transaction, number: int, sketch: bytes, *, limit: int) -> list[tuple[int, Similar]]:
    """With their numbers in the index; for the other modules of this package. The tip itself may be in it or not."""
    mine = bands(sketch)
    sharing = {other for newest in _sharing(t, mine).values() for other in newest if other != number}
    sketches = _sketches(t, sharing)
    alike = [(resemblance(sketch, theirs), other) for other, (_, theirs) in sketches.items()]
    best = sorted((pair for pair in alike if pair[0] >= SIMILAR), reverse=True)[:limit]
    return [(other, Similar(sketches[other][0], share)) for share, other in best]


def counts(t: Transaction, tips: Collection[str]) -> dict[str, int]:
    """How many are similar to each of these, COUNTED + 1 standing for more, as counted when they were written: a list
    of tips compares nothing. Those that have none are left out."""
    row = IndexedTip
    found = t.session.exec(select(row.tip, row.alike).where(col(row.tip).in_(tips), col(row.alike) > 0))
    return {tip: min(alike, COUNTED + 1) for tip, alike in found}


def count(t: Transaction, number: int, sketch: bytes, by: int) -> int:
    """Count the tip with those that are similar to it (`by` 1), or no longer (-1); how many they are, COUNTED + 1 at
    most. Of a campaign of thousands the newest count each other: no list says more than that there are many."""
    others = sorted(other for other, _ in near(t, number, sketch, limit=COUNTED + 1))
    row = IndexedTip
    fewer = case((col(row.alike) + by > 0, col(row.alike) + by), else_=0)
    t.session.exec(update(row).where(col(row.number).in_(others)).values(alike=fewer))
    return len(others)


def _sharing(t: Transaction, sought: Collection[int]) -> dict[int, list[int]]:
    """The numbers of the newest tips in each band."""
    if not sought:
        return {}
    newest = [
        # The hash as a value: PostgreSQL would otherwise go through the band once more to read it.
        select(cast(literal(one), BigInteger).label("hash"), Band.number)
        .where(Band.hash == one)
        .order_by(col(Band.number).desc())
        .limit(_IN_A_BAND)
        .subquery()
        for one in sorted(sought)
    ]
    sharing = defaultdict(list)
    for start in range(0, len(newest), _BANDS_AT_ONCE):
        some = (select(part.c.hash, part.c.number) for part in newest[start : start + _BANDS_AT_ONCE])
        for hash_, number in t.connection.execute(union_all(*some)):
            sharing[hash_].append(number)
    return sharing


def _sketches(t: Transaction, numbers: Collection[int]) -> dict[int, tuple[str, bytes]]:
    row = IndexedTip
    found: dict[int, tuple[str, bytes]] = {}
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _SKETCHES_AT_ONCE):
        some = ordered[start : start + _SKETCHES_AT_ONCE]
        asked = select(row.number, row.tip, row.sketch).where(col(row.number).in_(some))
        found.update({number: (tip, sketch) for number, tip, sketch in t.session.exec(asked)})
    return found
