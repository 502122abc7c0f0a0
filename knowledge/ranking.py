"""A linear model over the features of text: one score a label."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.features import Features, Hashes, Places

Numbers = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
Columns = npt.NDArray[np.int32]


def slots(hashes: Hashes) -> npt.NDArray[np.intp]:
    """Where a feature's hash is looked up: few enough places for a table, enough that two seldom share one."""
    return (hashes >> _DROPPED_BITS).astype(np.intp)


SLOTS = 1 << 21
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
    and one column a label.
    """

    labels: tuple[str, ...]
    table: Columns
    rarity: Numbers
    weights: Numbers

    def columns(self, found: Features) -> Places:
        """The column of each feature, -1 where it is unknown."""
        return self.table[slots(found.hashes)].astype(np.intp)

    def vector(self, columns: Places, early: Flags, extra: Numbers | None = None) -> Vector:
        """The text as the model sees it; `extra` are further columns, as many as it was fitted with."""
        different, values = weigh(columns, early, self.rarity)
        further = np.append(np.zeros(0, np.float32) if extra is None else extra, np.float32(CONSTANT))
        places = np.arange(len(self.rarity), len(self.rarity) + len(further))
        return Vector(np.concatenate((different, places)), np.concatenate((values, further)).astype(np.float32))

    def score(self, vector: Vector) -> Numbers:
        """One score a label, in the order of `labels`."""
        # Kept with half the digits, they take half the room, which is the most that a process holds; a text has few.
        scores: Numbers = vector.values @ self.weights[vector.columns].astype(np.float32)
        return scores

    def weights_of(self, columns: Places, label: str) -> Numbers:
        """What each column says for one label."""
        said: Numbers = self.weights[columns, self.labels.index(label)].astype(np.float32)
        return said


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
    values = ((1 + np.log(counts)) * (1 + (marked[last] & 1)) * rarity[different]).astype(np.float32)
    return different, values / np.float32(np.sqrt(values @ values))


CONSTANT = 0.3
"""Small, so that the constant is shrunk like everything else and short texts keep a voice."""
