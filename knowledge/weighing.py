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
    """The pieces of a text that the model knows: where they stand, their columns, and what each counts by itself.

    A piece said thrice counts once in all, and a long one no more than a short one: its share is spread out.
    """

    starts: Places
    ends: Places
    columns: Places
    shares: Numbers


def place(found: Features, columns: Places, vector: Vector) -> Placed:
    """`columns` are the features' own, -1 where the model does not know one; `vector` is the text's."""
    known = columns >= 0
    starts, ends, places = found.starts[known], found.ends[known], columns[known]
    # The vector's own columns come first, each once, in order; the constant and its like come after.
    inverse = np.searchsorted(vector.columns, places)
    counts = np.bincount(inverse, minlength=len(vector.columns))
    return Placed(starts, ends, places, vector.values[inverse] / counts[inverse] / np.maximum(ends - starts, 1))


def weightiest_spans(text: str, placed: Placed, weights: Numbers, *, most: int) -> tuple[tuple[int, int], ...]:
    """Up to `most` stretches of a normalised text, in its order, whose pieces weigh most; none where none weighs.

    `weights` has one entry a placed piece. A short clause is given whole, a long one where it weighs.
    """
    weighed = _in_hundredths(_weigh_characters(len(text), placed, weights))
    candidates = [
        (float(weighed[start:end].sum()), start, end)
        for clause_start, clause_end in _promising_clauses(text, weighed, 4 * most)
        for start, end in [_heaviest_part(text, weighed, clause_start, clause_end)]
        if end > start
    ]
    heaviest = sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1]))[:most]
    # A stretch that weighs little beside the heaviest is no reason, only a filler.
    return tuple(sorted((start, end) for weight, start, end in heaviest if weight > 0.4 * heaviest[0][0] > 0))


_CLAUSE = re.compile(r"[^,.。!?;:、,\n]+|[,.:](?=\S)")
_LONGEST_HAN, _LONGEST_LATIN = 18, 60
_HAN = re.compile(f"[{HAN}]")


def _in_hundredths(weighed: Numbers) -> Numbers:
    """Of the greatest weight: what is left out differs between processors and says nothing."""
    greatest = float(np.abs(weighed).max(initial=0.0))
    return np.round(weighed / greatest, 2) if greatest > 0 else weighed


def _weigh_characters(length: int, placed: Placed, weights: Numbers) -> Numbers:
    # Differences at the ends of pieces, summed up at the end: one step a piece, however long it is.
    worth = placed.shares * weights
    begun = np.bincount(placed.starts, worth, minlength=length + 1)
    ended = np.bincount(placed.ends, worth, minlength=length + 1)
    return np.cumsum(begun - ended)[:length]


def _promising_clauses(text: str, weighed: Numbers, most: int) -> Sequence[tuple[int, int]]:
    """Those with the most that speaks for the label, whatever speaks against it: a long text has thousands."""
    clauses = np.array([clause.span() for clause in _CLAUSE.finditer(text)], dtype=np.intp).reshape(-1, 2)
    gains = np.concatenate(([0.0], np.cumsum(np.maximum(weighed, 0))))
    order = np.argsort(gains[clauses[:, 0]] - gains[clauses[:, 1]], kind="stable")[:most]
    return [(int(start), int(end)) for start, end in clauses[order]]


def _heaviest_part(text: str, weighed: Numbers, start: int, end: int) -> tuple[int, int]:
    """The stretch of a clause with the greatest sum, not too long to read, widened to whole words."""
    longest = _LONGEST_HAN if _HAN.search(text, start, end) else _LONGEST_LATIN
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    if end - start <= longest:
        return (start, end) if weighed[start:end].sum() > 0 and end - start > 1 else (start, start)
    sums = np.concatenate(([0.0], np.cumsum(weighed[start:end])))
    stretches = sums[longest:] - sums[:-longest]
    first = int(stretches.argmax())
    if stretches[first] <= 0:
        return start, start
    first, last = start + first, start + first + longest
    while first < last and weighed[first] <= 0:
        first += 1
    while last > first and weighed[last - 1] <= 0:
        last -= 1
    return whole_words(text, first, last)
