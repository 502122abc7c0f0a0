"""Fits the classifier of dangers to the examples. Apart, for it needs scikit-learn, which costs a start half a second
and a process a hundred megabytes; whoever finds it fitted needs neither."""

from collections.abc import Iterable, Sequence, Set
from typing import TypeVar

from numpy import array, ascontiguousarray, float32, float64
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge.danger_classifier import CUTS, Classifier, Features

_Label = TypeVar("_Label")
_LEAST_TEXTS = 2
"""Of how many texts a piece has to be: what one alone has says nothing of others, and would be most of the model."""


def fit(
    texts: Sequence[str],
    labelled: Sequence[Set[_Label]],
    labels: tuple[_Label, ...],
    unsaid: Sequence[Set[_Label]] | None = None,
) -> Classifier[_Label]:
    """Learns `labels`, each of which some of the folded `texts` have and some lack. `unsaid`: of which labels a text
    says neither; it is left out where they are learned."""
    vectorizers = [TfidfVectorizer(analyzer=cut, sublinear_tf=True, min_df=_LEAST_TEXTS) for cut in CUTS]
    tables = [vectorizer.fit_transform(texts) for vectorizer in vectorizers]
    features = hstack(tables).tocsr()
    # Each label is rare among the examples: unbalanced, it would hardly ever be said.
    models = []
    for label in labels:
        said = [at for at in range(len(texts)) if unsaid is None or label not in unsaid[at]]
        has_it = array([label in labelled[at] for at in said])
        models.append(LinearSVC(C=0.1, class_weight="balanced", random_state=0).fit(features[said], has_it))
    weights = array([model.coef_[0] for model in models])
    return Classifier(labels, tuple(_parts(vectorizers, weights)), array([model.intercept_[0] for model in models]))


def _parts(vectorizers: Iterable[TfidfVectorizer], weights: NDArray[float64]) -> Iterable[Features]:
    begin = 0
    for cut, vectorizer in zip(CUTS, vectorizers, strict=True):
        end = begin + len(vectorizer.vocabulary_)
        places = {piece: int(place) for piece, place in vectorizer.vocabulary_.items()}
        yield Features(cut, places, vectorizer.idf_, ascontiguousarray(weights[:, begin:end].T, dtype=float32))
        begin = end
