"""The kernel K of all rows (the products of their vectors with each other), and ridge regression solved by it.

K is never written out: it would be as large as the rows are many, squared. A sketch of it (its greatest directions, by
the randomised Nyström method; Frangella, Tropp and Udell 2021) makes the conjugate gradients half as many.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.linalg
import scipy.sparse

from knowledge.ranking import Numbers

_RIDGE = 1.0
_MOST_STEPS = 200
_CLOSE = 1e-7  # squared, a row: of the shipped knowledge no score then differs by more than a few thousandths
_SKETCHED = 256
_AT_ONCE = 16  # labels: what they need fits into the processor's memory


@dataclass(frozen=True)
class Kernel:
    """Of rows, of which `vectors` has one each; `sketch` @ its transpose is nearly K."""

    vectors: scipy.sparse.csr_matrix
    sketch: Numbers

    @classmethod
    def of(cls, vectors: scipy.sparse.csr_matrix) -> "Kernel":
        return cls(vectors, _sketch(vectors))

    def among(self, rows: Numbers) -> "Kernel":
        """Of some of the rows."""
        return Kernel(self.vectors[rows], self.sketch[rows])

    def solve(self, targets: Numbers, guess: Numbers | None = None, close: float = _CLOSE) -> Numbers:
        """The dual with (K + ridge) dual = targets, for all labels side by side; `guess` is not far from it. `close`:
        what may still be wrong of it, squared, a row."""
        dual = np.zeros_like(targets) if guess is None else guess.copy()
        left = targets.copy() if guess is None else targets - self._image(dual)
        towards = self._towards(left)
        step = towards.copy()
        size = (left * towards).sum(axis=0)
        open_ones = np.arange(targets.shape[1])
        for _ in range(_MOST_STEPS):
            # Some labels are solved in half the steps that others take.
            is_open = (left * left).sum(axis=0) >= close * len(targets)
            if not is_open.all():
                open_ones, left, step, size = open_ones[is_open], left[:, is_open], step[:, is_open], size[is_open]
            if not len(open_ones):
                break
            turn = self._image(step)
            length = size / np.maximum((step * turn).sum(axis=0), 1e-12)
            dual[:, open_ones] += length * step
            left -= length * turn
            towards = self._towards(left)
            new_size = (left * towards).sum(axis=0)
            step = towards + (new_size / np.maximum(size, 1e-12)) * step
            size = new_size
        return dual

    def _image(self, of: Numbers) -> Numbers:
        """(K + ridge) times it."""
        product = np.float32(_RIDGE) * of
        for first in range(0, of.shape[1], _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            product[:, some] += self.vectors @ (self._turned @ np.ascontiguousarray(of[:, some]))
        return product

    def _towards(self, left: Numbers) -> Numbers:
        """What is left, with the greatest directions brought down to the size of the others."""
        directions, shrunk = self._directions
        towards: Numbers = left + directions @ (shrunk * (directions.T @ left))
        return towards

    @cached_property
    def _turned(self) -> scipy.sparse.csr_matrix:
        return self.vectors.T.tocsr()

    @cached_property
    def _directions(self) -> tuple[Numbers, Numbers]:
        sizes, turns = scipy.linalg.eigh((self.sketch.T @ self.sketch).astype(np.float64))
        is_there = sizes > _RIDGE / 1000  # the others are lost in what is added to all of them
        sizes, turns = sizes[is_there], turns[:, is_there]
        directions = self.sketch @ (turns / np.sqrt(sizes)).astype(np.float32)
        least = sizes.min(initial=np.inf) + _RIDGE
        return directions, (least / (sizes + _RIDGE) - 1).astype(np.float32)[:, np.newaxis]


def _sketch(vectors: scipy.sparse.csr_matrix) -> Numbers:
    rows = vectors.shape[0]
    # Always the same chance: what is learned of the same texts is the same.
    chance = np.random.default_rng(0).standard_normal((rows, min(_SKETCHED, rows)))
    tried = np.linalg.qr(chance)[0].astype(np.float32)
    image = (vectors @ (vectors.T.tocsr() @ tried)).astype(np.float64)
    # A little of everything is added, so that what is rounded off leaves no root of a negative number.
    image += np.finfo(np.float32).eps * np.linalg.norm(image) * tried
    middle = tried.T.astype(np.float64) @ image
    root = scipy.linalg.cholesky((middle + middle.T) / 2)
    return np.asarray(scipy.linalg.solve_triangular(root, image.T, trans="T").T, dtype=np.float32)
