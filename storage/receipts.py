"""The receipt: a secret code given once, which proves a tip and reopens it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from storage.chance import CROCKFORD, RandomBytes, crockford

RANDOM_CHARACTERS = 15  # of five bits each: 75 random bits
LENGTH = RANDOM_CHARACTERS + 1
_DRAWS = 20
"""After so many a source of chance is none, and its word is taken."""

# What people write for the letters the alphabet leaves out.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DASH = r"\-‐‑‒–—―−_.·"
_GAP = rf"[\s,，、{_DASH}\u200b-\u200d\u2060\ufeff]"
_GROUP = "[0-9A-TV-Z]{4}"
# Looked for from every group on: a word of four letters may stand before it.
_IN_TEXT = re.compile(rf"(?<![0-9A-Z])(?=({_GROUP}(?:{_GAP}{{0,3}}{_GROUP}){{3}})(?![0-9A-Z]))")
_HAS_DASH = re.compile(rf"[{_DASH}]")


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """Sixteen characters of Crockford's base32, the last a check on the others. Its text is a secret: never log it."""

    code: str

    def __str__(self) -> str:
        """As it is shown and read aloud: K7Q2-M9RD-4TXA-7WNE."""
        return "-".join(self.code[place : place + 4] for place in range(0, LENGTH, 4))

    @classmethod
    def make(cls, random: RandomBytes) -> Self:
        """Drawn again where fewer than two of its groups mix letters and digits, as in one of twenty-five: typed with
        spaces it could not be told from "just paid 5000 cash"."""
        for _ in range(_DRAWS):
            body = crockford(int.from_bytes(random(10), "big"), RANDOM_CHARACTERS)
            receipt = cls(body + _check_character(body))
            if receipt._is_unlike_words():
                break
        return receipt

    def _is_unlike_words(self) -> bool:
        groups = str(self).split("-")
        return sum(not group.isalpha() and not group.isdigit() for group in groups) >= 2

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read one receipt, however it was typed: case, width, spaces, hyphens, O for 0, I and L for 1."""
        if len(text) > 100:
            return None
        code = re.sub(_GAP, "", _plain(text)).translate(_MISREAD)
        if len(code) != LENGTH or any(character not in CROCKFORD for character in code):
            return None
        return cls(code) if _weighted_sum(code) == 0 else None


def find_receipt(text: str) -> Receipt | None:
    """The first receipt in a message. What merely passes the check (one in 32 of anything does) is not taken for one:
    a card number has no letter; words in a row have neither digit nor hyphen."""
    plain = _plain(text)
    for candidate in (plain, *(found[1] for found in _IN_TEXT.finditer(plain))):
        receipt = Receipt.parse(candidate)
        if receipt is not None and _looks_meant(candidate):
            return receipt
    return None


def _looks_meant(candidate: str) -> bool:
    has_letter = any(sign.isalpha() for sign in candidate)
    return has_letter and (any(sign.isdigit() for sign in candidate) or _HAS_DASH.search(candidate) is not None)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


# The check: over GF(32), the sum of each character times a weight of its place is zero. The weights are the powers of
# a generator, so all differ and none is zero: a wrong character changes the sum, and so does a swap of neighbours.


def _times_generator(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value  # modulo x^5 + x^2 + 1


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = _times_generator(one)
        other >>= 1
    return product


def _weighted_sum(code: str) -> int:
    """The last character has weight one; each before it, the generator times the next one's."""
    total, weight = 0, 1
    for character in reversed(code):
        total ^= _times(CROCKFORD.index(character), weight)
        weight = _times_generator(weight)
    return total


def _check_character(body: str) -> str:
    return CROCKFORD[_weighted_sum(body + "0")]
