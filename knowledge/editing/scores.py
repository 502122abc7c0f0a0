"""How well what was learned does: on its own texts held out, on ordinary messages, and on a set of texts apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.editing.astray import rank
from knowledge.editing.texts import KnownText
from knowledge.editing.trial_texts import TrialText
from knowledge.learned import ORDINARY
from knowledge.learning import Tried
from knowledge.matching import Likeness, Matcher, would_warn

_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many texts, how many had a right pattern first, and how many among the first three."""

    texts: int = 0
    first: int = 0
    top_three: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.texts + other.texts, self.first + other.first, self.top_three + other.top_three)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Of so many texts, how many were warned of."""

    texts: int = 0
    warned: int = 0


@dataclass(frozen=True, slots=True)
class Scores:
    """`patterns`: their tellings and scripts held out; `ordinary`: the ordinary messages, held out as well.

    `told`, `told_alarm` and `told_ordinary` are those of the texts apart: the scams' ranks, the scams' warnings, the
    others' false ones.
    """

    patterns: Mapping[str, Score]
    ordinary: Alarm
    told: Score
    told_alarm: Alarm
    told_ordinary: Alarm

    def held_out(self) -> Score:
        return sum(self.patterns.values(), Score())


def measure(tried: Tried, texts: Sequence[KnownText], matcher: Matcher, apart: Iterable[TrialText]) -> Scores:
    """`texts` in the order of the trials; `matcher` is the one of what was learned."""
    ground = tried.ground
    patterns: dict[str, Score] = defaultdict(Score)
    honest = warned = 0
    for text, trial in zip(texts, tried.trials, strict=True):
        if text.pattern == ORDINARY:
            honest += 1
            warned += would_warn(ground.learned.judge, trial)
        else:
            patterns[text.pattern] += _score(rank(trial, text.pattern, ground))
    return Scores(dict(patterns), Alarm(honest, warned), *_apart(matcher, apart))


def _apart(matcher: Matcher, apart: Iterable[TrialText]) -> tuple[Score, Alarm, Alarm]:
    score = Score()
    warned = {True: [0, 0], False: [0, 0]}  # scams, others: texts, warnings
    for text in apart:
        matching = matcher.match(text.text)
        if text.patterns:
            ranks = [at for at, match in enumerate(matching.matches) if match.pattern in text.patterns]
            score += _score(min(ranks, default=len(matching.matches)))
        warned[bool(text.patterns)][0] += 1
        warned[bool(text.patterns)][1] += matching.likeness is Likeness.WARN
    return score, Alarm(*warned[True]), Alarm(*warned[False])


def _score(others_before: int) -> Score:
    return Score(1, others_before == 0, others_before < _MOST_TOLD)
