"""Sketches of tellings (min-hash): how much two resemble each other, read off a few hundred bytes without a key.

A sketch is the least of each of 64 keyed hashes over a telling's pieces, four bytes each; how many of the 64 two
sketches share is, but for chance, how many of their pieces the two tellings share among all that either has.
"""

import hashlib
from array import array
from operator import eq

_VALUE_BYTES = 4
BAND_VALUES = 4
"""Values that a band is made of. Two tellings that share seven pieces in ten agree in one of sixteen bands in 99 cases
of a hundred; two that share a quarter, in six."""
_BAND_BYTES = BAND_VALUES * _VALUE_BYTES


def resemblance(one: bytes, other: bytes) -> float:
    """From 0 to 1; 0 where either is empty."""
    mine, theirs = array("I", one), array("I", other)
    return sum(map(eq, mine, theirs)) / len(mine) if mine and theirs else 0.0


def bands(sketch: bytes) -> frozenset[int]:
    """What a sketch is found by: a number for each four values of it and their place, 64 bits, signed."""
    return frozenset(
        int.from_bytes(
            hashlib.blake2b(start.to_bytes(2, "big") + sketch[start : start + _BAND_BYTES], digest_size=8).digest(),
            "big",
            signed=True,
        )
        for start in range(0, len(sketch), _BAND_BYTES)
    )
