"""Finding red flags in a text, however they are worded: to the letter, misspelt, or in other words.

Which wordings are worth a look is told by what they share with the text, counted for all of them at once; only those,
and only of the patterns asked for, are then looked for letter by letter.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from knowledge.features import Features, Places, Units, runs
from knowledge.ranking import Flags, Numbers
from knowledge.slots import Lookup, slots
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
    lookup: Lookup
    begins: Places
    holders: Places
    shares: Numbers


@dataclass(frozen=True, slots=True)
class _Grams:
    """Some wordings and all their grams; `grams[i]` stands in `wordings[owners[i]]`."""

    wordings: Places
    grams: Places
    shares: Numbers
    owners: Places


class RedFlagFinder:
    """Looks for the wordings of an index; one search costs a fraction of a millisecond for a text of usual length."""

    def __init__(self, index: WordingIndex) -> None:
        self.index = index
        # By wording: its grams and their shares.
        order = np.argsort(index.holders, kind="stable")
        self._grams = np.repeat(np.arange(len(index.begins) - 1), np.diff(index.begins))[order]
        self._own_shares = index.shares[order]
        self._own_begins = np.searchsorted(index.holders[order], np.arange(len(index.wordings) + 1))
        self._telling = _most_telling(self._grams, self._own_shares, self._own_begins)
        self._most_telling = self._telling[:, 0].copy()
        own: defaultdict[str, list[int]] = defaultdict(list)
        for at, wording in enumerate(index.wordings):
            own[wording.pattern].append(at)
        self._of_pattern = {pattern: self._grams_of(np.array(places, np.intp)) for pattern, places in own.items()}

    def find(self, text: str, said: Units, patterns: Collection[str]) -> tuple[Sighting, ...]:
        """The closest sighting of each red flag of these patterns in a normalised text made of the units `said`.

        Of other patterns, only what is worded to the letter.
        """
        if not len(said) or not self.index.wordings:
            return ()
        asked = [self._of_pattern[pattern] for pattern in patterns if pattern in self._of_pattern]
        wanted = np.zeros(len(self.index.wordings), dtype=bool)
        for own in asked:
            wanted[own.wordings] = True
        best: dict[tuple[str, str], Sighting] = {}
        whole = squeeze(text)
        for begin in range(0, max(1, len(said) - _WINDOW + _STEP), _STEP):
            part = _part(said, begin, begin + _WINDOW)
            window = whole if part is said else whole.between(int(part.starts[0]), int(part.ends[-1]))
            for sighting in self._find_within(text, window, part, wanted, asked):
                key = (sighting.pattern, sighting.red_flag)
                if key not in best or _rank(sighting) > _rank(best[key]):
                    best[key] = sighting
        return tuple(sorted(best.values(), key=lambda seen: (seen.start, seen.end, seen.pattern, seen.red_flag)))

    def _find_within(
        self, text: str, window: Squeezed, said: Units, wanted: Flags, asked: Sequence[_Grams]
    ) -> Iterator[Sighting]:
        found = runs(said, 2)
        grams = self.index.lookup.find(slots(found.hashes))
        is_there = np.zeros(len(self.index.begins), dtype=bool)  # one place more than grams: the last is -1's, no gram
        is_there[grams] = True
        looks, shared = _held(asked, is_there, _WORTH_A_LOOK)
        # Of others, what stands there whole: nearly all lack one of the grams that make up most of them.
        maybe = np.flatnonzero(is_there[self._most_telling])
        maybe = maybe[~wanted[maybe]]
        maybe = maybe[is_there[self._telling[maybe]].all(axis=1)]
        if len(maybe):
            others, their_shares = _held([self._grams_of(maybe)], is_there, _WHOLE)
            looks, shared = np.concatenate((looks, others)), np.concatenate((shared, their_shares))
        if not len(looks):
            return
        if len(looks) > _MOST_LOOKS:
            kept = np.argsort(-shared, kind="stable")[:_MOST_LOOKS]
            looks, shared = looks[kept], shared[kept]
        for at, own in zip(looks.tolist(), shared.tolist(), strict=True):
            sighting = self._to_the_letter(at, text, window)
            if sighting is None and not wanted[at]:
                continue
            if sighting is None and own >= _LEAST_SHARE:
                sighting = self._in_other_words(at, text, found, grams)
            if sighting is None:
                sighting = self._misspelt(at, text, window)
            if sighting is not None:
                yield sighting

    def _grams_of(self, wordings: Places) -> _Grams:
        begins = self._own_begins[wordings]
        counts = self._own_begins[wordings + 1] - begins
        firsts = np.cumsum(counts) - counts
        flat = np.arange(int(counts.sum())) + np.repeat(begins - firsts, counts)
        return _Grams(wordings, self._grams[flat], self._own_shares[flat], np.repeat(np.arange(len(wordings)), counts))

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
        firsts = here % units
        lasts = firsts + here // units
        order = np.argsort(2 * lasts + (firsts == lasts))
        placed = zip(grams[here[order]].tolist(), firsts[order].tolist(), lasts[order].tolist(), strict=True)
        stretch = _best_stretch(list(placed), shares, int(1.5 * size) + 1)
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
_TELLING = 3
_NONE, _NO_SHARES = np.zeros(0, np.intp), np.zeros(0)
_LONGEST_REST = 20


def _held(of: Sequence[_Grams], is_there: Flags, least: float) -> tuple[Places, Numbers]:
    """The wordings of which at least so much stands in a text that has these grams, and how much."""
    if not of:
        return _NONE, _NO_SHARES
    held: list[Numbers] = []
    for own in of:
        here = is_there.take(own.grams).nonzero()[0]  # few are
        # numpy declares whole numbers, whatever the weights are.
        share: Any = np.bincount(own.owners.take(here), own.shares.take(here), len(own.wordings))
        held.append(share)
    shares = np.concatenate(held)
    enough = np.flatnonzero(shares >= least)
    return np.concatenate([own.wordings for own in of])[enough], shares[enough]


def _most_telling(grams: Places, shares: Numbers, begins: Places) -> Places:
    """The few grams of each wording that make up most of it, one row a wording, the first the most; its last one stands
    there again where it has fewer."""
    order = np.lexsort((-shares, np.repeat(np.arange(len(begins) - 1), np.diff(begins))))
    chosen = np.minimum(begins[:-1, np.newaxis] + np.arange(_TELLING), begins[1:, np.newaxis] - 1)
    telling: Places = grams[order[chosen]]
    return telling


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
    """The stretch of at most `longest` units with the greatest share of different grams: share, first, last unit.

    `placed` are the grams with their first and last units, in the order of their ends, the longer before the shorter.
    """
    if not placed:
        return None
    greatest, where = 0.0, (0, 0)
    inside = dict.fromkeys(shares, 0)
    share, begin = 0.0, 0
    for gram, _, last in placed:
        if not inside[gram]:
            share += shares[gram]
        inside[gram] += 1
        while last - placed[begin][1] >= longest:
            out = placed[begin][0]
            inside[out] -= 1
            if not inside[out]:
                share -= shares[out]
            begin += 1
        if share > greatest + 1e-9:
            greatest, where = share, (begin, last)
    begin, last = where
    return greatest, min(first for _, first, _ in placed[begin : begin + 2]), last
