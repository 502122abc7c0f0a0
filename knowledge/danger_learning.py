"""The classifier of dangers, learned once from the shipped examples and kept beside what is known of the patterns."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from knowledge.danger_classifier import Classifier
from knowledge.danger_files import Example, Subject
from knowledge.danger_names import Danger, Kind
from knowledge.danger_phrases import fold
from knowledge.keeping import KEPT, fingerprint_of, keep

_LABELS: tuple[Subject, ...] = (*Danger, *Kind)
_FORM = "dangers 1"
_CODE = (
    "danger_classifier danger_files danger_fitting danger_learning danger_names danger_phrases disguises spacing text"
)


def learn(examples: tuple[Example, ...]) -> Classifier[Subject]:
    """Some seconds."""
    # As with the patterns, whoever finds it learned does not pay for what learns.
    from knowledge.danger_fitting import fit  # noqa: PLC0415 - as said above

    return fit([fold(example.text) for example in examples], [_subjects(example) for example in examples], _LABELS)


def kept_classifier(package: Path, examples: tuple[Example, ...]) -> Classifier[Subject]:
    """As it is kept, else learned now and kept, if the folder can be written."""
    place = place_kept(package)
    kept = _load(place)
    if kept is not None:
        return kept
    learned = learn(examples)
    with suppress(OSError):
        keep(learned.to_bytes(), place, "*.dangers")
    return learned


def place_kept(package: Path) -> Path:
    """Where it lies, or would."""
    return package / KEPT / f"{fingerprint_of(package, _sources(package), _FORM)}.dangers"


def is_kept(package: Path) -> bool:
    return _load(place_kept(package)) is not None


def _load(place: Path) -> Classifier[Subject] | None:
    with suppress(OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return Classifier.from_bytes(place.read_bytes(), _LABELS)
    return None


def _sources(package: Path) -> Iterator[Path]:
    yield from sorted((package / "dangers").rglob("*.toml"))
    yield package / "lookalikes.toml"
    yield from (package / f"{module}.py" for module in _CODE.split())


def _subjects(example: Example) -> frozenset[Subject]:
    kinds: frozenset[Subject] = frozenset({example.kind} if example.kind else ())
    return example.dangers | kinds
