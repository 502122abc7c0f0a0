"""From raw scores to probabilities: how surely this is a known scam at all, and if so, which one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.optimize
from sklearn.linear_model import LogisticRegression

from knowledge.ranking import Numbers


@dataclass(frozen=True, slots=True)
class Trial:
    """What was measured of one text: a score and the sum of closeness of its red flags a label, and the score of the
    ordinary. `size` is the number of its features, for everything long scores a little for everything."""

    scores: Numbers
    red_flags: Numbers
    ordinary: float
    size: int


@dataclass(frozen=True, slots=True)
class Judge:
    """Two small logistic models over a trial, fitted on texts that the scores' model had not seen."""

    score_weight: float
    red_flag_weight: float
    scam_weights: Numbers
    scam_constant: float

    def which(self, trial: Trial) -> Numbers:
        """The probability of each label, given that it is one of them."""
        return _softmax(self.score_weight * trial.scores + self.red_flag_weight * _capped(trial.red_flags))

    def known_scam(self, trial: Trial) -> float:
        """The probability that the text is of any of the labels rather than ordinary, both being as frequent."""
        return _logistic(float(_signs(trial) @ self.scam_weights) + self.scam_constant)


def fit_judge(trials: Sequence[Trial], answers: Sequence[int | None]) -> Judge:
    """`answers` are the right label's place, or None for an ordinary text; both kinds have to be there."""
    signs = np.array([_signs(trial) for trial in trials])
    is_scam = np.array([answer is not None for answer in answers])
    # Scaled, so that one penalty suits all; the scale is folded back into the weights.
    scale = np.maximum(signs.std(axis=0), 1e-3)
    logistic = LogisticRegression(class_weight="balanced", C=_LOOSENESS).fit(signs / scale, is_scam)
    score_weight, red_flag_weight = _fit_which(trials, answers)
    return Judge(
        _SOFTENING * score_weight,
        _SOFTENING * red_flag_weight,
        logistic.coef_[0] / scale,
        float(logistic.intercept_[0]),
    )


_LOOSENESS = 1.0
# What people write strays further from a pattern than a pattern's own tellings, written by one hand, from each other.
_SOFTENING = 0.5
_MOST_RED_FLAGS = 3.0  # a fourth red flag of one pattern says nothing new


def _capped(red_flags: Numbers) -> Numbers:
    return np.minimum(red_flags, _MOST_RED_FLAGS)


def _signs(trial: Trial) -> Numbers:
    best = np.sort(trial.scores)[::-1]
    flags = _capped(trial.red_flags)
    return np.array(
        [
            best[0],
            float(trial.scores.sum()),
            trial.ordinary,
            float(flags.max(initial=0.0)),
            float(np.minimum(flags, 1).sum()),
            np.log1p(trial.size),
        ]
    )


def _fit_which(trials: Sequence[Trial], answers: Sequence[int | None]) -> tuple[float, float]:
    known = [(trial, answer) for trial, answer in zip(trials, answers, strict=True) if answer is not None]
    scores = np.array([trial.scores for trial, _ in known])
    flags = np.array([_capped(trial.red_flags) for trial, _ in known])
    rows, right = np.arange(len(known)), np.array([answer for _, answer in known])

    def loss(weights: Numbers) -> float:
        logits = weights[0] * scores + weights[1] * flags
        top = logits.max(axis=1)
        norm = top + np.log(np.exp(logits - top[:, np.newaxis]).sum(axis=1))
        return float((norm - logits[rows, right]).mean())

    found = scipy.optimize.minimize(loss, x0=np.array([8.0, 0.5]), method="L-BFGS-B", bounds=[(1.0, 40.0), (0.0, 3.0)])
    return float(found.x[0]), float(found.x[1])


def _softmax(logits: Numbers) -> Numbers:
    raised = np.exp(logits - logits.max())
    shares: Numbers = raised / raised.sum()
    return shares


def _logistic(value: float) -> float:
    return float(1 / (1 + np.exp(-value)))
