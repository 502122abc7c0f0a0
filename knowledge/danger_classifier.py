"""A small linear classifier over characters and words, for tellings that no cue was written for."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

from numpy import array, concatenate, float64, vstack
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

_Label = TypeVar("_Label")


@dataclass(frozen=True)
class Classifier(Generic[_Label]):
    """How likely each label is in a folded text, by the examples alone: above 0 more likely there than not."""

    labels: tuple[_Label, ...]
    characters: TfidfVectorizer
    words: TfidfVectorizer
    weights: NDArray[float64]  # a row a label; a column a feature, those of words last, and then the intercept

    @classmethod
    def fit(
        cls, texts: Sequence[str], labelled: Sequence[Set[_Label]], labels: tuple[_Label, ...]
    ) -> "Classifier[_Label]":
        """Learns `labels`, each of which some of the folded `texts` have and some lack."""
        # Runs of one to four characters hear stems and endings, typos and all; words and pairs of words know better
        # what is ordinary. Either alone was measurably worse.
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=2)
        words = TfidfVectorizer(token_pattern=_WORD, ngram_range=(1, 2), sublinear_tf=True)
        features = hstack([characters.fit_transform(texts), words.fit_transform(texts)]).tocsr()
        rows = []
        for label in labels:
            there = array([label in each for each in labelled])
            # Each label is rare among the examples: unbalanced, it would hardly ever be said.
            model = LinearSVC(C=0.1, class_weight="balanced", random_state=0).fit(features, there)
            rows.append(concatenate([model.coef_[0], model.intercept_]))
        return cls(labels, characters, words, vstack(rows))

    def scores(self, texts: Sequence[str]) -> Mapping[_Label, float]:
        """The highest score each label has in any of the folded `texts`."""
        characters = self.characters.transform(texts)
        words = self.words.transform(texts)
        # Two products instead of one joined table: joining costs more than both.
        size = characters.shape[1]
        scored = characters @ self.weights[:, :size].T + words @ self.weights[:, size:-1].T + self.weights[:, -1]
        return {label: float(score) for label, score in zip(self.labels, scored.max(axis=0), strict=True)}


# A Chinese character counts as a word.
_WORD = r"[a-z0-9]+|[\u3400-\u9fff]"
