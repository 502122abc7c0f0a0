"""What of a text is compared: runs of units (a Han character, a word, a number, a link) and parts of words, as numbers.

A feature is never written out: it is a 64-bit hash, worked out for all places of a text at once. That is what keeps a
match to a millisecond or two, and what lets a published model hold no words of anyone's telling.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.spacing import ENDINGS, HAN
from knowledge.splitting import LONG_WORD, WordSplitter

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True)
class Units:
    """What a normalised text is made of, in its order: a hash each, and where it stands."""

    hashes: Hashes
    starts: Places
    ends: Places
    kinds: npt.NDArray[np.uint8]
    codes: npt.NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def is_latin(self) -> bool:
        """Whether it is made of words more than of characters. In Chinese a Latin word is a name or a code."""
        return int((self.ends - self.starts > 1).sum()) * 2 > len(self.hashes)

    @property
    def links(self) -> int:
        """How many links there are."""
        return int(np.count_nonzero(self.kinds == _IS_LINK))


@dataclass(frozen=True, slots=True)
class Features:
    """Every feature of a text with its place, each as often as it occurs.

    `opening` is the place at which the opening of the text ends.
    """

    hashes: Hashes
    starts: Places
    ends: Places
    opening: int

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def early(self) -> npt.NDArray[np.bool_]:
        """Which stand in the opening, where people say how they were reached and what was promised to them."""
        return self.ends <= self.opening


def units(text: str, splitter: WordSplitter | None = None) -> Units:
    """The units of a normalised text; words run together are taken apart by `splitter`."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if not len(codes):
        return Units(_NO_HASHES, _NO_PLACES, _NO_PLACES, np.zeros(0, np.uint8), codes)
    kinds, digits = _kinds(text, codes)
    last = np.empty(len(kinds), dtype=bool)
    first = np.empty(len(kinds), dtype=bool)
    differs = kinds[1:] != kinds[:-1]
    first[0], last[-1] = True, True
    first[1:], last[:-1] = differs, differs
    said = kinds > 0
    han = kinds == _IS_HAN
    starts = np.flatnonzero(said & (first | han))
    ends = np.flatnonzero(said & (last | han)) + 1
    if splitter is not None:
        starts, ends = _split(text, starts, ends, kinds, splitter)
    return Units(_hash_units(codes, kinds, digits, starts, ends), starts, ends, kinds[starts], codes)


def runs(said: Units, longest: int = 3) -> Features:
    """Runs of one to `longest` units: character trigrams in Chinese, word trigrams in English."""
    own = said.hashes
    hashes, starts, ends = [own], [said.starts], [said.ends]
    run = own
    for size in range(2, longest + 1):
        if len(own) < size:
            break
        run = _mix(run[:-1] * _RUN + own[size - 1 :])
        hashes.append(run)
        starts.append(said.starts[: len(run)])
        ends.append(said.ends[size - 1 :])
    opening = int(said.ends[_OPENING - 1]) if len(own) > _OPENING else len(said.codes)
    return Features(np.concatenate(hashes), np.concatenate(starts), np.concatenate(ends), opening)


def features(said: Units) -> Features:
    """All that is compared of a text made of the units `said`."""
    found = runs(said)
    if not said.is_latin:
        return found
    parts = _parts(said)
    return Features(
        np.concatenate((found.hashes, parts.hashes)),
        np.concatenate((found.starts, parts.starts)),
        np.concatenate((found.ends, parts.ends)),
        found.opening,
    )


_OPENING = 80  # units
_NO_HASHES, _NO_PLACES = np.zeros(0, np.uint64), np.zeros(0, np.intp)
_IS_HAN, _IS_WORD, _IS_NUMBER, _IS_LINK = 1, 2, 3, 4
_LONGEST_WORD = 40
_LINK = re.compile(
    rf"(?:https?:/{{0,2}}|www\.)[^\s{HAN}]+"
    rf"|(?<![a-z0-9@.\-])[a-z0-9][a-z0-9\-]{{0,62}}+(?:\.[a-z0-9\-]{{1,63}}+){{0,3}}\.(?:{ENDINGS})(?![a-z0-9])(?:/[^\s{HAN}]*)?"
)


@cache
def _table() -> npt.NDArray[np.uint8]:
    """What each character of the first plane is."""
    kinds = np.zeros(0x10000, np.uint8)
    for code in range(0x10000):
        letter = chr(code)
        if "0" <= letter <= "9":
            kinds[code] = _IS_NUMBER
        elif 0x3400 <= code <= 0x9FFF:
            kinds[code] = _IS_HAN
        elif letter.isalnum():
            kinds[code] = _IS_WORD
    return kinds


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """Of the base and of its inverse modulo 2^64, so that any stretch's hash is a difference of sums."""
    powers = np.full(_LONGEST_TEXT, _BASE, np.uint64)
    inverse = np.full(_LONGEST_TEXT, np.uint64(pow(int(_BASE), -1, 1 << 64)), np.uint64)
    powers[0] = inverse[0] = 1
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverse)


_LONGEST_TEXT = 1 << 18
_BASE = np.uint64(0x9E3779B97F4A7C15)
_RUN = np.uint64(0xD6E8FEB86659FD93)
_MIXER = np.uint64(0xFF51AFD7ED558CCD)
_SHIFT = np.uint64(32)


