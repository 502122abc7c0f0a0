"""From raw scores to probabilities: how surely this is a known scam at all, and if so, which one."""

import math
from dataclasses import dataclass

import numpy as np

from knowledge.ranking import Numbers


@dataclass(frozen=True, slots=True)
class Trial:
    """What was measured of one text: a score and the sum of closeness of its red flags a label, and the score of the
    ordinary. `size` is the number of its features, for everything long scores a little for everything. `voice`: how
    much it sounds like what victims tell or swindlers say, whichever is more, where that was learned. `ways`: how many
    ways to answer it names."""

    scores: Numbers
    red_flags: Numbers
    ordinary: float
    size: int
    voice: float = 0.0
    ways: int = 0


@dataclass(frozen=True, slots=True)
class Judge:
    """Three small logistic models over a trial, fitted on texts that the scores' model had not seen."""

    score_weight: float
    red_flag_weight: float
    scam_weights: Numbers
    scam_constant: float
    trust_weight: float
    trust_constant: float
    sure: float
    """From this probability of a known scam on, a text is warned of: as few ordinary ones as may be reach it."""

    def which(self, trial: Trial) -> Numbers:
        """How the labels share the text among them, given that it is one of them: sharper than it is right."""
        return _softmax(self.score_weight * trial.scores + self.red_flag_weight * capped(trial.red_flags))

    def trusted(self, shares: Numbers) -> Numbers:
        """The shares of `which` as probabilities: the best one's is that its kind is the right one, a neighbour of the
        same national class counting as right; the others divide what it leaves."""
        best = int(shares.argmax())
        own = _logistic(self.trust_weight * logit(float(shares[best])) + self.trust_constant)
        rest = max(1.0 - float(shares[best]), 1e-9)
        spread: Numbers = shares * (1.0 - own) / rest
        # Whatever is left over for them, none of the others comes before the best.
        spread = np.minimum(spread, own)
        spread[best] = own
        return spread

    def told(self, trial: Trial, known_scam: float) -> Numbers:
        """The probability that the text is of each label, told by someone who comes to ask or to report: nine in ten
        of them are taken to bring a scam, whereas `known_scam` takes both for as frequent."""
        odds = logit(known_scam) + _MORE_OFTEN_A_SCAM
        shares: Numbers = _logistic(odds) * self.trusted(self.which(trial))
        return shares

    def known_scam(self, trial: Trial) -> float:
        """The probability that the text is of any of the labels rather than ordinary, both being as frequent."""
        return _logistic(float(signs(trial) @ self.scam_weights) + self.scam_constant)


_MORE_OFTEN_A_SCAM = math.log(9)
_MOST_WAYS = 4
_MOST_RED_FLAGS = 3.0  # a fourth red flag of one pattern says nothing new


def logit(share: float) -> float:
    kept = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def capped(red_flags: Numbers) -> Numbers:
    return np.minimum(red_flags, _MOST_RED_FLAGS)


def signs(trial: Trial) -> Numbers:
    """What tells a known scam from the ordinary. A long text resembles everything a little and nothing much, so the
    scores count for more the longer the text is; the ordinary comes in more kinds, and its score less so."""
    size = math.log1p(trial.size)
    best = float(trial.scores.max(initial=0.0))
    flags = float(capped(trial.red_flags).max(initial=0.0))
    ways = math.sqrt(min(trial.ways, _MOST_WAYS))
    return np.array([best * size, trial.ordinary * math.sqrt(size), flags, size, trial.voice * size, ways])


def _softmax(logits: Numbers) -> Numbers:
    raised = np.exp(logits - logits.max())
    shares: Numbers = raised / raised.sum()
    return shares


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-min(max(value, -60.0), 60.0)))
