"""The kernel K of all rows (the products of their vectors with each other), and ridge regression solved by it.

K is never written out: it would be as large as the rows are many, squared. All labels are solved together, by block
conjugate gradients (Dubrulle 2001, the form that keeps its residuals orthonormal): each label searches in what all of
them have found, and what a hundred labels have in common needs no preconditioner.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.linalg
import scipy.sparse

from knowledge.ranking import Numbers

_RIDGE = 1.0
_MOST_STEPS = 200
_AT_ONCE = 16  # labels: what they need fits into the processor's memory


@dataclass(frozen=True)
class Kernel:
    """Of rows, of which `vectors` has one each. SciPy leaves the interpreter to `others` while it multiplies."""

    vectors: scipy.sparse.csr_matrix
    others: Executor

    def solve(
        self, targets: Numbers, close: float, guess: Numbers | None = None, without: Sequence[int] = ()
    ) -> Numbers:
        """The dual with (K + ridge) dual = targets, a row a row, a column a label.

        Of the rows `without` it is nought, and what they should be is not asked. `close`: what may still be wrong,
        squared, a row and label. `guess` is not far from it.
        """
        asked = np.ones((len(targets), 1), np.float32)
        asked[np.array(without, np.intp)] = 0
        dual = np.zeros_like(targets) if guess is None else guess * asked
        left = asked * (targets if guess is None else targets - self._image(dual))
        basis, sizes = _orthonormal(left)
        step = basis
        for _ in range(_MOST_STEPS):
            if np.square(sizes).sum() < close * targets.size:
                break
            turn = asked * self._image(step)
            length = _inverse(step.T @ turn)
            dual += step @ (length @ sizes)
            basis, change = _orthonormal(basis - turn @ length)
            step = basis + step @ change.T
            sizes = change @ sizes
        return dual

    def _image(self, of: Numbers) -> Numbers:
        """(K + ridge) times it."""
        image = np.float32(_RIDGE) * of

        def multiply(first: int) -> None:
            some = slice(first, first + _AT_ONCE)
            image[:, some] += self.vectors @ (self._turned @ np.ascontiguousarray(of[:, some]))

        list(self.others.map(multiply, range(0, of.shape[1], _AT_ONCE)))
        return image

    @cached_property
    def _turned(self) -> scipy.sparse.csr_matrix:
        return self.vectors.T.tocsr()


def _orthonormal(columns: Numbers) -> tuple[Numbers, Numbers]:
    """Orthonormal columns, and what to multiply them by to have `columns`."""
    basis, sizes = scipy.linalg.qr(columns, mode="economic", check_finite=False)
    return basis, sizes


def _inverse(square: Numbers) -> Numbers:
    inverse: Numbers = np.linalg.inv(square.astype(np.float64)).astype(np.float32)
    return inverse
