"""Wordings found by what they share with a stretch of text: said in another order, or with other words between."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import scipy.sparse

from knowledge.features import Piece, units
from knowledge.wordings import Sighting, Wording, is_one_sentence


class ParaphraseFinder:
    """Counts how much of a wording, the rare more than the common, stands in a stretch not much longer than it."""

    def __init__(self, wordings: Sequence[Wording], common: Iterable[str]) -> None:
        """`common` are normalised texts that show which words are said every day."""
        self._wordings = [
            (wording, len(own))
            for wording in wordings
            if len(own := units(wording.text)) >= _fewest_units(wording.text)
        ]
        grams = [[gram for gram, _, _ in _grams(units(wording.text))] for wording, _ in self._wordings]
        texts = [set(own) for own in grams] + [{gram for gram, _, _ in _grams(units(text))} for text in common]
        held = Counter(gram for own in texts for gram in own)
        self._columns = {gram: at for at, gram in enumerate(sorted({gram for own in grams for gram in own}))}
        rarity = np.array([math.log((1 + len(texts)) / held[gram]) for gram in self._columns])
        rows = scipy.sparse.csr_matrix(self._rows([set(own) for own in grams]) @ scipy.sparse.diags(rarity))
        loose = {at for at, (wording, _) in enumerate(self._wordings) if _is_latin(wording.text)}
        pairs = {at for gram, at in self._columns.items() if " " in gram}
        rows = rows.tocoo()
        rows.data *= [
            _LOOSE if row in loose and column in pairs else 1.0
            for row, column in zip(rows.row.tolist(), rows.col.tolist(), strict=True)
        ]
        rows = rows.tocsr()
        totals = np.asarray(rows.sum(axis=1)).ravel()
        self._shares = scipy.sparse.csr_matrix(scipy.sparse.diags(1 / np.maximum(totals, 1e-9)) @ rows)

    def find(self, text: str, said: Sequence[Piece]) -> Iterator[Sighting]:
        """Sightings in a normalised text made of the units `said`; the same red flag may come more than once."""
        if not self._wordings or not said:
            return
        starts = range(0, max(1, len(said) - _WINDOW + _STEP), _STEP)
        windows = [_grams(said[start : start + _WINDOW]) for start in starts]
        share = (self._shares @ self._rows([{gram for gram, _, _ in own} for own in windows]).T).toarray()
        wordings, where = np.nonzero(share >= _LEAST_SHARE)
        for at in np.argsort(-share[wordings, where], kind="stable")[:_MOST_LOOKS]:
            wording, size = self._wordings[wordings[at]]
            row = self._shares[wordings[at]]
            weights = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
            placed = [
                (self._columns[gram], first, last) for gram, first, last in windows[where[at]] if gram in self._columns
            ]
            found = _best_stretch([own for own in placed if own[0] in weights], weights, int(1.5 * size) + 1)
            if found and found[0] >= _LEAST_SHARE:
                closeness, first, last = found
                begin, end = said[starts[where[at]] + first].start, said[starts[where[at]] + last].end
                if not is_one_sentence(text[begin:end]):
                    continue
                # Never as good as to the letter.
                yield Sighting(wording.pattern, wording.red_flag, begin, end, min(closeness, 0.99))

    def _rows(self, grams: Sequence[set[str]]) -> scipy.sparse.csr_matrix:
        rows = [row for row, own in enumerate(grams) for gram in own if gram in self._columns]
        columns = [self._columns[gram] for own in grams for gram in own if gram in self._columns]
        return scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(grams), len(self._columns)))


_LOOSE = 0.25  # words mean what they mean in any order; characters make words only side by side
_LEAST_SHARE = 0.62
_WINDOW, _STEP = 80, 40  # units; the longest stretch looked for has half of that
_MOST_LOOKS = 200


def _fewest_units(text: str) -> int:
    """With fewer, the one left out is as likely as not the one that matters (租 in 租LINE账号)."""
    return 3 if _is_latin(text) else 5


def _is_latin(text: str) -> bool:
    return text.isascii()


def _grams(said: Sequence[Piece]) -> list[tuple[str, int, int]]:
    """Units and pairs of neighbours, each with the first and last unit it spans."""
    single = [(unit.feature, at, at) for at, unit in enumerate(said)]
    pairs = [(f"{one.feature} {other.feature}", at, at + 1) for at, (one, other) in enumerate(pairwise(said))]
    return single + pairs


def _best_stretch(
    placed: Sequence[tuple[int, int, int]], weights: dict[int, float], longest: int
) -> tuple[float, int, int] | None:
    """The stretch of at most `longest` units with the greatest weight of different grams: weight, first, last unit."""
    ordered = sorted(placed, key=lambda own: (own[2], own[1]))
    best: tuple[float, int, int] | None = None
    inside: Counter[int] = Counter()
    weight, begin = 0.0, 0
    for gram, _, last in ordered:
        inside[gram] += 1
        if inside[gram] == 1:
            weight += weights[gram]
        while last - ordered[begin][1] >= longest:
            out = ordered[begin][0]
            inside[out] -= 1
            if inside[out] == 0:
                weight -= weights[out]
            begin += 1
        if best is None or weight > best[0] + 1e-9:
            best = (weight, min(own[1] for own in ordered[begin : begin + 2]), last)
    return best
