"""Texts that are almost the same: the second teaches nothing, and across patterns each speaks for the other's scam."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.editing.texts import Hint, KnownText, quote


def repeats(patterns: Collection[str], texts: Sequence[KnownText]) -> Iterator[Hint]:
    """The tellings and scripts of `patterns` that another of `texts` almost repeats; each pair is told of once."""
    own = [at for at, text in enumerate(texts) if text.pattern in patterns and text.normalised.text]
    every = [text.normalised.text for text in texts]
    for begin in range(0, len(own), _ROWS):
        rows = own[begin : begin + _ROWS]
        likeness = process.cdist(
            [every[at] for at in rows], every, scorer=fuzz.ratio, score_cutoff=_ALMOST_THE_SAME, dtype=np.uint8
        )
        for row, other in np.argwhere(likeness).tolist():
            mine, theirs = texts[rows[row]], texts[other]
            told_before = theirs.pattern in patterns and other < rows[row]
            if other != rows[row] and not told_before and not _is_translation(mine, theirs):
                yield Hint(
                    mine.pattern,
                    mine.key,
                    f"{quote(mine.text)} is almost the same ({likeness[row, other]} of 100) as {theirs.place}, "
                    f"{quote(theirs.text)}; {_what_to_do(mine, theirs)}",
                )


# Of all that was written by different hands, four pairs are as much alike.
_ALMOST_THE_SAME = 75
_ROWS = 500  # compared at once: 4 MB of memory for the whole knowledge


def _is_translation(one: KnownText, other: KnownText) -> bool:
    """One pattern's text in both Chinese scripts; both are wanted."""
    return one.pattern == other.pattern and one.language != other.language


def _what_to_do(mine: KnownText, theirs: KnownText) -> str:
    if mine.pattern == theirs.pattern:
        return "tell one of them quite differently: this one teaches nothing new"
    return "keep it where it belongs, and tell the other differently"
