"""A linear model over the features of text: one score a label."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.features import Features, Places
from knowledge.slots import Lookup, slots

Numbers = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int8]

TELLING, SCRIPT = VOICES = ("\ntelling", "\nscript")
"""Labels beside a text's own, of whatever victims tell and swindlers say: how much a text sounds like either. No
pattern and no example can bear them."""
_GREATEST = np.iinfo(np.int8).max


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as the model sees it: the columns where it is not zero, and its values there."""

    columns: Places
    values: Numbers


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Scores a text for every label: around 1 for its own, around 0 for another.

    `lookup` says which column a feature's slot has, -1 where no text it learned from has it; `rarity` (idf) what a
    column counts. After those columns come the extra ones, if any, and the constant. `weights` has one row a column
    and one column a label, in multiples of the row's own of `units`, where those are given.
    """

    labels: tuple[str, ...]
    lookup: Lookup
    rarity: Numbers
    weights: Numbers | Whole
    units: Numbers | None = None

    def in_whole_numbers(self) -> "LinearModel":
        """The same with weights of one byte: a quarter of the room, and quicker to read than half-precision numbers.
        What is rounded off is below what can be measured: hundreds of columns say what a text is, and err either way.
        """
        if self.units is not None:
            return self
        greatest = np.abs(self.weights).max(axis=1, initial=0.0)
        units = (np.where(greatest > 0, greatest, 1) / _GREATEST).astype(np.float32)
        return replace(self, weights=np.rint(self.weights / units[:, np.newaxis]).astype(np.int8), units=units)

    def columns(self, found: Features) -> Places:
        """The column of each feature, -1 where it is unknown."""
        return self.lookup.find(slots(found.hashes))

    def vector(self, columns: Places, early: Flags, extra: Numbers | None = None) -> Vector:
        """The text as the model sees it; `extra` are further columns, as many as it was fitted with."""
        different, values = weigh(columns, early, self.rarity)
        further = _ALONE if extra is None else np.append(extra, np.float32(CONSTANT)).astype(np.float32)
        places = np.arange(len(self.rarity), len(self.rarity) + len(further))
        return Vector(np.concatenate((different, places)), np.concatenate((values, further)))

    def rows(self, vector: Vector) -> Numbers:
        """What each of the vector's columns says: one row a column, one entry a label, in the order of `labels`."""
        said: Numbers = self.weights.take(vector.columns, axis=0).astype(np.float32)
        if self.units is not None:
            said *= self.units.take(vector.columns)[:, np.newaxis]
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
