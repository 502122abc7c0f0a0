"""Finding the wordings of red flags in a text: to the letter, and misspelt."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from rapidfuzz import fuzz

from knowledge.pattern import Pattern
from knowledge.text import Normalised, Normaliser


@dataclass(frozen=True, slots=True)
class Sighting:
    """A wording of a red flag, seen at `start`..`end` of the normalised text; `closeness` is 1 where to the letter."""

    pattern: str
    red_flag: str
    start: int
    end: int
    closeness: float


@dataclass(frozen=True, slots=True)
class _Wording:
    pattern: str
    red_flag: str
    letters: str


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """Letters and digits alone, each with its place in the normalised text: spaces and signs break wordings up."""

    letters: str
    places: tuple[int, ...]


class RedFlagFinder:
    """Knows every wording of every red flag; one search costs a few milliseconds whatever the text holds."""

    def __init__(self, patterns: Iterable[Pattern], normaliser: Normaliser) -> None:
        self._wordings = [
            _Wording(pattern.id, red_flag.id, letters)
            for pattern in patterns
            for red_flag in pattern.red_flags
            for letters in sorted(
                {
                    _squeeze(normaliser.normalise(phrasing).text).letters
                    for phrasings in red_flag.phrasings.values()
                    for phrasing in phrasings
                }
            )
            if len(letters) >= _SHORTEST
        ]
        self._columns: dict[str, int] = {}
        grams = [_grams(wording.letters) for wording in self._wordings]
        for gram in sorted({gram for own in grams for gram in own}):
            self._columns[gram] = len(self._columns)
        self._sizes = np.array([len(own) for own in grams], dtype=np.float64)
        self._grams = self._rows(grams)

    def find(self, text: Normalised) -> tuple[Sighting, ...]:
        """The closest sighting of each red flag of each pattern, in the order of the text."""
        squeezed = _squeeze(text.text)
        windows = [
            squeezed.letters[start : start + _WINDOW]
            for start in range(0, max(1, len(squeezed.letters) - _WINDOW + _STEP), _STEP)
        ]
        if not self._wordings or not squeezed.letters:
            return ()
        shared = (self._grams @ self._rows([_grams(window) for window in windows]).T).toarray()
        share = shared / np.maximum(self._sizes, 1)[:, np.newaxis]
        wordings, where = np.nonzero(share >= _WORTH_A_LOOK)
        order = np.argsort(-share[wordings, where], kind="stable")[:_MOST_LOOKS]
        best: dict[tuple[str, str], Sighting] = {}
        for at in order:
            wording = self._wordings[wordings[at]]
            start = int(where[at]) * _STEP
            sighting = _look(wording, squeezed, start, windows[where[at]], text.text)
            key = (wording.pattern, wording.red_flag)
            if sighting and (key not in best or _is_better(sighting, best[key])):
                best[key] = sighting
        return tuple(sorted(best.values(), key=lambda found: (found.start, found.end, found.pattern, found.red_flag)))

    def _rows(self, grams: Sequence[set[str]]) -> scipy.sparse.csr_matrix:
        rows = [row for row, own in enumerate(grams) for gram in own if gram in self._columns]
        columns = [self._columns[gram] for own in grams for gram in own if gram in self._columns]
        shape = (len(grams), max(1, len(self._columns)))
        return scipy.sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)


_SHORTEST = 3
_WINDOW, _STEP = 128, 64  # letters; a wording has at most 64, so that one window holds it whole
_WORTH_A_LOOK = 0.5  # one slip in a wording of five characters breaks half of its pairs
_MOST_LOOKS = 300
_STOPS = frozenset("。!?;\n")


def _is_better(one: Sighting, other: Sighting) -> bool:
    return (one.closeness, one.end - one.start) > (other.closeness, other.end - other.start)


def _squeeze(text: str) -> _Squeezed:
    places = tuple(at for at, letter in enumerate(text) if letter.isalnum())
    return _Squeezed("".join(text[at] for at in places), places)


def _grams(letters: str) -> set[str]:
    """Pairs of Han characters, threes of letters: about as telling, the one as the other."""
    return {
        letters[at : at + 2] if max(letters[at : at + 2]) > "\u2e80" else letters[at : at + 3]
        for at in range(max(1, len(letters) - 1))
    }


def _least_closeness(letters: str) -> float:
    """How close a misspelt wording has to be. Short ones count to the letter: one other character is another word."""
    # A Han character says about as much as two and a half letters.
    size = sum(2.5 if letter > "\u2e80" else 1.0 for letter in letters)
    if size < 15:
        return 1.0
    return 0.85 if size < 20 else 0.8


def _look(wording: _Wording, squeezed: _Squeezed, shift: int, window: str, text: str) -> Sighting | None:
    found = window.find(wording.letters)
    if found >= 0:
        first, last, closeness = found, found + len(wording.letters) - 1, 1.0
    else:
        least = _least_closeness(wording.letters)
        aligned = (
            fuzz.partial_ratio_alignment(wording.letters, window, score_cutoff=least * 100)
            if least < 1 and len(window) >= len(wording.letters)
            else None
        )
        if aligned is None or aligned.dest_end <= aligned.dest_start:
            return None
        first, last, closeness = aligned.dest_start, aligned.dest_end - 1, aligned.score / 100
    start, end = squeezed.places[shift + first], squeezed.places[shift + last] + 1
    if _STOPS & set(text[start:end]):
        return None
    start, end = _whole_words(text, start, end)
    # A short wording inside a longer word is that word's: "pin" in "shipping".
    if end - start > 1.5 * len(wording.letters) + 4:
        return None
    return Sighting(wording.pattern, wording.red_flag, start, end, closeness)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the edges of the Latin words it cuts; a word run together from many is left cut."""
    wider_start, wider_end = start, end
    while wider_start > 0 and _is_latin(text[wider_start - 1]) and _is_latin(text[start]):
        wider_start -= 1
    while wider_end < len(text) and _is_latin(text[wider_end]) and _is_latin(text[end - 1]):
        wider_end += 1
    if wider_end - wider_start > end - start + _LONGEST_REST:
        return start, end
    return wider_start, wider_end


_LONGEST_REST = 20


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def by_pattern(sightings: Iterable[Sighting]) -> dict[str, tuple[Sighting, ...]]:
    """The sightings of each pattern, in the order of the text."""
    grouped: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        grouped[sighting.pattern].append(sighting)
    return {pattern: tuple(own) for pattern, own in grouped.items()}
