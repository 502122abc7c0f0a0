"""Fitting the linear model: ridge regression on tf-idf, with honest scores for its own rows.

As good as a support vector machine on such text, and solved for all labels side by side: its time grows with the words
to learn from, not with their square. SciPy does the work; whoever fits imports it, and never whoever only matches.
"""

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from threadpoolctl import threadpool_limits

from knowledge.features import Features
from knowledge.kernel import Kernel
from knowledge.ranking import CONSTANT, Flags, LinearModel, Numbers, weigh
from knowledge.slots import SLOTS, Columns, Lookup, slots


@dataclass(frozen=True, slots=True)
class Row:
    """A text to learn from: the slots of its features, which of them are early, its label, and the block it is held out
    with when the model is tried. (Of tens of thousands of texts no more of each feature is kept than that.)

    Rows that say the same thing (one pattern's tellings in three languages) belong in one block, or a row would be
    recognised by its own translation. `is_private`: a reporter's words, of which nothing may be learned that fewer
    than three have said. `voice`: which of VOICES it is spoken in, whatever its label, if any.
    """

    slots: Columns
    early: Flags
    label: str
    block: str
    is_private: bool = False
    voice: str | None = None

    @classmethod
    def of(
        cls, found: Features, label: str, block: str, *, is_private: bool = False, voice: str | None = None
    ) -> "Row":
        return cls(slots(found.hashes), found.early, label, block, is_private, voice)


def fit_linear_model(
    rows: Sequence[Row], extra: Numbers | None = None, tried: int | None = None
) -> tuple[LinearModel, Numbers]:
    """The model, and the scores of the first `tried` rows (None: of all), each by one that never saw the row's block.

    `extra`: further columns, one row a row. At least two blocks are needed. (How rare a feature is, is counted over all
    rows, the block's own included.)
    """
    labels = tuple(sorted({row.label for row in rows} | {row.voice for row in rows if row.voice}))
    known, rarity = _vocabulary(rows)
    vectors = _vectors(rows, known, rarity, extra)
    place = {label: at for at, label in enumerate(labels)}
    targets = np.zeros((len(rows), len(labels)), np.float32)
    targets[np.arange(len(rows)), [place[row.label] for row in rows]] = 1
    for at, row in enumerate(rows):
        if row.voice:
            targets[at, place[row.voice]] = 1
    # A library's own threads wait for each other busily: on a machine that has other things to do, for minutes.
    with threadpool_limits(1), ThreadPoolExecutor(_SIDE_BY_SIDE) as others:
        kernel = Kernel(vectors, others)
        dual = kernel.solve(targets, _CLOSE)
        weights = np.asarray(vectors.T @ dual, dtype=np.float32)
        held_out = _held_out(kernel, targets, dual, _blocks(rows[:tried]))
    return LinearModel(labels, Lookup.of(known), rarity, weights), held_out


_FEW, _MANY = 50, 8_000
_LEAST_PRIVATE = 3
_FOLDS = 4
_SIDE_BY_SIDE = max(2, min(4, os.cpu_count() or 2))
"""What is multiplied, and what is held out, at a time."""
# Squared, of what each row's score for each label should be. Of the shipped texts no score is then off by more than a
# hundredth, and most by five in ten thousand; what is held out is looked at, and nothing serves with it.
_CLOSE, _CLOSE_ENOUGH = 2e-7, 5e-6


def _vocabulary(rows: Sequence[Row]) -> tuple[Columns, Numbers]:
    """The slot of each column, and how rare it is."""
    held, held_openly = np.zeros(SLOTS, np.int32), np.zeros(SLOTS, np.int32)
    for row in rows:
        own = np.unique(row.slots)
        held[own] += 1
        if not row.is_private:
            held_openly[own] += 1
    # What one text alone has, tells nothing of others; of many texts, what two alone have tells hardly more, and would
    # make up half of the model.
    least = 1 if len(rows) <= _FEW else 2 if len(rows) <= _MANY else 3
    known = np.flatnonzero((held_openly >= least) | (held >= _LEAST_PRIVATE)).astype(np.int32)
    # What many texts have stands together: it is read again and again, and so never far away.
    known = known[np.argsort(-held[known], kind="stable")]
    rarity = (np.log((1 + len(rows)) / (1 + held[known])) + 1).astype(np.float32)
    return known, rarity


def _vectors(rows: Sequence[Row], known: Columns, rarity: Numbers, extra: Numbers | None) -> scipy.sparse.csr_matrix:
    table = np.full(SLOTS, -1, np.intp)  # of millions of words, each looked up but once
    table[known] = np.arange(len(known))
    columns, values, ends = [], [], [0]
    for row in rows:
        different, weighed = weigh(table[row.slots], row.early, rarity)
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


def _held_out(kernel: Kernel, targets: Numbers, dual: Numbers, blocks: Sequence[Sequence[int]]) -> Numbers:
    scores = np.empty((sum(map(len, blocks)), targets.shape[1]), np.float32)
    folds = min(_FOLDS, len(blocks))

    def hold_out(fold: int) -> None:
        left_out = [at for block in blocks[fold::folds] for at in block]
        # What is right without them is not far from what is right with them.
        without = kernel.solve(targets, _CLOSE_ENOUGH, dual, left_out)
        scores[left_out] = kernel.vectors[left_out] @ (kernel.vectors.T @ without)

    with ThreadPoolExecutor(_SIDE_BY_SIDE) as threads:
        list(threads.map(hold_out, range(folds)))
    return scores
