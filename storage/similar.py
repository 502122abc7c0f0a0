"""Tips that say nearly the same: found by the bands of their sketches, the newest first, without opening any."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, cast, literal, union_all
from sqlmodel import col, select

from storage.database import Transaction
from storage.index_tables import Band, IndexedTip
from storage.sketches import bands, resemblance

SIMILAR = 0.5
"""From here on a telling is nearly another's: half of all pieces that either has are in both."""
COUNTED = 9
"""More are not counted in a list."""
_IN_A_BAND, _IN_A_BAND_COUNTING = 60, COUNTED + 3
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
    found = _alike(t, [tip], _IN_A_BAND).get(tip, ())
    return tuple(found[:limit])


def counts(t: Transaction, tips: Collection[str]) -> dict[str, int]:
    """How many are similar to each of these, COUNTED + 1 standing for more; those that have none are left out."""
    found = _alike(t, tips, _IN_A_BAND_COUNTING)
    return {tip: min(len(others), COUNTED + 1) for tip, others in found.items() if others}


def _alike(t: Transaction, tips: Collection[str], in_a_band: int) -> dict[str, list[Similar]]:
    row = IndexedTip
    mine = t.session.exec(select(row.tip, row.number, row.sketch).where(col(row.tip).in_(tips))).all()
    sought = {tip: bands(sketch) for tip, _, sketch in mine}
    sharing = _sharing(t, set().union(*sought.values()), in_a_band)
    near = {tip: _most_shared(sharing, sought[tip], number) for tip, number, _ in mine}
    sketches = _sketches(t, set().union(*near.values()))
    found = {}
    for tip, _, sketch in mine:
        alike = [(resemblance(sketch, sketches[other][1]), other) for other in near[tip] if other in sketches]
        best = sorted((pair for pair in alike if pair[0] >= SIMILAR), reverse=True)
        found[tip] = [Similar(sketches[other][0], share) for share, other in best]
    return found


def _sharing(t: Transaction, sought: Collection[int], in_a_band: int) -> dict[int, list[int]]:
    """The numbers of the newest tips in each band."""
    if not sought:
        return {}
    newest = [
        # The hash as a value: PostgreSQL would otherwise go through the band once more to read it.
        select(cast(literal(one), BigInteger).label("hash"), Band.number)
        .where(Band.hash == one)
        .order_by(col(Band.number).desc())
        .limit(in_a_band)
        .subquery()
        for one in sorted(sought)
    ]
    sharing = defaultdict(list)
    for start in range(0, len(newest), _BANDS_AT_ONCE):
        some = (select(part.c.hash, part.c.number) for part in newest[start : start + _BANDS_AT_ONCE])
        for hash_, number in t.connection.execute(union_all(*some)):
            sharing[hash_].append(number)
    return sharing


def _most_shared(sharing: Mapping[int, list[int]], mine: Iterable[int], itself: int) -> set[int]:
    return {number for one in mine for number in sharing.get(one, ()) if number != itself}


def _sketches(t: Transaction, numbers: Collection[int]) -> dict[int, tuple[str, bytes]]:
    row = IndexedTip
    found: dict[int, tuple[str, bytes]] = {}
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _SKETCHES_AT_ONCE):
        some = ordered[start : start + _SKETCHES_AT_ONCE]
        asked = select(row.number, row.tip, row.sketch).where(col(row.number).in_(some))
        found.update({number: (tip, sketch) for number, tip, sketch in t.session.exec(asked)})
    return found
