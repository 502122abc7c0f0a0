"""Indexing the wordings of red flags, so that all of them can be compared with a text at once."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.features import Units, runs, units
from knowledge.red_flags import WordingIndex
from knowledge.slots import SLOTS, Lookup, slots
from knowledge.squeezing import squeeze
from knowledge.wordings import Wording


def index_wordings(wordings: Iterable[Wording], common: Sequence[Units]) -> WordingIndex:
    """`common` are the units of texts that show which words are said every day."""
    known = tuple(wording for wording in wordings if len(squeeze(wording.text).letters) >= _SHORTEST)
    said = [units(wording.text) for wording in known]
    grams = [np.unique(slots(runs(own, 2).hashes)) for own in said]
    held = np.zeros(SLOTS, np.int32)
    for present in (*grams, *(np.unique(slots(runs(text, 2).hashes)) for text in common)):
        held[present] += 1
    texts = 1 + len(grams) + len(common)
    holders: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for at, (own, wording) in enumerate(zip(said, known, strict=True)):
        # Words mean what they mean in any order; characters make words only side by side.
        loose = _LOOSE if wording.text.isascii() else 1.0
        single = set(slots(own.hashes).tolist())
        worth = {gram: math.log(texts / held[gram]) * (1.0 if gram in single else loose) for gram in grams[at].tolist()}
        total = max(sum(worth.values()), 1e-9)
        for gram, own_worth in worth.items():
            holders[gram].append((at, own_worth / total))
    ordered = [holders[gram] for gram in sorted(holders)]
    return WordingIndex(
        wordings=known,
        letters=tuple(squeeze(wording.text).letters for wording in known),
        sizes=np.array([len(own) for own in said], dtype=np.intp),
        lookup=Lookup.of(np.array(sorted(holders), np.int32)),
        begins=np.concatenate(([0], np.cumsum([len(own) for own in ordered], dtype=np.intp))),
        holders=np.array([at for own in ordered for at, _ in own], dtype=np.intp),
        shares=np.array([share for own in ordered for _, share in own], dtype=np.float64),
    )


_SHORTEST = 2  # 跑分
_LOOSE = 0.25
