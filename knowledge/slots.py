"""Where the hash of a feature is looked up, and which column stands there."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.features import Hashes, Places

Columns = npt.NDArray[np.int32]

SLOTS = 1 << 21
"""Few enough to count in a table, enough that two features seldom share one."""
_DROPPED_BITS = np.uint64(64 - 21)


def slots(hashes: Hashes) -> Columns:
    """The slot of each hash."""
    return (hashes >> _DROPPED_BITS).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Lookup:
    """The column of a slot. A byte a slot, where a table of columns would be four: of every process six megabytes less
    for each, and a feature is still found in some nanoseconds, of which a search in order takes a hundred."""

    within: npt.NDArray[np.uint8]
    """Which of its page's slots that have a column it is, from one up; 0 for a slot that has none."""
    begins: Columns
    """How many slots before each page have a column, less one."""
    columns: Columns
    """Those of the slots that have one, in the slots' order."""

    @classmethod
    def of(cls, slots: Columns) -> "Lookup":
        """`slots[i]` has column i; each is there once."""
        order = np.argsort(slots).astype(np.int32)
        taken = slots[order]
        pages = taken >> _PAGE_BITS
        begins = np.searchsorted(pages, np.arange(SLOTS >> _PAGE_BITS)).astype(np.int32) - np.int32(1)
        within = np.zeros(SLOTS, np.uint8)
        within[taken] = np.arange(len(taken)) - begins[pages]
        # At least one to read: where there is none at all, all read it and are told that there is none.
        return cls(within, begins, order if len(order) else np.zeros(1, np.int32))

    def find(self, slots: Columns) -> Places:
        """The column of each, -1 where it has none."""
        within = self.within.take(slots)
        found = self.columns.take(self.begins.take(slots >> _PAGE_BITS) + within, mode="clip").astype(np.intp)
        found[within == 0] = -1
        return found

    def slots(self) -> Columns:
        """The slot of each column, in the order of the columns."""
        taken = np.flatnonzero(self.within)
        found = np.empty(len(taken), np.int32)
        found[self.columns[: len(taken)]] = taken
        return found


_PAGE_BITS = 7