def _mix(values: Hashes) -> Hashes:
    mixed: Hashes = (values ^ (values >> _SHIFT)) * _MIXER
    mixed ^= mixed >> _SHIFT
    return mixed


def _kinds(text: str, codes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """What each character belongs to (0: nothing), and which are digits."""
    kinds = _table()[np.minimum(codes, 0xFFFF)]
    far = codes > 0xFFFF
    if far.any():
        kinds[far & (codes >= 0x20000) & (codes <= 0x3FFFF)] = _IS_HAN
    digits = kinds == _IS_NUMBER
    if digits.any():
        _join_numbers(codes, kinds, digits)
    if "'" in text:
        quotes = np.flatnonzero(codes[1:-1] == _QUOTE) + 1
        kinds[quotes[(kinds[quotes - 1] == _IS_WORD) & (kinds[quotes + 1] == _IS_WORD)]] = _IS_WORD
    if "." in text or "http" in text:
        for link in _LINK.finditer(text):
            kinds[link.start() : link.end()] = _IS_LINK
    return kinds, digits


_QUOTE = ord("'")
_SIGNS = np.zeros(128, dtype=bool)
_SIGNS[[ord(sign) for sign in ",.:/-"]] = True


def _join_numbers(codes: npt.NDArray[np.uint32], kinds: npt.NDArray[np.uint8], digits: npt.NDArray[np.bool_]) -> None:
    """Signs between digits are a number's own; digits after letters are a word's ("covid19"), before them not."""
    signs = np.flatnonzero(_SIGNS[np.minimum(codes[1:-1], 127)] & digits[:-2] & digits[2:]) + 1
    kinds[signs] = _IS_NUMBER
    letters = kinds == _IS_WORD
    if not letters.any():
        return
    together = letters | digits
    begins = together.copy()
    begins[1:] &= ~together[:-1]
    counts = np.cumsum(letters)
    before = np.where(begins, counts - letters, 0)
    kinds[together & (counts > np.maximum.accumulate(before))] = _IS_WORD


def _split(
    text: str, starts: Places, ends: Places, kinds: npt.NDArray[np.uint8], splitter: WordSplitter
) -> tuple[Places, Places]:
    long = np.flatnonzero((ends - starts >= LONG_WORD) & (kinds[starts] == _IS_WORD))
    if not len(long):
        return starts, ends
    cuts = [
        start + end
        for start, stop in zip(starts[long].tolist(), ends[long].tolist(), strict=True)
        if text[start:stop].isalpha()
        for _, end in splitter.split(text[start:stop])[:-1]
    ]
    return np.sort(np.append(starts, cuts).astype(np.intp)), np.sort(np.append(ends, cuts).astype(np.intp))


def _hash_units(
    codes: npt.NDArray[np.uint32],
    kinds: npt.NDArray[np.uint8],
    digits: npt.NDArray[np.bool_],
    starts: Places,
    ends: Places,
) -> Hashes:
    powers, inverse = _powers()
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverse[starts]
    own = kinds[starts]
    # How many digits, not which: amounts, codes and phone numbers differ in length alone.
    numbers = own == _IS_NUMBER
    if numbers.any():
        counted = np.zeros(len(codes) + 1, np.intp)
        np.cumsum(digits, out=counted[1:])
        lengths = np.minimum(counted[ends[numbers]] - counted[starts[numbers]], 8)
        hashes[numbers] = lengths.astype(np.uint64) + _NUMBER
    hashes[own == _IS_LINK] = _LINK_HASH
    return _mix(hashes)


_NUMBER, _LINK_HASH = np.uint64(1 << 40), np.uint64(1 << 41)
_EDGE = ord("_")
_PART = np.uint64(0xA0761D6478BD642F)


def _parts(said: Units) -> Features:
    """Parts of a word, three to five letters: they hold where a word is inflected, misspelt or run together."""
    lengths = said.ends - said.starts
    whole = np.flatnonzero((said.kinds == _IS_WORD) & (lengths >= 4) & (lengths <= _LONGEST_WORD))
    if not len(whole):
        return Features(_NO_HASHES, _NO_PLACES, _NO_PLACES, 0)
    starts, lengths = said.starts[whole], lengths[whole] + 2
    # The words one after the other, each between edges.
    begins = np.cumsum(lengths) - lengths
    word = np.repeat(np.arange(len(whole)), lengths)
    within = np.arange(len(word)) - begins[word]
    left = lengths[word] - within  # letters and edges, from here to the word's last
    places = starts[word] + within - 1
    letters = np.where((within == 0) | (left == 1), _EDGE, said.codes.take(places, mode="clip")).astype(np.uint64)
    firsts, ends = places + (within == 0), said.ends[whole][word]
    part, found = letters, []
    for size in (2, 3, 4, 5):
        part = part[:-1] * _BASE + letters[size - 1 :]
        if size > 2:
            fits = np.flatnonzero(left >= size)
            found.append((part[fits], firsts[fits], np.minimum(places[fits] + size, ends[fits])))
    hashes, begun, ended = (np.concatenate(of) for of in zip(*found, strict=True))
    return Features(_mix(hashes + _PART), begun, ended, 0)
