"""What of a text is compared: runs of units (a Han character, a word, a number, a link) and parts of words."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from knowledge.spacing import HAN
from knowledge.splitting import LONG_WORD, WordSplitter


class Piece(NamedTuple):
    """A feature and where in the normalised text it stands. (A tuple, since a long text has fifty thousand.)"""

    feature: str
    start: int
    end: int


def units(text: str, splitter: WordSplitter | None = None) -> list[Piece]:
    """What a normalised text is made of, in its order; words run together are taken apart by `splitter`."""
    said = list(_units(text))
    if splitter is None or all(unit.end - unit.start < LONG_WORD for unit in said):
        return said
    return [part for unit in said for part in _split(unit, splitter)]


def pieces(said: Sequence[Piece]) -> list[Piece]:
    """Every feature of a text made of the units `said`, with its place, each as often as it occurs."""
    found: list[Piece] = []
    # In Chinese a Latin word is a name or a code: its parts say nothing.
    has_parts = sum(unit.end - unit.start > 1 for unit in said) * 2 > len(said)
    for at, unit in enumerate(said):
        feature = ""
        for last in said[at : at + _LONGEST_RUN]:
            feature = f"{feature} {last.feature}" if feature else last.feature
            found.append(Piece(feature, unit.start, last.end))
        if has_parts:
            found.extend(_parts(unit))
    return found


_LONGEST_RUN = 3  # character trigrams in Chinese, word trigrams in English
_LONGEST_WORD = 40
_UNIT = re.compile(
    rf"(?P<link>https?://[^\s/{HAN}]*(?:/[^\s{HAN}]*)?|www\.[^\s{HAN}]+)"
    rf"|(?P<han>[{HAN}])|(?P<number>[0-9][0-9,.:/\-]*)|(?P<word>[^\W\d_{HAN}](?:'?[^\W_{HAN}])*)"
)


def _units(text: str) -> Iterator[Piece]:
    for match in _UNIT.finditer(text):
        match match.lastgroup:
            case "link":
                yield Piece("<link>", match.start(), match.end())
            case "number":
                # How many digits, not which: amounts, codes and phone numbers differ in length alone.
                digits = min(8, sum(letter.isdigit() for letter in match[0]))
                yield Piece(f"<{digits}>", match.start(), match.end())
            case _:
                yield Piece(match[0], match.start(), match.end())


def _split(unit: Piece, splitter: WordSplitter) -> Iterator[Piece]:
    if not unit.feature.isalpha() or unit.end - unit.start < LONG_WORD:
        yield unit
        return
    for start, end in splitter.split(unit.feature):
        yield Piece(unit.feature[start:end], unit.start + start, unit.start + end)


def _parts(unit: Piece) -> Iterator[Piece]:
    """Parts of a word, three to five letters: they hold where a word is inflected, misspelt or run together."""
    if len(unit.feature) < 4 or unit.feature[0] == "<":
        return
    word = f"_{unit.feature}_" if len(unit.feature) <= _LONGEST_WORD else unit.feature
    shift = unit.start - 1 if word[0] == "_" else unit.start
    for size in (3, 4, 5):
        for at in range(len(word) - size + 1):
            start, end = shift + at, shift + at + size
            yield Piece(f"~{word[at : at + size]}", max(start, unit.start), min(end, unit.end))
