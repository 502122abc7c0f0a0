"""Learning to tell patterns, or the labels of given examples, from each other and from the ordinary."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import cycle

import numpy as np

from knowledge.calibrating import fit_judge
from knowledge.features import features, units
from knowledge.fitting import Row, fit_linear_model
from knowledge.indexing import index_wordings
from knowledge.judging import Trial
from knowledge.language import Language
from knowledge.learned import ORDINARY, Beneath, Ground, Learned, closeness, in_play, loudness_beside, told_apart, trial
from knowledge.measuring import measure
from knowledge.ordinary import OrdinaryMessage
from knowledge.pattern import Pattern, Spoken, System
from knowledge.ranking import SCRIPT, TELLING, Numbers
from knowledge.red_flags import RedFlagFinder
from knowledge.splitting import WordSplitter
from knowledge.text import Normaliser
from knowledge.ways import ways_to_answer
from knowledge.wordings import wordings


@dataclass(frozen=True, slots=True)
class Example:
    """A confirmed text and its label."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What was learned, and the honest trials: of the ordinary messages, then of each pattern's `spoken` texts."""

    ground: Ground
    trials: tuple[Trial, ...]


def learn_patterns(
    patterns: Iterable[Pattern],
    ordinary: Sequence[OrdinaryMessage],
    normaliser: Normaliser,
    confirmed: Sequence[Example] = (),
) -> Ground:
    """What the patterns teach: their tellings, scripts, red flags and descriptions, against the ordinary.

    `confirmed` are tips whose label is a pattern's id: they teach as tellings do, but of their words only hashed
    features that three or more texts share are kept.
    """
    return learn_and_try(patterns, ordinary, normaliser, confirmed).ground


def learn_and_try(
    patterns: Iterable[Pattern],
    ordinary: Sequence[OrdinaryMessage],
    normaliser: Normaliser,
    confirmed: Sequence[Example] = (),
) -> Tried:
    """The same, with how each text was read by a model that had not seen it; vague ones are read by none."""
    patterns = tuple(patterns)
    vague = [message for message in ordinary if message.is_vague]
    ordinary = [message for message in ordinary if not message.is_vague]
    shipped = [*_ordinary_texts(ordinary), *_spoken_texts(patterns)]
    tips = [_Text(tip.text, tip.label, f"tip {at}", is_private=True) for at, tip in enumerate(confirmed)]
    asks = [message for message in vague if message.asks]
    every = [*shipped, *tips, *_described_texts(patterns), *_vague_texts(vague), *_asked_texts(shipped, asks)]
    normalised = [normaliser.normalise(text.text).text for text in every]
    said = [units(text) for text in normalised]
    finder = RedFlagFinder(index_wordings(wordings(patterns, normaliser), said[: len(shipped)]))
    rows = [
        Row.of(features(own), text.label, text.block, is_private=text.is_private, voice=text.voice)
        for own, text in zip(said, every, strict=True)
    ]
    model, held_out = fit_linear_model(rows, tried=len(shipped))
    labels = told_apart(model.labels)
    # What ships alone is tried: tips are told at length, and a judge that had heard many would ask as much of a short
    # message.
    trials = tuple(
        trial(
            model.labels,
            scores,
            closeness(finder.find(text, own, in_play(model.labels, scores)), labels),
            len(row.slots),
            ways_to_answer(text, own),
        )
        for row, text, own, scores in zip(rows[: len(shipped)], normalised, said, held_out, strict=False)
    )
    answers = [_answer(text.label, labels) for text in shipped]
    kinds = _kinds(patterns)
    judge = fit_judge(trials, answers, [kinds[label] for label in labels], _weights(shipped))
    known = [
        judge.which(measured).argmax() == answer
        for measured, answer in zip(trials, answers, strict=True)
        if answer is not None
    ]
    ground = Ground(
        learned=Learned(labels, model, judge, finder, WordSplitter.learn(normalised[: len(shipped)])),
        ordinary=tuple(normalised[: len(ordinary)]),
        trials=trials[: len(ordinary)],
        known_unseen=float(np.mean(known)),
        figures=measure(judge, trials, answers, labels),
    )
    return Tried(ground, trials)


