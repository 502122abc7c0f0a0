"""Makes a telling's sketch: the least of each of 64 hashes over its pieces (Broder's min-hash)."""

from collections.abc import Collection
from functools import cache

import numpy as np
import numpy.typing as npt

VALUES = 64
FEWEST_PIECES = 12
"""Of fewer ("I was cheated, help") nothing says that two tellings have one origin."""


def sketch(pieces: Collection[int]) -> bytes:
    """256 bytes of the pieces' 64-bit hashes; empty where there are fewer than FEWEST_PIECES."""
    if len(pieces) < FEWEST_PIECES:
        return b""
    hashes = np.fromiter(pieces, dtype=np.uint64, count=len(pieces))
    multipliers, offsets = _functions()
    mixed = hashes[:, None] * multipliers + offsets
    # The upper half is the one that is mixed well.
    return bytes((mixed.min(axis=0) >> np.uint64(32)).astype("<u4").tobytes())


@cache
def _functions() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Odd multipliers, and offsets: the same for ever, or old sketches could not be compared. They may be known, for
    the pieces' own hashes are keyed. Written out (SplitMix64), since numpy's streams may change between releases."""
    values = np.arange(1, 2 * VALUES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values[:VALUES] | np.uint64(1), values[VALUES:]
