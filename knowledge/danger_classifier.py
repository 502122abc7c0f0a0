"""A small linear classifier over characters and words, for tellings that no cue was written for."""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_Label = TypeVar("_Label")


def letter_runs(text: str) -> list[str]:
    """Runs of one to four characters within words, each word with a space on either side."""
    runs: list[str] = []
    for word in text.lower().split():
        padded = f" {word} "
        for size in range(1, _LONGEST_RUN + 1):
            runs += [padded[at : at + size] for at in range(max(len(padded) - size, 0) + 1)]
            if size >= len(padded):
                # A word that is shorter than its runs counts once.
                break
    return runs


def split_words(text: str) -> list[str]:
    """Its words in small letters; a Chinese character counts as one."""
    return _WORD.findall(text.lower())


def word_pairs(text: str) -> list[str]:
    """Words and pairs of words."""
    words = split_words(text)
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def far_pairs(text: str) -> list[str]:
    """Pairs of words with one to three others between them."""
    words = split_words(text)
    return [f"{one}_{other}" for far in _FAR for one, other in zip(words, words[far:], strict=False)]


Cut = Callable[[str], list[str]]
CUTS: tuple[Cut, ...] = (letter_runs, word_pairs, far_pairs)
"""Runs of characters hear stems and endings, typos and all; words and pairs of words know better what is ordinary; what
is meant but not said in so many words is heard by pairs further apart. None of them alone did as well."""


@dataclass(frozen=True)
class Features:
    """One way to cut a text, with what each of its pieces says for each label (tf-idf, sublinear, of length one)."""

    cut: Cut
    places: Mapping[str, int]
    rarity: NDArray[np.float64]
    weights: NDArray[np.float16]
    """A row a piece, a column a label."""

    def score(self, text: str) -> NDArray[np.float64] | float:
        # Counted and looked up in C: a message is thousands of pieces.
        counts = Counter(map(self.places.get, self.cut(text)))
        del counts[None]
        if not counts:
            return 0.0
        places = np.fromiter(counts.keys(), int, len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), float, len(counts)))) * self.rarity[places]
        scored: NDArray[np.float64] = (values / np.sqrt(values @ values)) @ self.weights[places]
        return scored


@dataclass(frozen=True)
class Classifier(Generic[_Label]):
    """How likely each label is in a folded text, by the examples alone: above 0 more likely there than not."""

    labels: tuple[_Label, ...]
    features: tuple[Features, ...]
    intercepts: NDArray[np.float64]

    def scores(self, texts: Sequence[str]) -> Mapping[_Label, float]:
        """The highest score each label has in any of the folded `texts`."""
        highest = self._score(texts[0])
        for text in texts[1:]:
            highest = np.maximum(highest, self._score(text))
        return {label: float(score) for label, score in zip(self.labels, highest, strict=True)}

    def to_bytes(self) -> bytes:
        """No pickle: arrays and JSON alone."""
        arrays: dict[str, Any] = {"intercepts": self.intercepts}
        for number, features in enumerate(self.features):
            pieces = sorted(features.places, key=features.places.__getitem__)
            arrays[f"pieces {number}"] = np.frombuffer(json.dumps(pieces).encode(), np.uint8)
            arrays[f"rarity {number}"], arrays[f"weights {number}"] = features.rarity, features.weights
        packed = io.BytesIO()
        np.savez(packed, **arrays)
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes, labels: tuple[_Label, ...]) -> "Classifier[_Label]":
        """Raises ValueError and the like for what is damaged, or of other labels."""
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            features = tuple(
                Features(
                    cut,
                    {piece: at for at, piece in enumerate(json.loads(arrays[f"pieces {number}"].tobytes()))},
                    arrays[f"rarity {number}"],
                    arrays[f"weights {number}"],
                )
                for number, cut in enumerate(CUTS)
            )
            intercepts = arrays["intercepts"]
        for each in features:
            if each.weights.shape != (len(each.places), len(labels)) or each.rarity.shape != (len(each.places),):
                raise ValueError("it does not fit together")
        if intercepts.shape != (len(labels),):
            raise ValueError("it is of other labels")
        return cls(labels, features, intercepts)

    def _score(self, text: str) -> NDArray[np.float64]:
        scored: NDArray[np.float64] = self.intercepts + sum(features.score(text) for features in self.features)
        return scored


_LONGEST_RUN = 4
_FAR = (2, 3, 4)
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]")
