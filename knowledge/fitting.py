"""Fitting the linear model: ridge regression on tf-idf, with honest scores for its own rows.

As good as a support vector machine on such text, and solved for all labels side by side: its time grows with the words
to learn from, not with their square. SciPy does the work; whoever fits imports it, and never whoever only matches.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse

from knowledge.features import Features
from knowledge.ranking import CONSTANT, SLOTS, LinearModel, Numbers, slots, weigh


@dataclass(frozen=True, slots=True)
class Row:
    """A text to learn from: its features, its label, and the block it is held out with when the model is tried.

    Rows that say the same thing (one pattern's tellings in three languages) belong in one block, or a row would be
    recognised by its own translation. `is_private`: a reporter's words, of which nothing may be learned that fewer
    than three have said.
    """

    features: Features
    label: str
    block: str
    is_private: bool = False


def fit_linear_model(rows: Sequence[Row], extra: Numbers | None = None) -> tuple[LinearModel, Numbers]:
    """The model, and each row's scores by a model that never saw the row's block.

    (How rare a feature is, is counted over all rows, the block's own included.) `extra`: further columns, one row a
    row. At least two blocks are needed.
    """
    labels = tuple(sorted({row.label for row in rows}))
    table, rarity = _vocabulary(rows)
    vectors = _vectors(rows, table, rarity, extra)
    place = {label: at for at, label in enumerate(labels)}
    targets = np.zeros((len(rows), len(labels)), np.float32)
    targets[np.arange(len(rows)), [place[row.label] for row in rows]] = 1
    dual = _solve(vectors, targets)
    weights = np.asarray(vectors.T @ dual, dtype=np.float32)
    return LinearModel(labels, table, rarity, weights), _held_out(vectors, targets, dual, _blocks(rows))


_RIDGE = 1.0
_FEW, _MANY = 50, 8_000
_LEAST_PRIVATE = 3
_FOLDS = 6
_MOST_STEPS = 200
_CLOSE = 1e-7  # squared, a row: of the shipped knowledge no score then differs by more than a few thousandths


def _vocabulary(rows: Sequence[Row]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int32]], Numbers]:
    held, held_openly = np.zeros(SLOTS, np.int32), np.zeros(SLOTS, np.int32)
    for row in rows:
        own = np.unique(slots(row.features.hashes))
        held[own] += 1
        if not row.is_private:
            held_openly[own] += 1
    # What one text alone has, tells nothing of others; of many texts, what two alone have tells hardly more, and would
    # make up half of the model.
    least = 1 if len(rows) <= _FEW else 2 if len(rows) <= _MANY else 3
    known = np.flatnonzero((held_openly >= least) | (held >= _LEAST_PRIVATE))
    table = np.full(SLOTS, -1, np.int32)
    table[known] = np.arange(len(known), dtype=np.int32)
    rarity = (np.log((1 + len(rows)) / (1 + held[known])) + 1).astype(np.float32)
    return table, rarity


def _vectors(
    rows: Sequence[Row], table: np.ndarray[tuple[int], np.dtype[np.int32]], rarity: Numbers, extra: Numbers | None
) -> scipy.sparse.csr_matrix:
    columns, values, ends = [], [], [0]
    for row in rows:
        different, weighed = weigh(table[slots(row.features.hashes)].astype(np.intp), row.features.early, rarity)
        columns.append(different)
        values.append(weighed)
        ends.append(ends[-1] + len(different))
    words = scipy.sparse.csr_matrix(
        (np.concatenate(values), np.concatenate(columns), ends), shape=(len(rows), len(rarity)), dtype=np.float32
    )
    constant = np.full((len(rows), 1), CONSTANT, np.float32)
    return scipy.sparse.hstack([words, *([] if extra is None else [extra]), constant], format="csr", dtype=np.float32)


def _blocks(rows: Sequence[Row]) -> Sequence[Sequence[int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        blocks[row.block].append(at)
    return list(blocks.values())


def _held_out(
    vectors: scipy.sparse.csr_matrix, targets: Numbers, dual: Numbers, blocks: Sequence[Sequence[int]]
) -> Numbers:
    scores = np.empty_like(targets)
    folds = min(_FOLDS, len(blocks))
    for fold in range(folds):
        left_out = np.array([at for block in blocks[fold::folds] for at in block])
        kept = np.setdiff1d(np.arange(len(targets)), left_out)
        # What is right without them is not far from what is right with them.
        without = _solve(vectors[kept], targets[kept], dual[kept])
        scores[left_out] = vectors[left_out] @ (vectors[kept].T @ without)
    return scores


def _solve(vectors: scipy.sparse.csr_matrix, targets: Numbers, guess: Numbers | None = None) -> Numbers:
    """(K + ridge) dual = targets for all labels side by side, K being the rows' likeness, never written out."""
    turned = vectors.T.tocsr()

    def image(of: Numbers) -> Numbers:
        product: Numbers = vectors @ (turned @ of) + np.float32(_RIDGE) * of
        return product

    dual = np.zeros_like(targets) if guess is None else guess.copy()
    left = targets.copy() if guess is None else targets - image(dual)
    step = left.copy()
    size = (left * left).sum(axis=0)
    open_ones = np.arange(targets.shape[1])
    for _ in range(_MOST_STEPS):
        # Some labels are solved in half the steps that others take.
        is_open = size >= _CLOSE * len(targets)
        if not is_open.all():
            open_ones, left, step, size = open_ones[is_open], left[:, is_open], step[:, is_open], size[is_open]
        if not len(open_ones):
            break
        turn = image(step)
        length = size / np.maximum((step * turn).sum(axis=0), 1e-12)
        dual[:, open_ones] += length * step
        left -= length * turn
        new_size = (left * left).sum(axis=0)
        step = left + (new_size / np.maximum(size, 1e-12)) * step
        size = new_size
    return dual
