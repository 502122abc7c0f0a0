"""A release of the knowledge: the patterns and what was learned of them, as bytes that any process can load.

No pickle: arrays and JSON alone, so that loading a release runs none of its maker's code. It holds no telling but the
patterns' own: of everything else that taught the model, only hashed features' weights are left.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from knowledge.catalogue import Catalogue
from knowledge.errors import CatalogueError, KnowledgeError, ReleaseError
from knowledge.gate import Figures
from knowledge.judging import Judge, Trial
from knowledge.learned import Ground, Learned, told_apart
from knowledge.matching import Matcher
from knowledge.ranking import LinearModel
from knowledge.red_flags import RedFlagFinder, WordingIndex
from knowledge.slots import Lookup
from knowledge.splitting import WordSplitter
from knowledge.storing import dump_patterns, load_patterns
from knowledge.text import shipped_normaliser
from knowledge.wordings import Wording

_T = TypeVar("_T")

FORMAT = 7
"""Counts up when what a release holds changes: one of another format is refused, and the one before goes on serving."""


@dataclass(frozen=True, slots=True)
class Release:
    """`name` tells releases apart: a fingerprint of what was learned from."""

    name: str
    catalogue: Catalogue
    ground: Ground

    @property
    def matcher(self) -> Matcher:
        """Knows the patterns of `catalogue`."""
        return Matcher(self.ground.learned, self.catalogue.by_id, shipped_normaliser())


def pack(release: Release, *, compressed: bool = True) -> bytes:
    """The release as bytes; fewer where `compressed`, and slower to open."""
    ground, learned = release.ground, release.ground.learned
    index, model = learned.finder.index, learned.model.in_whole_numbers()
    header = {
        "format": FORMAT,
        "name": release.name,
        "labels": model.labels,
        "judge": {**asdict(learned.judge), "scam_weights": learned.judge.scam_weights.tolist()},
        "wordings": [(wording.pattern, wording.red_flag, wording.text) for wording in index.wordings],
        "letters": index.letters,
        "words": dict(learned.splitter.costs),
        "ordinary": ground.ordinary,
        "known_unseen": ground.known_unseen,
        "figures": ground.figures.dump(),
    }
    arrays: dict[str, Any] = {
        "header": np.frombuffer(json.dumps(header).encode(), np.uint8),
        "patterns": np.frombuffer(dump_patterns(release.catalogue), np.uint8),
        "slots": model.lookup.slots(),
        "rarity": model.rarity,
        "weights": model.weights,
        "units": model.units,
        "sizes": index.sizes,
        "gram_slots": index.lookup.slots(),
        "begins": index.begins,
        "holders": index.holders.astype(np.int32),
        "shares": index.shares.astype(np.float16),
        "ordinary_scores": np.array([trial.scores for trial in ground.trials], np.float32),
        "ordinary_flags": np.array([trial.red_flags for trial in ground.trials], np.float32),
        "ordinary_sizes": np.array(
            [(trial.ordinary, trial.size, trial.voice, trial.ways) for trial in ground.trials], np.float64
        ),
    }
    packed = io.BytesIO()
    save = np.savez_compressed if compressed else np.savez
    save(packed, **arrays)
    return packed.getvalue()


def unpack(packed: bytes | Path) -> Release:
    """The release in `packed`, or in the file there; ReleaseError where it is damaged or of another format."""
    return _opened(packed, lambda arrays: _read({name: arrays[name] for name in arrays}))


def unpack_catalogue(packed: bytes) -> Catalogue:
    """Only the patterns, for who names them and matches nothing. Raises ReleaseError."""
    return _opened(packed, lambda arrays: load_patterns(arrays["patterns"].tobytes()))


def unpack_figures(packed: bytes) -> Figures:
    """Only what was measured of it. Raises ReleaseError."""
    return _opened(packed, lambda arrays: Figures.load(_header(arrays)["figures"]))


def try_out(release: Release) -> None:
    """Have it read one telling of each pattern, so that what is broken shows before it serves. Raises ReleaseError."""
    matcher = release.matcher
    try:
        for pattern in release.catalogue:
            matcher.match(next(text for texts in pattern.tellings.values() for text in texts))
    except Exception as error:  # noqa: BLE001 - whatever a damaged one does, it must do here and nowhere else
        raise ReleaseError(
            f"The release of the knowledge cannot be used ({type(error).__name__}); the one before it stays."
        ) from None


def _opened(packed: bytes | Path, read: Callable[[Mapping[str, npt.NDArray[np.generic]]], _T]) -> _T:
    try:
        # Opened here, for numpy leaves a damaged file open.
        with (
            io.BytesIO(packed) if isinstance(packed, bytes) else packed.open("rb") as content,
            np.load(content, allow_pickle=False) as arrays,
        ):
            return read(arrays)
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
        CatalogueError,
    ) as error:
        reason = str(error) if isinstance(error, KnowledgeError) else type(error).__name__
        raise ReleaseError(
            f"The release of the knowledge cannot be read ({reason}); the one before it stays."
        ) from None


def _header(arrays: Mapping[str, npt.NDArray[np.generic]]) -> dict[str, Any]:
    header: dict[str, Any] = json.loads(arrays["header"].tobytes())
    if header["format"] != FORMAT:
        raise ValueError(header["format"])
    return header


def _read(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Release:
    header = _header(arrays)
    labels = tuple(header["labels"])
    model = LinearModel(
        labels,
        Lookup.of(arrays["slots"].astype(np.int32, copy=False)),
        arrays["rarity"].astype(np.float32, copy=False),
        arrays["weights"].astype(np.int8, copy=False),
        arrays["units"].astype(np.float32, copy=False),
    )
    index = WordingIndex(
        wordings=tuple(Wording(*wording) for wording in header["wordings"]),
        letters=tuple(header["letters"]),
        sizes=arrays["sizes"].astype(np.intp, copy=False),
        lookup=Lookup.of(arrays["gram_slots"].astype(np.int32, copy=False)),
        begins=arrays["begins"].astype(np.intp, copy=False),
        holders=arrays["holders"].astype(np.intp, copy=False),
        shares=arrays["shares"].astype(np.float64, copy=False),
    )
    own = header["judge"]
    judge = Judge(**{**own, "scam_weights": np.array(own["scam_weights"], np.float64)})
    learned = Learned(
        told_apart(labels),
        model,
        judge,
        RedFlagFinder(index),
        WordSplitter(header["words"]),
    )
    trials = tuple(
        Trial(scores, flags, ordinary, int(size), voice, int(ways))
        for scores, flags, (ordinary, size, voice, ways) in zip(
            arrays["ordinary_scores"], arrays["ordinary_flags"], arrays["ordinary_sizes"].tolist(), strict=True
        )
    )
    figures = Figures.load(header["figures"])
    ground = Ground(learned, tuple(header["ordinary"]), trials, header["known_unseen"], figures)
    return Release(header["name"], load_patterns(arrays["patterns"].tobytes()), ground)
