"""Fitting the judge on texts that the scores' model had not seen."""

from collections.abc import Sequence, Set
from dataclasses import replace

import numpy as np
import scipy.optimize
from sklearn.linear_model import LogisticRegression

from knowledge.judging import Judge, Trial, capped, logit, signs
from knowledge.ranking import Numbers


def fit_judge(
    trials: Sequence[Trial],
    answers: Sequence[int | None],
    kinds: Sequence[Set[str]],
    weights: Sequence[float] | None = None,
) -> Judge:
    """`answers` are the right label's place, or None for an ordinary text; both have to be there. `kinds`, one set a
    label: labels that have a kind in common are as good as each other when it is told how far to trust the first.
    `weights`: how much each text counts among the scams, or among the ordinary, where it is told that apart."""
    measured = np.array([signs(trial) for trial in trials])
    is_scam = np.array([answer is not None for answer in answers])
    # Scaled, so that one penalty suits all; the scale is folded back into the weights.
    scale = np.maximum(measured.std(axis=0), 1e-3)
    counts = np.ones(len(trials)) if weights is None else np.array(weights, dtype=float)
    for either in (is_scam, ~is_scam):
        counts[either] *= len(trials) / 2 / counts[either].sum()
    logistic = LogisticRegression(C=_LOOSENESS).fit(measured / scale, is_scam, sample_weight=counts)
    score_weight, red_flag_weight = _fit_which(trials, answers)
    scam_weights, constant = logistic.coef_[0] / scale, float(logistic.intercept_[0])
    sharp = Judge(score_weight, red_flag_weight, scam_weights, constant, trust_weight=1.0, trust_constant=0.0, sure=1.0)
    trust_weight, trust_constant = _fit_trust(sharp, trials, answers, kinds)
    ordinary = [sharp.known_scam(trial) for trial, answer in zip(trials, answers, strict=True) if answer is None]
    sure = max(float(np.quantile(ordinary, 1 - _MOST_FALSE)), _LEAST_SURE)
    return replace(sharp, trust_weight=trust_weight, trust_constant=trust_constant, sure=sure)


_LOOSENESS = 1.0
_MOST_FALSE = 0.037
"""Of the honest messages that ship, which were chosen for looking like scams, the share that is warned of when none of
their group was learned from. Of what people get every day it is then one in a hundred (docs/matching.md)."""
_LEAST_SURE = 0.5


def _fit_trust(
    judge: Judge, trials: Sequence[Trial], answers: Sequence[int | None], kinds: Sequence[Set[str]]
) -> tuple[float, float]:
    """How often the first one is right, by the share it takes (Platt's scaling)."""
    shares, right = [], []
    for trial, answer in zip(trials, answers, strict=True):
        if answer is not None:
            taken = judge.which(trial)
            best = int(taken.argmax())
            shares.append([logit(float(taken[best]))])
            right.append(best == answer or not kinds[best].isdisjoint(kinds[answer]))
    if len(set(right)) < 2:
        return judge.trust_weight, judge.trust_constant
    platt = LogisticRegression(C=100).fit(shares, right)
    return float(platt.coef_[0][0]), float(platt.intercept_[0])


def _fit_which(trials: Sequence[Trial], answers: Sequence[int | None]) -> tuple[float, float]:
    known = [(trial, answer) for trial, answer in zip(trials, answers, strict=True) if answer is not None]
    scores = np.array([trial.scores for trial, _ in known])
    flags = np.array([capped(trial.red_flags) for trial, _ in known])
    rows, right = np.arange(len(known)), np.array([answer for _, answer in known])

    def loss(weights: Numbers) -> float:
        logits = weights[0] * scores + weights[1] * flags
        top = logits.max(axis=1)
        norm = top + np.log(np.exp(logits - top[:, np.newaxis]).sum(axis=1))
        return float((norm - logits[rows, right]).mean())

    found = scipy.optimize.minimize(loss, x0=np.array([8.0, 0.5]), method="L-BFGS-B", bounds=[(1.0, 40.0), (0.0, 3.0)])
    return float(found.x[0]), float(found.x[1])
