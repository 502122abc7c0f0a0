"""A linear model over the features of text: one score a label."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.features import Features, Hashes, Places

Numbers = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
Columns = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int16]


def slots(hashes: Hashes) -> npt.NDArray[np.intp]:
    """Where a feature's hash is looked up: few enough places for a table, enough that two seldom share one."""
    return (hashes >> _DROPPED_BITS).astype(np.intp)


SLOTS = 1 << 21
TELLING, SCRIPT = VOICES = ("\ntelling", "\nscript")
"""Labels beside a text's own, of whatever victims tell and swindlers say: how much a text sounds like either. No
pattern and no example can bear them."""
_GREATEST = np.iinfo(np.int16).max
_DROPPED_BITS = np.uint64(64 - 21)


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as the model sees it: the columns where it is not zero, and its values there."""

    columns: Places
    values: Numbers


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Scores a text for every label: around 1 for its own, around 0 for another.

    `table` says which column a feature's slot has, -1 where no text it learned from has it; `rarity` (idf) what a
    column counts. After those columns come the extra ones, if any, and the constant. `weights` has one row a column
    and one column a label, in multiples of `unit`.
    """

    labels: tuple[str, ...]
    table: Columns
    rarity: Numbers
    weights: Numbers | Whole
    unit: float = 1.0

    def in_whole_numbers(self) -> "LinearModel":
        """The same with weights of two bytes: half the room, and quicker to read than half-precision numbers. What is
        rounded off is far below what can be measured."""
        unit = float(np.abs(self.weights).max(initial=0.0)) * self.unit / _GREATEST or 1.0
        whole = np.rint(self.weights * (self.unit / unit)).astype(np.int16)
        return replace(self, weights=whole, unit=unit)

    def columns(self, found: Features) -> Places:
        """The column of each feature, -1 where it is unknown."""
        return self.table.take(slots(found.hashes)).astype(np.intp)

    def vector(self, columns: Places, early: Flags, extra: Numbers | None = None) -> Vector:
        """The text as the model sees it; `extra` are further columns, as many as it was fitted with."""
        different, values = weigh(columns, early, self.rarity)
        further = _ALONE if extra is None else np.append(extra, np.float32(CONSTANT)).astype(np.float32)
        places = np.arange(len(self.rarity), len(self.rarity) + len(further))
        return Vector(np.concatenate((different, places)), np.concatenate((values, further)))

    def rows(self, vector: Vector) -> Numbers:
        """What each of the vector's columns says: one row a column, one entry a label, in the order of `labels`."""
        said: Numbers = self.weights.take(vector.columns, axis=0).astype(np.float32)
        if self.unit != 1.0:
            said *= np.float32(self.unit)
        return said

    def score(self, vector: Vector) -> Numbers:
        """One score a label, in the order of `labels`."""
        scores: Numbers = vector.values @ self.rows(vector)
        return scores


def weigh(columns: Places, early: Flags, rarity: Numbers) -> tuple[Places, Numbers]:
    """The different known columns, and their tf-idf, of length one in all. Said often counts little more than once;
    what is said `early`, in the opening of a text, counts double."""
    known = columns >= 0
    # A column and whether it is early, in one number: sorted once, the last of a column's run tells both.
    marked = np.sort(2 * columns[known] + early[known])
    if not len(marked):
        return np.zeros(0, np.intp), np.zeros(0, np.float32)
    own = marked >> 1
    last = np.append(np.flatnonzero(own[1:] != own[:-1]), len(own) - 1)
    counts = last.copy()
    counts[0] += 1
    counts[1:] -= last[:-1]
    different = own[last]
    values = ((1 + np.log(counts)) * (1 + (marked[last] & 1)) * rarity.take(different)).astype(np.float32)
    return different, values / np.float32(np.sqrt(values @ values))


CONSTANT = 0.3
"""Small, so that the constant is shrunk like everything else and short texts keep a voice."""
_ALONE = np.array([CONSTANT], np.float32)
