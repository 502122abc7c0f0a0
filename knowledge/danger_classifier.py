"""A small linear classifier over characters and words, for tellings that no cue was written for."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

from numpy import array, ascontiguousarray, float64, fromiter, log, maximum, sqrt
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

_Label = TypeVar("_Label")


@dataclass(frozen=True)
class _Features:
    """One way to cut a text, with what each of its pieces says for each label. It computes what the fitted vectorizer
    does; for one message that takes five times as long, most of it spent on looking at its own arguments."""

    cut: Callable[[str], Iterable[str]]
    places: Mapping[str, int]
    rarity: NDArray[float64]
    weights: NDArray[float64]  # a row a feature, a column a label

    @classmethod
    def of(cls, vectorizer: TfidfVectorizer, weights: NDArray[float64]) -> "_Features":
        """`weights`: a row a label, a column a feature of the vectorizer's."""
        return cls(vectorizer.build_analyzer(), vectorizer.vocabulary_, vectorizer.idf_, ascontiguousarray(weights.T))

    def score(self, text: str) -> NDArray[float64] | float:
        counts = Counter(place for piece in self.cut(text) if (place := self.places.get(piece)) is not None)
        if not counts:
            return 0.0
        places = fromiter(counts.keys(), int, len(counts))
        values = (1 + log(fromiter(counts.values(), float, len(counts)))) * self.rarity[places]
        scored: NDArray[float64] = (values / sqrt(values @ values)) @ self.weights[places]
        return scored


@dataclass(frozen=True)
class Classifier(Generic[_Label]):
    """How likely each label is in a folded text, by the examples alone: above 0 more likely there than not."""

    labels: tuple[_Label, ...]
    features: tuple[_Features, ...]
    intercepts: NDArray[float64]

    @classmethod
    def fit(
        cls, texts: Sequence[str], labelled: Sequence[Set[_Label]], labels: tuple[_Label, ...]
    ) -> "Classifier[_Label]":
        """Learns `labels`, each of which some of the folded `texts` have and some lack."""
        # Runs of one to four characters hear stems and endings, typos and all; words and pairs of words know better
        # what is ordinary. Either alone was measurably worse.
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=2)
        words = TfidfVectorizer(token_pattern=_WORD, ngram_range=(1, 2), sublinear_tf=True)
        cut = [characters.fit_transform(texts), words.fit_transform(texts)]
        features = hstack(cut).tocsr()
        models = []
        for label in labels:
            there = array([label in each for each in labelled])
            # Each label is rare among the examples: unbalanced, it would hardly ever be said.
            models.append(LinearSVC(C=0.1, class_weight="balanced", random_state=0).fit(features, there))
        weights = array([model.coef_[0] for model in models])
        size = cut[0].shape[1]
        return cls(
            labels,
            (_Features.of(characters, weights[:, :size]), _Features.of(words, weights[:, size:])),
            array([model.intercept_[0] for model in models]),
        )

    def scores(self, texts: Sequence[str]) -> Mapping[_Label, float]:
        """The highest score each label has in any of the folded `texts`."""
        highest = self._score(texts[0])
        for text in texts[1:]:
            highest = maximum(highest, self._score(text))
        return {label: float(score) for label, score in zip(self.labels, highest, strict=True)}

    def _score(self, text: str) -> NDArray[float64]:
        scored: NDArray[float64] = self.intercepts + sum(features.score(text) for features in self.features)
        return scored


# A Chinese character counts as a word.
_WORD = r"[a-z0-9]+|[\u3400-\u9fff]"
