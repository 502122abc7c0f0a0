"""What stands beside a tip, as one unit read it and as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from knowledge.observables import ObservableType
from storage.benign import KnownBenign
from storage.linked import Neighbour
from storage.links import ObservableHash
from storage.merging import Merging
from storage.reporter_limits import Limit
from storage.tips import Tip

Pair = tuple[str, str]
"""An observable's type and its canonical value."""

ALLEGED = frozenset({ObservableType.HANDLE})
"""Observables that name a person: what a tip says of them is an allegation, and is shown as one."""


@dataclass(frozen=True, slots=True)
class ShownMerging:
    """An act of merging, opened; reasons are None once erased, and where nobody of the staff undid it. `original`: the
    tip it was merged into, as it stands now."""

    tip: str
    original: Tip
    by: str
    at: datetime
    reason: str | None
    undone_by: str | None
    undone_at: datetime | None
    undone_reason: str | None


@dataclass(frozen=True, slots=True)
class ShownBenign:
    """That an observable is known to be harmless."""

    type: str
    value: str
    why: str
    by: str
    at: datetime
    until: datetime
    hash: bytes


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """A proposal to limit whoever told a tip, or a limit in force, opened."""

    id: int
    tip: str
    proposed_by: str
    proposed_at: datetime
    reason: str
    limited_by: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Beside:
    """`sources` counts independent people by observable, for those that name a person."""

    mergings: tuple[ShownMerging, ...]
    taken_out: tuple[ShownMerging, ...]
    neighbours: tuple[Neighbour, ...]
    benign: Mapping[Pair, ShownBenign]
    sources: Mapping[Pair, int]
    limits: tuple[ShownLimit, ...]
    taken_by: str | None
    hashes: Mapping[Pair, str]
    """The links' hashes of the tip's observables that can link, in hexadecimal digits: their name in a form."""


@dataclass(frozen=True, slots=True)
class SealedBeside:
    """The same as one unit read it."""

    mergings: tuple[Merging, ...]
    taken_out: tuple[Merging, ...]
    originals: Mapping[str, Tip]
    neighbours: tuple[Neighbour, ...]
    benign: tuple[KnownBenign, ...]
    sources: Mapping[ObservableHash, int]
    limits: tuple[Limit, ...]
    taken_by: str | None