def learn_examples(
    examples: Sequence[Example], ground: Ground, patterns: Mapping[str, Pattern], normaliser: Normaliser
) -> Learned:
    """What the examples teach: their labels, told apart by their words and by what the shipped knowledge says.

    Where a label is the name of a pattern, or of a class of a national system, what is known of those speaks for it.
    """
    rows: list[Row] = []
    below: list[Trial] = []
    for at, example in enumerate(examples):
        # Of thousands of readings only what is needed stays: each holds a row of weights for every word.
        reading = ground.learned.read(normaliser.normalise(example.text).text)
        rows.append(Row.of(reading.features, example.label, f"example {at}"))
        below.append(reading.trial)
    rows += [
        Row.of(features(units(text, ground.learned.splitter)), ORDINARY, f"ordinary {at}")
        for at, text in enumerate(ground.ordinary)
    ]
    below += ground.trials
    counts = Counter(example.label for example in examples)
    labels = tuple(sorted(counts))
    kinship = _kinship([patterns[name] for name in ground.learned.labels], labels)
    beneath = Beneath(ground.learned, loudness_beside(int(np.median(list(counts.values())))), kinship)
    model, held_out = fit_linear_model(rows, np.array([beneath.voice(measured) for measured in below]))
    flags = np.zeros(len(labels), np.float32)
    trials = [
        beneath.lift(trial(model.labels, scores, flags, len(row.slots), known.ways), known)
        for row, scores, known in zip(rows, held_out, below, strict=True)
    ]
    judge = fit_judge(trials, [_answer(row.label, labels) for row in rows], [{label} for label in labels])
    return Learned(labels, model, judge, ground.learned.finder, ground.learned.splitter, beneath)


def _kinship(patterns: Sequence[Pattern], labels: Sequence[str]) -> Numbers:
    """How far each pattern is each label: wholly by its own name or its first class, by half where it may be one."""
    found = np.zeros((len(patterns), len(labels)), np.float32)
    for row, pattern in zip(found, patterns, strict=True):
        for at, label in enumerate(labels):
            named = [classes.index(label) for classes in pattern.codes.values() if label in classes]
            row[at] = 1.0 if label == pattern.id or 0 in named else 0.5 if named else 0.0
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    label: str
    block: str
    is_private: bool = False
    voice: str | None = None
    language: Language | None = None


def _ordinary_texts(ordinary: Sequence[OrdinaryMessage]) -> Iterator[_Text]:
    # A group is held out whole, in all languages: what is honest comes in more kinds than are listed.
    return (
        _Text(message.text, ORDINARY, f"ordinary {message.group}", language=message.language) for message in ordinary
    )


def _vague_texts(vague: Sequence[OrdinaryMessage]) -> Iterator[_Text]:
    # No whole group: of what is vague there is one kind, and whoever is tried without it would name a scam at a word.
    return (_Text(message.text, ORDINARY, f"vague {at}") for at, message in enumerate(vague))


def _spoken_texts(patterns: Iterable[Pattern]) -> Iterator[_Text]:
    for pattern in patterns:
        # What says the same in three languages stands at the same place in each list.
        for kind, language, at, text in pattern.spoken():
            yield _Text(text, pattern.id, f"{pattern.id} {kind} {at}", voice=_VOICES[kind], language=language)


def _asked_texts(texts: Sequence[_Text], asks: Sequence[OrdinaryMessage]) -> Iterator[_Text]:
    """Some of `texts` behind a question, as they mostly come to us: asking would else speak for the ordinary."""
    for language in Language:
        own = [message.text for message in asks if message.language == language]
        for text, ask in zip([text for text in texts if text.language == language][::_ASKED], cycle(own)):
            yield replace(text, text=f"{ask} {text.text}")


_ASKED = 16
"""Every so many of them. Of twice as many, names moved; of none, a question took a scam's warning away."""


_VOICES = {Spoken.TELLING: TELLING, Spoken.SCRIPT: SCRIPT}


def _weights(texts: Sequence[_Text]) -> Sequence[float]:
    """What is warned of is the very message, more often than a tale of it: so scripts count for nine in ten of the
    scams, however many tellings there are to learn from. (Whoever tells has mostly a danger to tell of besides.)"""
    counts = Counter(text.voice for text in texts)
    each = {SCRIPT: 0.9 / max(counts[SCRIPT], 1), TELLING: 0.1 / max(counts[TELLING], 1), None: 1.0}
    return [each[text.voice] for text in texts]


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


def _kinds(patterns: Iterable[Pattern]) -> Mapping[str, Set[str]]:
    """A pattern's own name, and its first class with each of the two police systems."""
    return {
        pattern.id: {pattern.id, *(pattern.codes[system][0] for system in _CLASSES if pattern.codes.get(system))}
        for pattern in patterns
    }


_CLASSES = (System.MPS, System.TW165)


def _answer(label: str, labels: Sequence[str]) -> int | None:
    return None if label == ORDINARY else labels.index(label)
