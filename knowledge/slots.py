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
    """The column of a slot: looked for among those that have one, in order. A table of every slot would be read in a
    tenth of the time, which is a fiftieth of a text's, and take eight megabytes of every process."""

    taken: Columns
    """The slots that have a column, in their order; one that no slot can be ends them."""
    columns: Columns
    """Theirs; -1 ends them."""

    @classmethod
    def of(cls, slots: Columns) -> "Lookup":
        """`slots[i]` has column i; each is there once."""
        order = np.argsort(slots)
        return cls(np.append(slots[order], np.int32(SLOTS)).astype(np.int32), np.append(order, -1).astype(np.int32))

    def find(self, slots: Columns) -> Places:
        """The column of each, -1 where it has none."""
        at = self.taken.searchsorted(slots)
        return np.where(self.taken.take(at) == slots, self.columns.take(at), -1).astype(np.intp)

    def slots(self) -> Columns:
        """The slot of each column, in the order of the columns."""
        found = np.empty(len(self.taken) - 1, np.int32)
        found[self.columns[:-1]] = self.taken[:-1]
        return found
