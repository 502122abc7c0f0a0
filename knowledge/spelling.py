"""Wordings found letter by letter: exactly, run together, or misspelt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from rapidfuzz import fuzz

from knowledge.wordings import Sighting, Wording, is_one_sentence


class SpellingFinder:
    """Compares letters and digits alone: spaces and signs are what breaks wordings up."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = [
            (wording, letters) for wording in wordings if len(letters := _squeeze(wording.text).letters) >= _SHORTEST
        ]
        self._columns: dict[str, int] = {}
        grams = [_grams(letters) for _, letters in self._wordings]
        for gram in sorted({gram for own in grams for gram in own}):
            self._columns[gram] = len(self._columns)
        sizes = np.array([len(own) for own in grams], dtype=np.float32)
        self._shares = scipy.sparse.diags(1 / sizes) @ self._rows(grams) if grams else None

    def find(self, text: str) -> Iterator[Sighting]:
        """Sightings in a normalised text; the same red flag may come more than once."""
        squeezed = _squeeze(text)
        if self._shares is None or not squeezed.letters:
            return
        windows = [
            squeezed.letters[start : start + _WINDOW]
            for start in range(0, max(1, len(squeezed.letters) - _WINDOW + _STEP), _STEP)
        ]
        share = (self._shares @ self._rows([_grams(window) for window in windows]).T).toarray()
        wordings, where = np.nonzero(share >= _WORTH_A_LOOK)
        for at in np.argsort(-share[wordings, where], kind="stable")[:_MOST_LOOKS]:
            wording, letters = self._wordings[wordings[at]]
            sighting = _look(wording, letters, squeezed, start=int(where[at]) * _STEP, text=text)
            if sighting:
                yield sighting

    def _rows(self, grams: Sequence[set[str]]) -> scipy.sparse.csr_matrix:
        rows = [row for row, own in enumerate(grams) for gram in own if gram in self._columns]
        columns = [self._columns[gram] for own in grams for gram in own if gram in self._columns]
        shape = (len(grams), len(self._columns))
        return scipy.sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)


_SHORTEST = 2  # 跑分
_WINDOW, _STEP = 160, 80  # letters; a wording has at most 80, so that one window holds it whole
_WORTH_A_LOOK = 0.5  # one slip in a wording of five characters breaks half of its pairs
_MOST_LOOKS = 300
_LONGEST_REST = 20


@dataclass(frozen=True, slots=True)
class _Squeezed:
    letters: str
    places: tuple[int, ...]


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


def _look(wording: Wording, letters: str, squeezed: _Squeezed, *, start: int, text: str) -> Sighting | None:
    window = squeezed.letters[start : start + _WINDOW]
    found = window.find(letters)
    if found >= 0:
        first, last, closeness = found, found + len(letters) - 1, 1.0
    else:
        least = _least_closeness(letters)
        if least == 1 or len(window) < len(letters):
            return None
        aligned = fuzz.partial_ratio_alignment(letters, window, score_cutoff=least * 100)
        if aligned is None or aligned.dest_end <= aligned.dest_start:
            return None
        first, last, closeness = aligned.dest_start, aligned.dest_end - 1, aligned.score / 100
    begin, end = squeezed.places[start + first], squeezed.places[start + last] + 1
    if not is_one_sentence(text[begin:end]):
        return None
    wide_begin, wide_end = whole_words(text, begin, end)
    # A short wording inside a longer word is that word's: "pin" in "shipping". Long ones are words run together.
    if wide_end - wide_begin > end - begin + _LONGEST_REST:
        wide_begin, wide_end = begin, end
    elif wide_end - wide_begin > 1.5 * (end - begin):
        return None
    return Sighting(wording.pattern, wording.red_flag, wide_begin, wide_end, closeness)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the edges of the Latin words it cuts."""
    while start > 0 and _is_latin(text[start]) and _is_latin(text[start - 1]):
        start -= 1
    while end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]):
        end += 1
    return start, end


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
