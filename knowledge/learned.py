"""What was learned, ready to read texts: a linear model, red flags and a judge over both."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.features import Features, Places, Units, features, units
from knowledge.gate import Figures
from knowledge.judging import Judge, Trial
from knowledge.ranking import LinearModel, Numbers, Vector
from knowledge.red_flags import RedFlagFinder
from knowledge.splitting import WordSplitter
from knowledge.wordings import Sighting

ORDINARY = ""
"""The label of what is no scam; no pattern and no example can bear it."""

IN_PLAY = 8
"""Patterns whose red flags are looked for: those whose words fit best."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as something learned reads it; `columns` has the model's column of each feature, -1 for none."""

    trial: Trial
    features: Features
    columns: Places
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
    beneath: "Learned | None" = None
    weight: float = 0.0
    """How loud `beneath` speaks beside the words' own."""

    def read(self, text: str) -> Reading:
        """Scores a normalised text."""
        said = units(text, self.splitter)
        return self._read(text, said, features(said))

    def _read(self, text: str, said: Units, found: Features) -> Reading:
        columns = self.model.columns(found)
        if self.beneath is None:
            vector = self.model.vector(columns, found.early)
            scores = self.model.score(vector)
            sightings = self.finder.find(text, said, in_play(self.model.labels, scores))
            flags = closeness(sightings, self.labels)
        else:
            below = self.beneath._read(text, said, found)
            sightings = ()  # they are of patterns, and patterns are not what is told apart here
            vector = self.model.vector(columns, found.early, voice(below.trial, self.beneath.judge, self.weight))
            scores = self.model.score(vector)
            flags = np.zeros(len(self.labels), np.float32)
        return Reading(trial(self.model.labels, scores, flags, len(found)), found, columns, vector, sightings)


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
    """The labels that score best, the ordinary left out."""
    most = min(IN_PLAY + 1, len(labels))
    return tuple(labels[at] for at in np.argpartition(-scores, most - 1)[:most] if labels[at] != ORDINARY)


def closeness(sightings: Iterable[Sighting], labels: Sequence[str]) -> Numbers:
    """The sum of closeness of the red flags seen, a label."""
    total = np.zeros(len(labels), np.float32)
    for sighting in sightings:
        total[labels.index(sighting.pattern)] += sighting.closeness
    return total


def trial(labels: Sequence[str], scores: Numbers, red_flags: Numbers, size: int) -> Trial:
    """`scores` are those of all labels, the ordinary among them."""
    ordinary = labels.index(ORDINARY)
    others = np.concatenate((scores[:ordinary], scores[ordinary + 1 :]))
    return Trial(others, red_flags, float(scores[ordinary]), size)


def voice(measured: Trial, judge: Judge, weight: float) -> Numbers:
    """A trial of the shipped knowledge as features: its voice beside the words' own.

    Square roots, so that a faint likeness to a pattern still says something.
    """
    return (weight * np.append(np.sqrt(judge.which(measured)), measured.ordinary)).astype(np.float32)


def weight_beside(examples: int) -> float:
    """How loud the shipped knowledge speaks where a label has so many examples: the more, the less it has to add."""
    return _VOICE * min(1.0, math.sqrt(_FEW / max(examples, 1)))


_VOICE, _FEW = 0.3, 10
