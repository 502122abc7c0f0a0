"""Dangers: read and learned once from the shipped files, and kept beside what is known of the patterns."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from knowledge.danger_classifier import Classifier
from knowledge.danger_files import DangerFiles, Example, Subject, load_danger_files
from knowledge.danger_keeping import LABELS, pack, unpack
from knowledge.danger_names import ALIKE, Besides, Danger, Kind
from knowledge.danger_phrases import fold
from knowledge.keeping import KEPT, fingerprint_of, keep
from knowledge.ordinary import FILE, OrdinaryMessage, load_ordinary

_FORM = "dangers 7"
_CODE = (
    "checked danger_classifier danger_cues danger_files danger_fitting danger_keeping danger_learning danger_names"
    " danger_phrases danger_pieces disguises ordinary spacing text"
)


def learn(examples: tuple[Example, ...], ordinary: Iterable[OrdinaryMessage]) -> Classifier[Subject]:
    """Some seconds. Of the `ordinary` messages those that are vague are left out: who asks may be in any danger."""
    # As with the patterns, whoever finds it learned does not pay for what learns.
    from knowledge.danger_fitting import fit  # noqa: PLC0415 - as said above

    texts = [fold(example.text) for example in examples]
    unsaid = [_unsaid(example) for example in examples]
    honest = [fold(message.text) for message in ordinary if not message.is_vague]
    return fit(texts, [_subjects(example) for example in examples], LABELS, unsaid, honest)


def shipped_dangers(package: Path) -> tuple[DangerFiles, Classifier[Subject]]:
    """How they are told and what was learned of it: as it is kept, else read and learned now and kept, if the folder
    can be written. Raises DangersError."""
    place = place_kept(package)
    kept = _load(place)
    if kept is not None:
        return kept
    files = load_danger_files(package / "dangers")
    packed = pack(files, learn(files.examples, load_ordinary(package / FILE)))
    with suppress(OSError):
        keep(packed, place, "*.dangers")
    # What was just read and what is loaded the next time are the same.
    return unpack(packed)


def place_kept(package: Path) -> Path:
    """Where it lies, or would."""
    return package / KEPT / f"{fingerprint_of(package, _sources(package), _FORM)}.dangers"


def is_kept(package: Path) -> bool:
    return _load(place_kept(package)) is not None


def _load(place: Path) -> tuple[DangerFiles, Classifier[Subject]] | None:
    with suppress(OSError, ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile):
        return unpack(place.read_bytes())
    return None


def _sources(package: Path) -> Iterator[Path]:
    yield from sorted((package / "dangers").rglob("*.toml"))
    yield package / "lookalikes.toml"
    yield package / FILE
    yield from (package / f"{module}.py" for module in _CODE.split())


def _subjects(example: Example) -> frozenset[Subject]:
    kinds: frozenset[Subject] = frozenset({example.kind} if example.kind else ())
    return example.dangers | kinds | example.besides


def _unsaid(example: Example) -> frozenset[Subject]:
    """Whoever gave the one has often given the other too, in much the same words. Whoever is watched where they are
    made to work may be held there; and whoever asks, is on the phone or has paid may be about to pay."""
    unsaid = set(ALIKE - example.besides) if example.besides & ALIKE else set[Subject]()
    if Danger.CONTROLLER in example.dangers and example.kind is not Kind.HELD:
        unsaid.add(Besides.INSIDE)
    asks = example.kind is Kind.CHECK or {Danger.LIVE_CONTROL, Danger.MONEY_GONE} & example.dangers
    if asks and not example.complete:
        unsaid.add(Besides.PAYING)
    return frozenset(unsaid - example.besides)
