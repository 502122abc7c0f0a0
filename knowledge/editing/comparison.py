"""How the scores moved between two states of the knowledge, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.editing.scores import Alarm, Score, Scores, measure
from knowledge.editing.texts import known_texts
from knowledge.editing.trial_texts import TrialText
from knowledge.learning import learn_and_try
from knowledge.matching import Matcher
from knowledge.ordinary import OrdinaryMessage
from knowledge.pattern import Pattern
from knowledge.text import Normaliser


@dataclass(frozen=True, slots=True)
class Moved:
    """One row of the table, in words: a share in per cent, its change in points."""

    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The scores without a change and with it."""

    before: Scores
    after: Scores

    def rows(self) -> Iterator[Moved]:
        """What is to be said of the whole; of texts apart, where there are any."""
        old, new = self.before, self.after
        yield from _ranked("own texts, held out", old.held_out(), new.held_out())
        yield _warned("ordinary messages, held out: warned of falsely", old.ordinary, new.ordinary)
        if old.told.texts:
            yield from _ranked("texts apart", old.told, new.told)
            yield _warned("texts apart: warned of", old.told_alarm, new.told_alarm)
        if old.told_ordinary.texts:
            yield _warned("texts apart, no scam: warned of falsely", old.told_ordinary, new.told_ordinary)

    def moved(self) -> Iterator[Moved]:
        """The patterns that more or fewer of their own texts have first, what lost most before what gained most."""
        old, new = self.before.patterns, self.after.patterns
        gains = {name: new[name].first - old.get(name, Score()).first for name in new}
        for name in sorted(gains, key=lambda name: (gains[name], name)):
            if old.get(name) != new[name]:
                yield _counted(name, old.get(name), new[name])


def learn_and_measure(
    patterns: Iterable[Pattern],
    ordinary: Sequence[OrdinaryMessage],
    normaliser: Normaliser,
    apart: Sequence[TrialText] = (),
) -> Scores:
    """Learns anew; takes as long as learning does."""
    by_id = {pattern.id: pattern for pattern in sorted(patterns, key=lambda pattern: pattern.id)}
    tried = learn_and_try(by_id.values(), ordinary, normaliser)
    matcher = Matcher(tried.ground.learned, by_id, normaliser)
    return measure(tried, known_texts(by_id.values(), ordinary, normaliser), matcher, apart)


def _ranked(name: str, old: Score, new: Score) -> Iterator[Moved]:
    yield _shares(f"{name}: right pattern first", (old.first, old.texts), (new.first, new.texts))
    yield _shares(f"{name}: among the first three", (old.top_three, old.texts), (new.top_three, new.texts))


def _warned(name: str, old: Alarm, new: Alarm) -> Moved:
    return _shares(name, (old.warned, old.texts), (new.warned, new.texts))


def _shares(name: str, old: tuple[int, int], new: tuple[int, int]) -> Moved:
    before, after = (100 * part / max(whole, 1) for part, whole in (old, new))
    return Moved(
        name,
        f"{before:.1f} % of {old[1]}",
        f"{after:.1f} % of {new[1]}",
        f"{after - before:+.1f}",
    )


def _counted(name: str, old: Score | None, new: Score) -> Moved:
    before = "new" if old is None else _of(old)
    change = new.first - (0 if old is None else old.first)
    return Moved(f"  {name}: first, in the first three", before, _of(new), f"{change:+d}")


def _of(score: Score) -> str:
    return f"{score.first}, {score.top_three} of {score.texts}"
