"""Fits the classifier of dangers to the examples. Apart, for it needs scikit-learn, which costs a start half a second
and a process a hundred megabytes; whoever finds it fitted needs neither."""

from collections.abc import Callable, Sequence, Set
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge.danger_classifier import Classifier, Known
from knowledge.danger_pieces import CUTS, Keys, tagged

_Label = TypeVar("_Label")
_CLOSELY = 0.3
"""How closely what was said is followed (scikit-learn's C): of the powers of three around it none heard more."""
_LEAST_TEXTS = 3
"""Of how many texts a piece has to be: what one or two have says little of others, and would be most of the model."""


def fit(
    texts: Sequence[str],
    labelled: Sequence[Set[_Label]],
    labels: tuple[_Label, ...],
    unsaid: Sequence[Set[_Label]] | None = None,
    ordinary: Sequence[str] = (),
) -> Classifier[_Label]:
    """Learns `labels`, each of which some of the folded `texts` have and some lack. `unsaid`: of which labels a text
    says neither; it is left out where they are learned. `ordinary`: folded texts that have none of the labels; their
    words are weighed where `texts` have them too."""
    vectorizers = [TfidfVectorizer(analyzer=_listed(cut), sublinear_tf=True, min_df=_LEAST_TEXTS) for cut in CUTS]
    told = hstack([vectorizer.fit_transform(texts) for vectorizer in vectorizers])
    features = vstack(
        [told, hstack([vectorizer.transform(ordinary) for vectorizer in vectorizers])] if ordinary else [told]
    )
    features = features.tocsr()
    # Each label is rare among the examples: unbalanced, it would hardly ever be said.
    models = []
    for label in labels:
        said = [at for at in range(len(texts)) if unsaid is None or label not in unsaid[at]]
        has_it = np.array([label in labelled[at] for at in said] + [False] * len(ordinary))
        said += range(len(texts), len(texts) + len(ordinary))
        models.append(LinearSVC(C=_CLOSELY, class_weight="balanced", random_state=0).fit(features[said], has_it))
    weights = np.array([model.coef_[0] for model in models])
    return Classifier(labels, _known(vectorizers, weights), np.array([model.intercept_[0] for model in models]))


def _listed(cut: Callable[[str], Keys]) -> Callable[[str], list[int]]:
    return lambda text: cut(text).tolist()


def _known(vectorizers: Sequence[TfidfVectorizer], weights: NDArray[np.float64]) -> Known:
    """`weights` has a row a label, and the vectorizers' columns one after the other."""
    own = [np.array(vectorizer.get_feature_names_out(), np.uint64) for vectorizer in vectorizers]
    keys = np.concatenate([tagged(keys, number) for number, keys in enumerate(own)])
    cuts = np.repeat(np.arange(len(own), dtype=np.uint8), [len(keys) for keys in own])
    rarity = np.concatenate([vectorizer.idf_ for vectorizer in vectorizers]).astype(np.float32)
    order = np.argsort(keys)
    return Known(keys[order], cuts[order], rarity[order], weights.T[order].astype(np.float16))
