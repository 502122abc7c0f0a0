"""Indexing the wordings of red flags, so that all of them can be compared with a text at once."""

from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.features import Places, Units, runs, units
from knowledge.red_flags import WordingIndex
from knowledge.slots import SLOTS, Lookup, slots
from knowledge.squeezing import squeeze
from knowledge.wordings import Wording


def index_wordings(wordings: Iterable[Wording], common: Sequence[Units]) -> WordingIndex:
    """`common` are the units of texts that show which words are said every day."""
    squeezed = ((wording, squeeze(wording.text).letters) for wording in wordings)
    known = [(wording, letters) for wording, letters in squeezed if len(letters) >= _SHORTEST]
    said = [units(wording.text) for wording, _ in known]
    owners, grams = _grams(said)
    held = np.bincount(np.concatenate((grams, _grams(common)[1])), minlength=SLOTS)
    # Words mean what they mean in any order; characters make words only side by side.
    loose = np.where([wording.text.isascii() for wording, _ in known], _LOOSE, 1.0)
    single = np.concatenate([_numbered(at, slots(own.hashes)) for at, own in enumerate(said)] or [_NOTHING])
    is_single = np.isin(_numbered(owners, grams), single, kind="sort")
    worth = np.log((1 + len(said) + len(common)) / held[grams]) * np.where(is_single, 1.0, loose[owners])
    total = np.maximum(np.bincount(owners, worth, len(said)), 1e-9)
    order = np.argsort(grams, kind="stable")
    different, counts = np.unique(grams, return_counts=True)
    return WordingIndex(
        wordings=tuple(wording for wording, _ in known),
        letters=tuple(letters for _, letters in known),
        sizes=np.array([len(own) for own in said], dtype=np.intp),
        lookup=Lookup.of(different.astype(np.int32)),
        begins=np.concatenate(([0], np.cumsum(counts, dtype=np.intp))),
        holders=owners[order],
        shares=(worth / total[owners])[order],
    )


def _grams(texts: Sequence[Units]) -> tuple[Places, Places]:
    """The different grams (units, pairs of units) of each text, as slots, beside the text's place."""
    every = np.concatenate([_numbered(at, slots(runs(text, 2).hashes)) for at, text in enumerate(texts)] or [_NOTHING])
    every.sort()  # numpy finds the different ones of millions by hashing, which takes three times as long
    return np.divmod(every[np.append(True, every[1:] != every[:-1])[: len(every)]], SLOTS)


def _numbered(text: int | Places, slot: Places) -> Places:
    """A text's place and a slot in one number."""
    numbered: Places = np.int64(SLOTS) * text + slot
    return numbered


_NOTHING = np.zeros(0, np.int64)
_SHORTEST = 2  # 跑分
_LOOSE = 0.25
