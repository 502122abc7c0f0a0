"""The key of the search index: what is looked for becomes a number that nobody without the staff's key can make."""

import hashlib
from dataclasses import dataclass
from typing import Self

from storage.sealing import StaffSecretKey, joined, subkey


@dataclass(frozen=True, slots=True, repr=False)
class SearchKey:
    """Made of the staff's secret key. The numbers are 64 bits, signed as databases count: of a billion different words
    two share one with a chance of one in forty, and then a search finds a tip too many."""

    raw: bytes

    @classmethod
    def of(cls, key: StaffSecretKey) -> Self:
        """The one that belongs to the staff's key."""
        return cls(subkey(key.raw, b"staff search"))

    def term(self, kind: str, *parts: str) -> int:
        """Something a tip can be found by: `kind` keeps a word apart from, say, a country of the same letters."""
        return int.from_bytes(self._hash(b"term", joined(kind, *parts)), "big", signed=True)

    def shingle(self, piece: str) -> int:
        """A piece of a telling, from 0, for its sketch."""
        return int.from_bytes(self._hash(b"shingle", piece.encode()), "big")

    def _hash(self, purpose: bytes, payload: bytes) -> bytes:
        # The same BLAKE2b as `sealing.keyed_hash`, by the interpreter's own: a tip has hundreds of pieces, and a call
        # through PyNaCl takes several times as long.
        return hashlib.blake2b(payload, digest_size=8, key=self.raw, person=purpose).digest()
