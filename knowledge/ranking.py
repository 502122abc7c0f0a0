"""A linear model over features of text: fitted in closed form, with honest scores for its own rows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.linalg
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Row:
    """A text to learn from: its features, its label, and the block it is held out with when the model is tried.

    Rows that say the same thing (one pattern's tellings in three languages) belong in one block, or a row would be
    recognised by its own translation.
    """

    features: tuple[str, ...]
    label: str
    block: str


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as the model sees it: the columns where it is not zero, and its values there."""

    columns: Places
    values: Numbers


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Scores a text for every label: around 1 for its own, around 0 for another.

    `columns` say which feature stands where and `rarity` (idf) what it counts; then come the extra columns, if any,
    and the constant. `weights` has one row a column and one column a label.
    """

    labels: tuple[str, ...]
    columns: Mapping[str, int]
    rarity: Numbers
    weights: Numbers

    def vector(self, features: Sequence[str], extra: Numbers | None = None) -> Vector:
        """The text as the model sees it; `extra` are further columns, as many as it was fitted with."""
        counts = Counter(column for feature in features if (column := self.columns.get(feature)) is not None)
        columns = np.fromiter(counts, dtype=np.intp, count=len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))) * self.rarity[columns]
        values /= np.linalg.norm(values) or 1.0
        further = np.append(np.zeros(0) if extra is None else extra, _CONSTANT)
        places = np.arange(len(self.rarity), len(self.rarity) + len(further))
        return Vector(np.concatenate((columns, places)), np.concatenate((values, further)))

    def score(self, vector: Vector) -> Numbers:
        """One score a label, in the order of `labels`."""
        scores: Numbers = vector.values @ self.weights[vector.columns]
        return scores


def fit_linear_model(rows: Sequence[Row], extra: Numbers | None = None) -> tuple[LinearModel, Numbers]:
    """The model, and each row's scores by a model that never saw the row's block: exact, without refitting.

    (How rare a feature is, is counted over all rows, the block's own included.)

    Ridge regression on tf-idf: as good as a support vector machine on such text, and its closed form gives the
    held-out scores that calibration and thresholds are set by.
    """
    vectoriser = TfidfVectorizer(analyzer=_as_given, sublinear_tf=True)
    vectors = _with_columns(vectoriser.fit_transform([row.features for row in rows]), extra)
    labels = tuple(sorted({row.label for row in rows}))
    place = {label: at for at, label in enumerate(labels)}
    targets = np.zeros((len(rows), len(labels)))
    targets[np.arange(len(rows)), [place[row.label] for row in rows]] = 1

    gram: Numbers = (vectors @ vectors.T).toarray()
    gram[np.diag_indices_from(gram)] += _RIDGE
    inverse: Numbers = scipy.linalg.inv(gram, overwrite_a=True, check_finite=False)
    dual = inverse @ targets
    held_out = targets.copy()
    for block in _blocks(rows):
        held_out[block] -= np.linalg.solve(inverse[np.ix_(block, block)], dual[block])
    columns = {feature: int(at) for feature, at in vectoriser.vocabulary_.items()}
    return LinearModel(labels, columns, vectoriser.idf_, np.asarray(vectors.T @ dual)), held_out


_RIDGE = 1.0
_CONSTANT = 0.3  # small, so that the constant is shrunk like everything else and short texts keep a voice


def _as_given(features: Sequence[str]) -> Sequence[str]:
    return features


def _with_columns(vectors: scipy.sparse.csr_matrix, extra: Numbers | None) -> scipy.sparse.csr_matrix:
    constant = np.full((vectors.shape[0], 1), _CONSTANT)
    return scipy.sparse.hstack([vectors, *([] if extra is None else [extra]), constant], format="csr")


def _blocks(rows: Sequence[Row]) -> list[list[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        blocks[row.block].append(at)
    return list(blocks.values())
