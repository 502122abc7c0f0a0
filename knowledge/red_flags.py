"""Finding red flags in a text, however they are worded: to the letter, misspelt, or in other words.

Which wordings are worth a look is told by what they share with the text, counted for all of them at once; only those,
and only of the patterns asked for, are then looked for letter by letter.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from knowledge.features import Features, Places, Units, runs
from knowledge.ranking import Numbers, slots
from knowledge.squeezing import Squeezed, squeeze, whole_words
from knowledge.wordings import Sighting, Wording, is_one_sentence


@dataclass(frozen=True, slots=True)
class WordingIndex:
    """Every wording of every red flag, and in which of them each gram (a unit, a pair of units) stands.

    `table`: a gram's slot -> the gram, -1 for none. Gram g stands in the wordings `holders[begins[g]:begins[g + 1]]`,
    where it makes up `shares` of what they say, the rare more than the common.
    """

    wordings: tuple[Wording, ...]
    letters: tuple[str, ...]
    sizes: Places
    table: np.ndarray[tuple[int], np.dtype[np.int32]]
    begins: Places
    holders: Places
    shares: Numbers


class RedFlagFinder:
    """Looks for the wordings of an index; one search costs a fraction of a millisecond for a text of usual length."""

    def __init__(self, index: WordingIndex) -> None:
        self.index = index
        # By wording: its grams and their shares.
        order = np.argsort(index.holders, kind="stable")
        self._grams = np.repeat(np.arange(len(index.begins) - 1), np.diff(index.begins))[order]
        self._own_shares = index.shares[order]
        self._own_begins = np.searchsorted(index.holders[order], np.arange(len(index.wordings) + 1))
        patterns = sorted({wording.pattern for wording in index.wordings})
        place = {pattern: at for at, pattern in enumerate(patterns)}
        self._place = place
        self._pattern = np.array([place[wording.pattern] for wording in index.wordings], dtype=np.intp)

    def find(self, text: str, said: Units, patterns: Collection[str]) -> tuple[Sighting, ...]:
        """The closest sighting of each red flag of these patterns in a normalised text made of the units `said`.

        Of other patterns, only what is worded to the letter.
        """
        if not len(said) or not self.index.wordings:
            return ()
        asked = np.zeros(len(self._place), dtype=bool)
        asked[[self._place[pattern] for pattern in patterns if pattern in self._place]] = True
        wanted = asked[self._pattern]
        best: dict[tuple[str, str], Sighting] = {}
        whole = squeeze(text)
        for begin in range(0, max(1, len(said) - _WINDOW + _STEP), _STEP):
            for sighting in self._find_within(text, whole, _part(said, begin, begin + _WINDOW), wanted):
                key = (sighting.pattern, sighting.red_flag)
                if key not in best or _rank(sighting) > _rank(best[key]):
                    best[key] = sighting
        return tuple(sorted(best.values(), key=lambda seen: (seen.start, seen.end, seen.pattern, seen.red_flag)))

    def _find_within(
        self, text: str, whole: Squeezed, said: Units, wanted: np.ndarray[tuple[int], np.dtype[np.bool_]]
    ) -> Iterator[Sighting]:
        found = runs(said, 2)
        grams = self.index.table[slots(found.hashes)]
        is_there = np.zeros(len(self.index.begins), dtype=bool)  # one place more than grams: the last is -1's, no gram
        is_there[grams] = True
        shared = self._shared(np.flatnonzero(is_there[:-1]))
        looks = np.flatnonzero((shared >= _WHOLE) | (wanted & (shared >= _WORTH_A_LOOK)))
        if not len(looks):
            return
        if len(looks) > _MOST_LOOKS:
            looks = looks[np.argsort(-shared[looks], kind="stable")[:_MOST_LOOKS]]
        window = whole.between(int(said.starts[0]), int(said.ends[-1]))
        for at in looks.tolist():
            sighting = self._to_the_letter(at, text, window)
            if sighting is None and not wanted[at]:
                continue
            if sighting is None and shared[at] >= _LEAST_SHARE:
                sighting = self._in_other_words(at, text, found, grams)
            if sighting is None:
                sighting = self._misspelt(at, text, window)
            if sighting is not None:
                yield sighting

    def _shared(self, present: Places) -> Numbers:
        """How much of each wording stands in a text that has these grams."""
        index = self.index
        begins = index.begins[present]
        counts = index.begins[present + 1] - begins
        total = int(counts.sum())
        if not total:
            return np.zeros(len(index.wordings))
        ends = np.cumsum(counts)
        flat = np.arange(total) + np.repeat(begins - (ends - counts), counts)
        shared = np.bincount(index.holders[flat], index.shares[flat], minlength=len(index.wordings))
        return shared.astype(np.float64, copy=False)

    def _to_the_letter(self, at: int, text: str, window: Squeezed) -> Sighting | None:
        letters = self.index.letters[at]
        found = window.letters.find(letters)
        return None if found < 0 else self._sighting(at, text, window, (found, found + len(letters)), 1.0)

    def _misspelt(self, at: int, text: str, window: Squeezed) -> Sighting | None:
        letters = self.index.letters[at]
        least = _least_closeness(letters)
        if least == 1 or len(window.letters) < len(letters):
            return None
        aligned = fuzz.partial_ratio_alignment(letters, window.letters, score_cutoff=least * 100)
        if aligned is None or aligned.dest_end <= aligned.dest_start:
            return None
        return self._sighting(at, text, window, (aligned.dest_start, aligned.dest_end), aligned.score / 100)

    def _sighting(
        self, at: int, text: str, window: Squeezed, letters: tuple[int, int], closeness: float
    ) -> Sighting | None:
        begin, end = window.places[letters[0]], window.places[letters[1] - 1] + 1
        if not is_one_sentence(text[begin:end]):
            return None
        wide_begin, wide_end = whole_words(text, begin, end)
        # A short wording inside a longer word is that word's: "pin" in "shipping". Long ones are words run together.
        if wide_end - wide_begin > end - begin + _LONGEST_REST:
            wide_begin, wide_end = begin, end
        elif wide_end - wide_begin > 1.5 * (end - begin):
            return None
        wording = self.index.wordings[at]
        return Sighting(wording.pattern, wording.red_flag, wide_begin, wide_end, closeness)

    def _in_other_words(self, at: int, text: str, found: Features, grams: Places) -> Sighting | None:
        size = int(self.index.sizes[at])
        if size < _fewest_units(self.index.wordings[at].text):
            return None
        own = slice(self._own_begins[at], self._own_begins[at + 1])
        shares = dict(zip(self._grams[own].tolist(), self._own_shares[own].tolist(), strict=True))
        is_own = np.zeros(len(self.index.begins), dtype=bool)  # one place more than grams: the last is -1's, no gram
        is_own[self._grams[own]] = True
        here = np.flatnonzero(is_own[grams])
        units = len(grams) - len(grams) // 2  # runs of two are one fewer than units
        placed = [(int(grams[place]), place % units, place % units + place // units) for place in here.tolist()]
        stretch = _best_stretch(placed, shares, int(1.5 * size) + 1)
        if stretch is None or stretch[0] < _LEAST_SHARE:
            return None
        closeness, first, last = stretch
        begin, end = int(found.starts[first]), int(found.ends[last])
        if not is_one_sentence(text[begin:end]):
            return None
        wording = self.index.wordings[at]
        # Never as good as to the letter.
        return Sighting(wording.pattern, wording.red_flag, begin, end, min(closeness, 0.99))


_WINDOW, _STEP = 400, 340  # units; the longest stretch looked for has far fewer than their difference
_WORTH_A_LOOK = 0.5  # one slip in a wording of five characters breaks half of its pairs
_LEAST_SHARE = 0.62
_WHOLE = 0.99  # a wording that stands there whole speaks for its pattern, however little else does
_MOST_LOOKS = 40
_LONGEST_REST = 20


def _part(said: Units, begin: int, end: int) -> Units:
    if begin == 0 and end >= len(said):
        return said
    own = slice(begin, end)
    return Units(said.hashes[own], said.starts[own], said.ends[own], said.kinds[own], said.codes)


def _rank(sighting: Sighting) -> tuple[float, int, int]:
    return sighting.closeness, sighting.end - sighting.start, -sighting.start


def _least_closeness(letters: str) -> float:
    """How close a misspelt wording has to be. Short ones count to the letter: one other character is another word."""
    # A Han character says about as much as two and a half letters.
    size = sum(2.5 if letter > "\u2e80" else 1.0 for letter in letters)
    if size < 15:
        return 1.0
    return 0.85 if size < 20 else 0.8


def _fewest_units(text: str) -> int:
    """With fewer, the one left out is as likely as not the one that matters (租 in 租LINE账号)."""
    return 3 if text.isascii() else 5


def _best_stretch(
    placed: Sequence[tuple[int, int, int]], shares: dict[int, float], longest: int
) -> tuple[float, int, int] | None:
    """The stretch of at most `longest` units with the greatest share of different grams: share, first, last unit."""
    ordered = sorted(placed, key=lambda own: (own[2], own[1]))
    best: tuple[float, int, int] | None = None
    inside: dict[int, int] = {}
    share, begin = 0.0, 0
    for gram, _, last in ordered:
        inside[gram] = inside.get(gram, 0) + 1
        if inside[gram] == 1:
            share += shares[gram]
        while last - ordered[begin][1] >= longest:
            out = ordered[begin][0]
            inside[out] -= 1
            if inside[out] == 0:
                share -= shares[out]
            begin += 1
        if best is None or share > best[0] + 1e-9:
            best = (share, min(own[1] for own in ordered[begin : begin + 2]), last)
    return best
