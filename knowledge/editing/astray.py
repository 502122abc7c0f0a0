"""Texts that a model which had not seen them takes for another scam, and what would help."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.editing.texts import Hint, KnownText, quote
from knowledge.features import units
from knowledge.judging import Trial
from knowledge.language import Language
from knowledge.learned import Ground
from knowledge.learning import Tried
from knowledge.matching import would_warn
from knowledge.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Astray:
    """`own` and `others` are the probabilities of the text's own pattern and of `other`, which comes first."""

    text: KnownText
    other: str
    own: float
    others: float
    remedies: tuple[str, ...]

    def hint(self) -> Hint:
        sentence = (
            f"{quote(self.text.text)} is taken for {self.other} ({self.others:.2f}, its own {self.own:.2f}) by a model "
            f"that has not seen it. What would help: {'; or '.join(self.remedies)}"
        )
        return Hint(self.text.pattern, self.text.key, sentence)


def texts_astray(
    ids: Collection[str], tried: Tried, texts: Sequence[KnownText], patterns: Mapping[str, Pattern]
) -> tuple[Astray, ...]:
    """The texts of the patterns `ids` that go astray, worst first; `texts` stand in the order of the trials."""
    labels, judge = tried.ground.learned.labels, tried.ground.learned.judge
    found: list[Astray] = []
    for text, trial in zip(texts, tried.trials, strict=True):
        if text.pattern in ids:
            which = judge.which(trial)
            best = int(which.argmax())
            if labels[best] != text.pattern:
                other = patterns[labels[best]]
                remedies = _remedies(text, patterns[text.pattern], other, tried.ground)
                own = float(which[labels.index(text.pattern)])
                found.append(Astray(text, other.id, own, float(which[best]), remedies))
    return tuple(sorted(found, key=lambda one: one.own - one.others))


def recognised(pattern_id: str, tried: Tried, texts: Sequence[KnownText]) -> str:
    """A sentence on how many of a pattern's texts are recognised when held out."""
    ground = tried.ground
    own = [trial for text, trial in zip(texts, tried.trials, strict=True) if text.pattern == pattern_id]
    places = [rank(trial, pattern_id, ground) for trial in own]
    warned = sum(would_warn(ground.learned.judge, trial) for trial in own)
    return (
        f"{pattern_id}: of {len(own)} tellings and scripts, each read by a model that has not seen it, "
        f"{places.count(0)} have this pattern first, {sum(place < 3 for place in places)} among the first three, "
        f"and {warned} are warned of."
    )


def rank(trial: Trial, pattern_id: str, ground: Ground) -> int:
    """How many other patterns come before it."""
    which = ground.learned.judge.which(trial)
    return int((which > which[ground.learned.labels.index(pattern_id)]).sum())


def _remedies(text: KnownText, own: Pattern, other: Pattern, ground: Ground) -> tuple[str, ...]:
    read = text.normalised.text
    sightings = ground.learned.finder.find(read, units(read), (own.id, other.id))
    remedies: list[str] = []
    if not any(sighting.pattern == own.id for sighting in sightings):
        remedies.append("none of its red flags is worded in it: add a phrasing of one, or a red flag")
    for sighting in sightings:
        if sighting.pattern == other.id:
            name = other.red_flag(sighting.red_flag).name[Language.EN]
            start, end = text.normalised.span(sighting.start, sighting.end)
            words = quote(text.text[start:end])
            remedies.append(f'{words} words {other.id}\'s red flag "{name}": move the text there, or reword it')
            break
    if other.id not in _against(own) and own.id not in _against(other):
        remedies.append(f'no question tells the two apart: add one with against = ["{other.id}"]')
    shared = next(_shared_codes(own, other), None)
    if shared:
        remedies.append(f"leave it, if only the code counts: both have {shared}")
    elif own.codes and other.codes:
        remedies.append("mark the codes both have, if authorities file both alike")
    return tuple(remedies) or ("tell what happens in this scam and not in the other",)


def _against(pattern: Pattern) -> frozenset[str]:
    return frozenset(other for question in pattern.questions for other in question.against)


def _shared_codes(own: Pattern, other: Pattern) -> Iterator[str]:
    for system, codes in own.codes.items():
        yield from (f"{system} {code}" for code in codes if code in other.codes.get(system, ()))
