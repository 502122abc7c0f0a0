"""A small linear classifier over characters and words, for tellings that no cue was written for."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.danger_pieces import CUTS, Keys, pieces

_Label = TypeVar("_Label")
_Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Known:
    """The pieces that were learned, in the order of their keys, and what each says for each label (tf-idf, sublinear,
    each cut's of length one)."""

    keys: Keys
    cuts: NDArray[np.uint8]
    """Of which of CUTS each is."""
    rarity: NDArray[np.float32]
    weights: NDArray[np.float16]
    """A row a piece, a column a label."""

    def score(self, text: str) -> _Scores:
        asked = pieces(text)
        places = np.minimum(self.keys.searchsorted(asked), len(self.keys) - 1)
        found, counts = np.unique(places[self.keys[places] == asked], return_counts=True)
        values = (1 + np.log(counts)) * self.rarity[found]
        cuts = self.cuts[found]
        values /= np.sqrt(np.bincount(cuts, values * values, len(CUTS)))[cuts]
        scored: _Scores = values @ self.weights[found]
        return scored


@dataclass(frozen=True)
class Classifier(Generic[_Label]):
    """How likely each label is in a folded text, by the examples alone: above 0 more likely there than not."""

    labels: tuple[_Label, ...]
    known: Known
    intercepts: _Scores

    def scores(self, texts: Sequence[str]) -> Mapping[_Label, float]:
        """The highest score each label has in any of the folded `texts`."""
        highest = self.known.score(texts[0])
        for text in texts[1:]:
            highest = np.maximum(highest, self.known.score(text))
        return dict(zip(self.labels, (self.intercepts + highest).tolist(), strict=True))

    def to_bytes(self) -> bytes:
        """No pickle: arrays alone."""
        packed = io.BytesIO()
        np.savez(packed, intercepts=self.intercepts, **vars(self.known))
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes, labels: tuple[_Label, ...]) -> "Classifier[_Label]":
        """Raises ValueError and the like for what is damaged, or of other labels."""
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            intercepts = arrays["intercepts"]
            known = Known(*(arrays[name] for name in ("keys", "cuts", "rarity", "weights")))
        size = len(known.keys)
        if not size or known.weights.shape != (size, len(labels)) or {len(known.cuts), len(known.rarity)} != {size}:
            raise ValueError("it does not fit together")
        if intercepts.shape != (len(labels),):
            raise ValueError("it is of other labels")
        return cls(labels, known, intercepts)
