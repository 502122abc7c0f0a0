"""How dangers are told and what was learned of it, in one file: a start reads it sooner than the words of the files."""

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from knowledge.danger_classifier import Classifier
from knowledge.danger_cues import Cue, Unless
from knowledge.danger_files import Against, DangerFiles, Subject
from knowledge.danger_names import Besides, Danger, Kind
from knowledge.danger_phrases import Phrase

_BY_WORDS_ALONE = frozenset({Besides.CHILD, Besides.OUT, Besides.HOME, Besides.OTHER, Besides.THEIRS})
LABELS: tuple[Subject, ...] = (*Danger, *Kind, *(each for each in Besides if each not in _BY_WORDS_ALONE))
"""What the classifier learns to tell."""
_SUBJECTS: Mapping[str, Subject] = {subject.value: subject for subject in (*Kind, *Danger, *Besides)}
_UNLESS = ("before", "after", "sentence", "message")


def pack(files: DangerFiles, classifier: Classifier[Subject]) -> bytes:
    """No pickle: arrays and JSON alone. The examples, of which the classifier was learned, are left out."""
    phrases = _Phrases()
    told = {
        "cues": {subject.value: [_cue(cue, phrases) for cue in cues] for subject, cues in files.cues.items()},
        "against": {
            subject.value: [
                [phrases.places(one.phrases), phrases.places(one.unless), sorted(one.despite)] for one in ones
            ]
            for subject, ones in files.against.items()
        },
        "phrases": phrases.told,
    }
    packed = io.BytesIO()
    parts = {"told": json.dumps(told, ensure_ascii=False).encode(), "classifier": classifier.to_bytes()}
    np.savez(packed, **{name: np.frombuffer(part, np.uint8) for name, part in parts.items()})  # type: ignore[arg-type] # numpy's stubs
    return packed.getvalue()


def unpack(packed: bytes) -> tuple[DangerFiles, Classifier[Subject]]:
    """Raises ValueError and the like for what is damaged."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as parts:
        told = json.loads(parts["told"].tobytes())
        classifier = Classifier[Subject].from_bytes(parts["classifier"].tobytes(), LABELS)
    phrases = tuple(
        Phrase(source, expression, tuple(map(frozenset, needs))) for source, expression, needs in told["phrases"]
    )

    def at(places: Iterable[int]) -> tuple[Phrase, ...]:
        return tuple(phrases[place] for place in places)

    cues = {
        _SUBJECTS[name]: tuple(
            Cue(
                own["id"],
                tuple(map(at, own["groups"])),
                own["at_least"],
                own["within"],
                Unless(*map(at, own["unless"])),
                frozenset(map(Danger, own["yields_to"])),
            )
            for own in cues
        )
        for name, cues in told["cues"].items()
    }
    against = {
        _SUBJECTS[name]: tuple(Against(at(said), at(unless), frozenset(despite)) for said, unless, despite in ones)
        for name, ones in told["against"].items()
    }
    return DangerFiles(cues, (), against), classifier


class _Phrases:
    """Each once, in the order they came."""

    def __init__(self) -> None:
        self.told: list[list[Any]] = []
        self._places: dict[Phrase, int] = {}

    def places(self, phrases: Iterable[Phrase]) -> list[int]:
        return [self._place(phrase) for phrase in phrases]

    def _place(self, phrase: Phrase) -> int:
        if phrase not in self._places:
            self._places[phrase] = len(self.told)
            self.told.append([phrase.source, phrase.expression, [sorted(need) for need in phrase.needs]])
        return self._places[phrase]


def _cue(cue: Cue, phrases: _Phrases) -> dict[str, Any]:
    return {
        "id": cue.id,
        "groups": [phrases.places(group) for group in cue.groups],
        "at_least": cue.at_least,
        "within": cue.within,
        "unless": [phrases.places(getattr(cue.unless, place)) for place in _UNLESS],
        "yields_to": sorted(cue.yields_to),
    }
