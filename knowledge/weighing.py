"""Which words of a text weigh most for a label: the reasons where no red flag is worded as known."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.features import Piece
from knowledge.ranking import Numbers, Places
from knowledge.spacing import HAN
from knowledge.spelling import whole_words


@dataclass(frozen=True, slots=True)
class Placed:
    """The pieces of a text that the model knows: where they stand, their columns, and what each counts by itself.

    A piece said thrice counts once in all, and a long one no more than a short one: its share is spread out.
    """

    starts: Places
    ends: Places
    columns: Places
    shares: Numbers


def place(found: Sequence[Piece], columns: Mapping[str, int], values: Mapping[int, float]) -> Placed:
    """`columns` are the model's, `values` those of the text's vector by column."""
    known = [(piece, column) for piece in found if (column := columns.get(piece.feature)) is not None]
    counts = Counter(column for _, column in known)
    return Placed(
        starts=np.array([piece.start for piece, _ in known], dtype=np.intp),
        ends=np.array([piece.end for piece, _ in known], dtype=np.intp),
        columns=np.array([column for _, column in known], dtype=np.intp),
        shares=np.array(
            [values.get(column, 0.0) / counts[column] / (piece.end - piece.start) for piece, column in known],
            dtype=np.float64,
        ),
    )


def weightiest_spans(text: str, placed: Placed, weights: Numbers, *, most: int) -> tuple[tuple[int, int], ...]:
    """Up to `most` stretches of a normalised text, in its order, whose pieces weigh most; none where none weighs.

    `weights` has one entry a placed piece. A short clause is given whole, a long one where it weighs.
    """
    weighed = _weigh_characters(len(text), placed, weights)
    candidates = [
        (float(weighed[start:end].sum()), start, end)
        for clause in _CLAUSE.finditer(text)
        for start, end in [_heaviest_part(text, weighed, clause.start(), clause.end())]
        if end > start
    ]
    heaviest = sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1]))[:most]
    # A stretch that weighs little beside the heaviest is no reason, only a filler.
    return tuple(sorted((start, end) for weight, start, end in heaviest if weight > 0.4 * heaviest[0][0] > 0))


_CLAUSE = re.compile(r"[^,.。!?;:、,\n]+|[,.:](?=\S)")
_LONGEST_HAN, _LONGEST_LATIN = 18, 60
_HAN = re.compile(f"[{HAN}]")


def _weigh_characters(length: int, placed: Placed, weights: Numbers) -> Numbers:
    # Differences at the ends of pieces, summed up at the end: one step a piece, however long it is.
    steps = np.zeros(length + 1)
    np.add.at(steps, placed.starts, placed.shares * weights)
    np.add.at(steps, placed.ends, -placed.shares * weights)
    return np.cumsum(steps)[:length]


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
