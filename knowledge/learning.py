"""Learning to tell patterns, or the labels of given examples, from each other and from the ordinary."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.features import Piece, pieces, units
from knowledge.judging import Judge, Trial, fit_judge
from knowledge.language import Language
from knowledge.ordinary import OrdinaryMessage
from knowledge.pattern import Pattern
from knowledge.ranking import LinearModel, Numbers, Row, Vector, fit_linear_model
from knowledge.red_flags import RedFlagFinder
from knowledge.splitting import WordSplitter
from knowledge.text import Normaliser
from knowledge.wordings import Sighting

ORDINARY = ""
"""The label of what is no scam; no pattern and no example can bear it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A confirmed text and its label."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as something learned reads it."""

    trial: Trial
    pieces: Sequence[Piece]
    vector: Vector
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What can be told apart. `beneath` is the shipped knowledge, whose scores are features where examples rule."""

    labels: tuple[str, ...]
    model: LinearModel
    judge: Judge
    finder: RedFlagFinder
    splitter: WordSplitter
    beneath: "Learned | None"

    def read(self, text: str) -> Reading:
        """Scores a normalised text."""
        said = units(text, self.splitter)
        return self._read(text, said, pieces(said))

    def _read(self, text: str, said: Sequence[Piece], found: Sequence[Piece]) -> Reading:
        features = [piece.feature for piece in found]
        if self.beneath is None:
            sightings = self.finder.find(text, said)
            vector = self.model.vector(features)
            flags = _closeness(sightings, self.labels)
        else:
            below = self.beneath._read(text, said, found)
            sightings = ()  # they are of patterns, and patterns are not what is told apart here
            vector = self.model.vector(features, _columns(below.trial, self.beneath.judge))
            flags = np.zeros(len(self.labels))
        trial = _trial(self.model.labels, self.model.score(vector), flags, len(features))
        return Reading(trial, found, vector, sightings)


@dataclass(frozen=True, slots=True)
class Ground:
    """The shipped knowledge learned, with what examples need of it: the ordinary rows and their honest trials.

    `known_unseen` is the share of tellings and scripts whose pattern came first when the model had seen none of that
    pattern's tellings, or none of its scripts.
    """

    learned: Learned
    ordinary: tuple[Row, ...]
    trials: tuple[Trial, ...]
    known_unseen: float


def learn_patterns(patterns: Iterable[Pattern], ordinary: Sequence[OrdinaryMessage], normaliser: Normaliser) -> Ground:
    """What the patterns teach: their tellings, scripts, red flags and descriptions, against the ordinary."""
    patterns = tuple(patterns)
    tried = [*_ordinary_texts(ordinary), *_spoken_texts(patterns)]
    every = [*tried, *_described_texts(patterns)]
    normalised = [normaliser.normalise(text.text).text for text in every]
    finder = RedFlagFinder(patterns, normaliser, normalised[: len(tried)])
    said = [units(text) for text in normalised]
    rows = [Row(_features(own), text.label, text.block) for own, text in zip(said, every, strict=True)]
    model, held_out = fit_linear_model(rows)
    labels = tuple(label for label in model.labels if label != ORDINARY)
    trials = tuple(
        _trial(model.labels, scores, _closeness(finder.find(text, own), labels), len(row.features))
        for row, text, own, scores in zip(rows[: len(tried)], normalised, said, held_out, strict=False)
    )
    answers = [_answer(text.label, labels) for text in tried]
    judge = fit_judge(trials, answers)
    known = [
        judge.which(trial).argmax() == answer
        for trial, answer in zip(trials, answers, strict=True)
        if answer is not None
    ]
    return Ground(
        learned=Learned(labels, model, judge, finder, WordSplitter(normalised), None),
        ordinary=tuple(rows[: len(ordinary)]),
        trials=trials[: len(ordinary)],
        known_unseen=float(np.mean(known)),
    )


def learn_examples(examples: Sequence[Example], ground: Ground, normaliser: Normaliser) -> Learned:
    """What the examples teach: their labels, told apart by their words and by what the shipped knowledge says."""
    readings = [ground.learned.read(normaliser.normalise(example.text).text) for example in examples]
    rows = [
        Row(tuple(piece.feature for piece in reading.pieces), example.label, f"example {at}")
        for at, (reading, example) in enumerate(zip(readings, examples, strict=True))
    ]
    below = [reading.trial for reading in readings]
    rows += ground.ordinary
    columns = np.array([_columns(trial, ground.learned.judge) for trial in (*below, *ground.trials)])
    model, held_out = fit_linear_model(rows, columns)
    labels = tuple(label for label in model.labels if label != ORDINARY)
    flags = np.zeros(len(labels))
    trials = [
        _trial(model.labels, scores, flags, len(row.features)) for row, scores in zip(rows, held_out, strict=True)
    ]
    judge = fit_judge(trials, [_answer(row.label, labels) for row in rows])
    return Learned(labels, model, judge, ground.learned.finder, ground.learned.splitter, ground.learned)


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    label: str
    block: str


def _ordinary_texts(ordinary: Sequence[OrdinaryMessage]) -> Iterator[_Text]:
    # A group is held out whole, in all languages: what is honest comes in more kinds than are listed.
    return (_Text(message.text, ORDINARY, f"ordinary {message.group}") for message in ordinary)


def _spoken_texts(patterns: Iterable[Pattern]) -> Iterator[_Text]:
    for pattern in patterns:
        for kind, phrases in (("telling", pattern.tellings), ("script", pattern.scripts)):
            for texts in phrases.values():
                yield from (_Text(text, pattern.id, f"{pattern.id} {kind}") for text in texts)


def _described_texts(patterns: Iterable[Pattern]) -> Iterator[_Text]:
    for pattern in patterns:
        for language in Language:
            described = [
                f"{pattern.gist[language]} {pattern.next[language]}",
                " ".join(stage.text[language] for stage in pattern.stages),
                ". ".join([pattern.name[language], *(flag.name[language] for flag in pattern.red_flags)]),
                *(". ".join((flag.name[language], *flag.phrasings[language])) for flag in pattern.red_flags),
            ]
            for at, text in enumerate(described):
                yield _Text(text, pattern.id, f"{pattern.id} {language} {at}")


def _features(said: Sequence[Piece]) -> tuple[str, ...]:
    return tuple(piece.feature for piece in pieces(said))


def _answer(label: str, labels: Sequence[str]) -> int | None:
    return None if label == ORDINARY else labels.index(label)


def _closeness(sightings: Iterable[Sighting], labels: Sequence[str]) -> Numbers:
    total = dict.fromkeys(labels, 0.0)
    for sighting in sightings:
        total[sighting.pattern] += sighting.closeness
    return np.array([total[label] for label in labels])


def _trial(labels: Sequence[str], scores: Numbers, red_flags: Numbers, size: int) -> Trial:
    ordinary = labels.index(ORDINARY)
    return Trial(np.delete(scores, ordinary), red_flags, float(scores[ordinary]), size)


def _columns(trial: Trial, judge: Judge) -> Numbers:
    """A trial of the shipped knowledge as features: its voice beside the words' own.

    Square roots, so that a faint likeness to a pattern still says something.
    """
    return _VOICE * np.concatenate((np.sqrt(judge.which(trial)), [trial.ordinary]))


_VOICE = 0.3
