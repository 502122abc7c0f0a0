"""The matcher: a text goes in, ranked patterns with evidence and a likeness come out; it never says "safe"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from knowledge.judging import Judge, Trial
from knowledge.language import Language, detect_language
from knowledge.learned import ORDINARY, Ground, Learned, Reading
from knowledge.pattern import Pattern, System
from knowledge.quoting import whole_words
from knowledge.text import Normalised, Normaliser, shipped_normaliser
from knowledge.weighing import place, weightiest_spans
from knowledge.wordings import Sighting

if TYPE_CHECKING:
    from knowledge.learning import Example


class Likeness(StrEnum):
    """What the matcher says of a text."""

    WARN = "warn"
    SIMILAR = "similar"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the text as written, `text[start:end]`, and the red flag they word (None: they merely weigh most)."""

    start: int
    end: int
    text: str
    red_flag: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern (or, with examples, a label), the probability that it is the one, its codes, and why."""

    pattern: str
    score: float
    codes: Mapping[System, tuple[str, ...]]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """What was made of a text; the five best matches, best first, whatever the likeness."""

    likeness: Likeness
    language: Language | None
    matches: tuple[Match, ...]


class Matcher:
    """Compares texts with what is known; matching changes nothing in it. See `knowledge.shipped` for the usual one."""

    def __init__(self, learned: Learned, patterns: Mapping[str, Pattern], normaliser: Normaliser) -> None:
        """`patterns` are those that labels stand for; none where examples give the labels."""
        self._learned = learned
        self._patterns = patterns
        self._normaliser = normaliser

    @classmethod
    def telling_apart(cls, examples: Sequence["Example"], ground: Ground, patterns: Mapping[str, Pattern]) -> "Matcher":
        """One that knows the labels of the examples and no others; the shipped knowledge serves as features.

        `patterns` are those that `ground` was learned from, by id.
        """
        # What fits needs SciPy and scikit-learn; what matches does not, and starts in a fraction of the time.
        from knowledge.learning import learn_examples  # noqa: PLC0415

        normaliser = shipped_normaliser()
        return cls(learn_examples(examples, ground, patterns, normaliser), {}, normaliser)

    def match(self, text: str) -> Matching:
        """What `text` is like. Bound its length first: 16,384 characters take some 200 ms."""
        normalised = self._normaliser.normalise(text)
        language = detect_language(text)
        if language is None and detect_language(normalised.text) is Language.EN:
            language = Language.EN  # disguised English; a Chinese script cannot be told once it is normalised
        reading = self._learned.read(normalised.text)
        known_scam = self._learned.judge.known_scam(reading.trial)
        shares = self._learned.judge.told(reading.trial, known_scam)
        best = np.argsort(-shares, kind="stable")[:_MOST_MATCHES]
        matches = tuple(
            Match(
                pattern=label,
                score=float(shares[at]),
                codes=self._patterns[label].codes if label in self._patterns else {},
                evidence=self._evidence(text, normalised, reading, label, is_best=at == best[0]),
            )
            for at in best.tolist()
            for label in [self._learned.labels[at]]
        )
        return Matching(
            self._likeness(known_scam if _LETTER.search(normalised.text) else 0.0, matches[0]), language, matches
        )

    def _likeness(self, known_scam: float, best: Match) -> Likeness:
        """A warning needs a scam it names with some right, and a reason to give: without one there is none."""
        if known_scam < _LIKELY or best.score < _FAINT:
            return Likeness.UNKNOWN
        red_flags = [piece.red_flag for piece in best.evidence if piece.red_flag]
        if red_flags and all(self._patterns[best.pattern].red_flag(flag).honest_alone for flag in red_flags):
            return Likeness.SIMILAR
        sure = known_scam >= self._learned.judge.sure
        return Likeness.WARN if sure and best.score >= _CLEAR and best.evidence else Likeness.SIMILAR

    def _evidence(
        self, text: str, normalised: Normalised, reading: Reading, label: str, *, is_best: bool
    ) -> tuple[Evidence, ...]:
        seen = [sighting for sighting in reading.sightings if sighting.pattern == label]
        if seen:
            spans = [(sighting.start, sighting.end, sighting.red_flag) for sighting in _apart(seen)[:_MOST_EVIDENCE]]
            return _quote(text, normalised, spans)
        if not is_best:
            return ()
        # What speaks for the label rather than for the ordinary.
        labels = self._learned.model.labels
        weights = reading.rows[:, labels.index(label)] - reading.rows[:, labels.index(ORDINARY)]
        placed = place(reading.features, reading.columns, reading.vector)
        heavy = weightiest_spans(normalised.text, placed, weights, most=_MOST_UNFLAGGED)
        told = (_beside_numbers(normalised.text, start, end) for start, end in heavy)
        return _quote(text, normalised, [(start, end, None) for start, end in told if end > start])


def would_warn(judge: Judge, measured: Trial) -> bool:
    """Whether a text so measured is warned of, whatever its evidence is: for measuring many at once."""
    known_scam = judge.known_scam(measured)
    return measured.size > 0 and known_scam >= judge.sure and float(judge.told(measured, known_scam).max()) >= _CLEAR


_LETTER = re.compile(r"[^\W\d_]")
"""Without one, a text is numbers and signs, and says nothing."""
_LONG_NUMBER = re.compile(r"(?:\d[ -]?){7,}")
_MOST_MATCHES = 5
_MOST_EVIDENCE = 5
_MOST_UNFLAGGED = 3
_LIKELY = 0.22  # that it is a known scam at all; from where on it is warned of, the judge has learned
_FAINT, _CLEAR = 0.1, 0.3  # that it is this one: below it, a name would say nothing


def _beside_numbers(text: str, start: int, end: int) -> tuple[int, int]:
    """The longest part of it without a long number, which is an account, a phone or somebody's own ID: it weighs by
    chance, and is not to be said again. Empty where nothing is left that can be read."""
    numbers = [number.span() for number in _LONG_NUMBER.finditer(text, start, end)]
    if not numbers:
        return start, end
    begins, ends = [start, *(last for _, last in numbers)], [*(first for first, _ in numbers), end]
    first, last = max(zip(begins, ends, strict=True), key=lambda part: part[1] - part[0])
    first += len(text[first:last]) - len(text[first:last].lstrip())
    last = first + len(text[first:last].rstrip())
    return (first, last) if len(_LETTER.findall(text, first, last)) > 1 else (start, start)


def _quote(text: str, normalised: Normalised, spans: Sequence[tuple[int, int, str | None]]) -> tuple[Evidence, ...]:
    """The words as written, no word cut, none quoted twice."""
    quoted: list[Evidence] = []
    for start, end, red_flag in spans:
        bare = normalised.span(start, end)
        wide = whole_words(text, *bare)
        if red_flag is None and _LONG_NUMBER.search(text, *wide):
            wide = bare
        for first, last in (wide, bare):
            if all(last <= other.start or first >= other.end for other in quoted):
                quoted.append(Evidence(first, last, text[first:last], red_flag))
                break
    return tuple(quoted)


def _apart(sightings: Sequence[Sighting]) -> list[Sighting]:
    """The closest of those that overlap, in the order of the text: the same words are quoted once."""
    kept: list[Sighting] = []
    for sighting in sorted(sightings, key=lambda seen: (-seen.closeness, seen.start - seen.end, seen.start)):
        if all(sighting.end <= other.start or sighting.start >= other.end for other in kept):
            kept.append(sighting)
    return sorted(kept, key=lambda seen: seen.start)
