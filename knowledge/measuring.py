"""Measuring what was learned on texts that its model had not seen: the figures the gate compares."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from knowledge.gate import Figures, Tally
from knowledge.judging import Judge, Trial
from knowledge.matching import would_warn

_BINS = 10


def measure(judge: Judge, trials: Sequence[Trial], answers: Sequence[int | None], labels: Sequence[str]) -> Figures:
    """`answers`: the right label's place a trial, or None for an ordinary text."""
    tallies: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    surely: list[float] = []
    rightly: list[bool] = []
    for trial, answer in zip(trials, answers, strict=True):
        which = judge.trusted(judge.which(trial))
        best = int(which.argmax())
        is_right = best == answer
        tally = tallies["" if answer is None else labels[answer]]
        tally[0] += 1
        tally[1] += is_right
        tally[2] += would_warn(judge, trial)
        if answer is not None:
            surely.append(float(which[best]))
            rightly.append(is_right)
    ordinary = Tally(*tallies.pop("", [0, 0, 0]))
    patterns = {label: Tally(*tally) for label, tally in sorted(tallies.items())}
    return Figures(patterns, ordinary, _calibration_error(np.array(surely), np.array(rightly, np.bool_)))


def _calibration_error(surely: npt.NDArray[np.float64], rightly: npt.NDArray[np.bool_]) -> float:
    """The mean distance between how sure it was and how often it was right, over ten bins of sureness."""
    bins = np.minimum((surely * _BINS).astype(int), _BINS - 1)
    apart = [abs(surely[bins == one].sum() - rightly[bins == one].sum()) for one in range(_BINS)]
    return float(sum(apart) / max(len(surely), 1))
