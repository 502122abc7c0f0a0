"""What was learned, ready to read texts: a linear model, red flags and a judge over both."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from knowledge.features import Features, Places, Units, features, units
from knowledge.gate import Figures
from knowledge.judging import Judge, Trial
from knowledge.ranking import VOICES, LinearModel, Numbers, Vector
from knowledge.red_flags import RedFlagFinder
from knowledge.splitting import WordSplitter
from knowledge.ways import ways_to_answer
from knowledge.wordings import Sighting

ORDINARY = ""
"""The label of what is no scam; no pattern and no example can bear it."""

IN_PLAY = 8
"""Patterns whose red flags are looked for: those whose words fit best."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as something learned reads it; `columns` has the model's column of each feature, -1 for none; `rows` is
    what each column of `vector` says for each label."""

    trial: Trial
    features: Features
    columns: Places
    vector: Vector
    rows: Numbers
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What can be told apart; `beneath` is there where examples rule."""

    labels: tuple[str, ...]
    model: LinearModel
    judge: Judge
    finder: RedFlagFinder
    splitter: WordSplitter
    beneath: "Beneath | None" = None

    def read(self, text: str) -> Reading:
        """Scores a normalised text."""
        said = units(text, self.splitter)
        return self._read(text, said, features(said))

    def _read(self, text: str, said: Units, found: Features) -> Reading:
        columns = self.model.columns(found)
        if self.beneath is None:
            vector = self.model.vector(columns, found.early)
            rows = self.model.rows(vector)
            scores = vector.values @ rows
            sightings = self.finder.find(text, said, in_play(self.model.labels, scores))
            flags = closeness(sightings, self.labels)
            measured = trial(self.model.labels, scores, flags, len(found), ways_to_answer(text, said))
        else:
            below = self.beneath.learned._read(text, said, found).trial
            sightings = ()  # they are of patterns, and patterns are not what is told apart here
            vector = self.model.vector(columns, found.early, self.beneath.voice(below))
            rows = self.model.rows(vector)
            unflagged = np.zeros(len(self.labels), np.float32)
            measured = trial(self.model.labels, vector.values @ rows, unflagged, len(found), below.ways)
            measured = self.beneath.lift(measured, below)
        return Reading(measured, found, columns, vector, rows, sightings)


@dataclass(frozen=True, slots=True)
class Beneath:
    """The shipped knowledge under what examples teach: what it makes of a text is a feature, and it speaks for the
    labels it knows. `kinship`: how far each of its labels (a row) is each of the examples' (a column), 0 to 1."""

    learned: Learned
    loudness: float
    kinship: Numbers

    def voice(self, below: Trial) -> Numbers:
        """A trial of the shipped knowledge as features beside the words' own.

        Square roots, so that a faint likeness to a pattern still says something.
        """
        shares = np.sqrt(self.learned.judge.which(below))
        return (self.loudness * np.append(shares, below.ordinary)).astype(np.float32)

    def lift(self, measured: Trial, below: Trial) -> Trial:
        """The trial with what the shipped knowledge gives to labels that it knows by name.

        That wears off sooner than its voice: of a label told two hundred times, the tellings know better.
        """
        lift = _LIFT * max(0.0, self.loudness - _HUSHED)
        known = np.sqrt(self.learned.judge.which(below) @ self.kinship)
        return replace(measured, scores=(measured.scores + lift * known).astype(np.float32))


_LIFT, _HUSHED = 2.7, 0.08


@dataclass(frozen=True, slots=True)
class Ground:
    """The shipped knowledge learned, with what examples need of it: the ordinary texts and their honest trials.

    `known_unseen` is the share of tellings and scripts whose pattern came first when the model had seen none of that
    pattern's tellings, or none of its scripts. `figures` are what the gate before a release compares.
    """

    learned: Learned
    ordinary: tuple[str, ...]
    trials: tuple[Trial, ...]
    known_unseen: float
    figures: Figures


def in_play(labels: Sequence[str], scores: Numbers) -> tuple[str, ...]:
    """The labels that score best, of those that are told apart."""
    most = min(IN_PLAY + 3, len(labels))
    best = (labels[at] for at in np.argpartition(-scores, most - 1)[:most].tolist())
    return told_apart(best)[:IN_PLAY]


def told_apart(labels: Iterable[str]) -> tuple[str, ...]:
    """Without what is beside them: the ordinary, and the voices."""
    return tuple(label for label in labels if label != ORDINARY and label not in VOICES)


def closeness(sightings: Iterable[Sighting], labels: Sequence[str]) -> Numbers:
    """The sum of closeness of the red flags seen, a label."""
    total = np.zeros(len(labels), np.float32)
    for sighting in sightings:
        total[labels.index(sighting.pattern)] += sighting.closeness
    return total


def trial(labels: Sequence[str], scores: Numbers, red_flags: Numbers, size: int, ways: int) -> Trial:
    """`scores` are those of all labels, what is beside them included."""
    ordinary, voices, own = _parted(tuple(labels))
    voice = float(scores[voices].max(initial=0.0))
    return Trial(scores[own], red_flags, float(scores[ordinary]), size, voice, ways)


@lru_cache(maxsize=8)
def _parted(labels: tuple[str, ...]) -> tuple[int, Places, Places]:
    """Where the ordinary stands among the labels, where the voices, and where those that are told apart."""
    beside = [label == ORDINARY or label in VOICES for label in labels]
    voices = [at for at, label in enumerate(labels) if label in VOICES]
    return labels.index(ORDINARY), np.array(voices, np.intp), np.flatnonzero(~np.array(beside))


def loudness_beside(examples: int) -> float:
    """How loud the shipped knowledge speaks where a label has so many examples: the more, the less it has to add."""
    return _VOICE * min(1.0, math.sqrt(_FEW / max(examples, 1)))


_VOICE, _FEW = 0.3, 10
