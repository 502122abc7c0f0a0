"""Which words of a text weigh most for a label: the reasons where no red flag is worded as known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.features import Features, Places
from knowledge.ranking import Numbers, Vector
from knowledge.spacing import HAN
from knowledge.squeezing import whole_words


@dataclass(frozen=True, slots=True)
class Placed:
    """The pieces of a text that the model knows: where they stand, the vector's place of each one's column, and what
    each counts by itself.

    A piece said thrice counts once in all, and a long one no more than a short one: its share is spread out.
    """

    starts: Places
    ends: Places
    within: Places
    shares: Numbers


def place(found: Features, columns: Places, vector: Vector) -> Placed:
    """`columns` are the features' own, -1 where the model does not know one; `vector` is the text's."""
    known = np.flatnonzero(columns >= 0)
    starts, ends = found.starts[known], found.ends[known]
    # The vector's own columns come first, each once, in order; the constant and its like come after.
    within = np.searchsorted(vector.columns, columns[known])
    each = vector.values / np.maximum(np.bincount(within, minlength=len(vector.columns)), 1)
    return Placed(starts, ends, within, each[within] / np.maximum(ends - starts, 1))


def weightiest_spans(text: str, placed: Placed, weights: Numbers, *, most: int) -> tuple[tuple[int, int], ...]:
    """Up to `most` stretches of a normalised text, in its order, whose pieces weigh most; none where none weighs.

    `weights` has one entry a column of the vector. A short clause is given whole, a long one where it weighs.
    """
    weighed = _in_hundredths(_weigh_characters(len(text), placed, weights))
    sums, gains = _summed(weighed), _summed(np.maximum(weighed, 0))
    candidates = [
        (sums[end] - sums[start], start, end)
        for clause_start, clause_end in _promising_clauses(text, gains, 4 * most)
        for start, end in [_heaviest_part(text, sums, clause_start, clause_end)]
        if end > start
    ]
    heaviest = sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1]))[:most]
    # A stretch that weighs little beside the heaviest is no reason, only a filler.
    return tuple(sorted((start, end) for weight, start, end in heaviest if 5 * weight > 2 * heaviest[0][0] > 0))


_CLAUSE = re.compile(r"(?:[^,.。!?;:、,\n]++|(?<=[0-9])[,.:](?=[0-9]))+|[,.:](?=\S)")  # no amount is cut in two
_LONGEST_HAN, _LONGEST_LATIN = 18, 60
_HAN = re.compile(f"[{HAN}]")


def _in_hundredths(weighed: Numbers) -> Places:
    """Of the greatest weight: what is left out differs between processors and says nothing."""
    greatest = float(np.abs(weighed).max(initial=0.0))
    hundredths: Places = np.rint(weighed * (100 / (greatest or 1.0))).astype(np.int64)
    return hundredths


def _summed(weighed: Places) -> Sequence[int]:
    """`sums[j] - sums[i]` is what the characters from i up to j weigh."""
    sums: list[int] = [0, *np.cumsum(weighed).tolist()]
    return sums


def _weigh_characters(length: int, placed: Placed, weights: Numbers) -> Numbers:
    # Differences at the ends of pieces, summed up at the end: one step a piece, however long it is.
    worth = placed.shares * weights[placed.within]
    begun = np.bincount(placed.starts, worth, minlength=length + 1)
    ended = np.bincount(placed.ends, worth, minlength=length + 1)
    return np.cumsum(begun - ended)[:length]


def _promising_clauses(text: str, gains: Sequence[int], most: int) -> Sequence[tuple[int, int]]:
    """Those with the most that speaks for the label, whatever speaks against it: a long text has thousands."""
    clauses = [clause.span() for clause in _CLAUSE.finditer(text)]
    return sorted(clauses, key=lambda clause: gains[clause[0]] - gains[clause[1]])[:most]


def _heaviest_part(text: str, sums: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The stretch of a clause with the greatest sum, not too long to read, widened to whole words."""
    longest = _LONGEST_HAN if _HAN.search(text, start, end) else _LONGEST_LATIN
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    if end - start <= longest:
        return (start, end) if sums[end] > sums[start] and end - start > 1 else (start, start)
    first = max(range(start, end - longest + 1), key=lambda at: sums[at + longest] - sums[at])
    last = first + longest
    if sums[last] <= sums[first]:
        return start, start
    while first < last and sums[first + 1] <= sums[first]:
        first += 1
    while last > first and sums[last] <= sums[last - 1]:
        last -= 1
    return whole_words(text, first, last)
