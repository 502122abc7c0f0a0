"""Why the newest release does not serve: in what it measured worse, or what could not be read."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from knowledge.gate import Fall, Figure, Figures
from storage import releases
from storage.database import Transaction
from storage.releases import Release, ReleaseState


@dataclass(frozen=True, slots=True)
class HeldBack:
    """`falls` of one the gate held; `faults` are sentences where nothing could be learned."""

    number: int
    falls: tuple[Fall, ...] = ()
    faults: tuple[str, ...] = ()


def held_back(t: Transaction) -> HeldBack | None:
    """The newest release, if it does not serve."""
    newest = releases.newest(t)
    return None if newest is None or newest.state is ReleaseState.PUBLISHED else read(newest)


def read(release: Release) -> HeldBack:
    """What its row says of it."""
    kept = json.loads(release.held_by)
    if release.state is ReleaseState.FAILED:
        return HeldBack(release.number, faults=tuple(kept))
    return HeldBack(release.number, tuple(Fall(**{**fall, "figure": Figure(fall["figure"])}) for fall in kept))


def dump(falls: Sequence[Fall]) -> str:
    """For the row of one that is held."""
    return json.dumps([asdict(fall) for fall in falls])


def dump_figures(figures: Figures | None) -> str | None:
    """For the row of one that was measured."""
    return None if figures is None else json.dumps(figures.dump())


def dump_faults(faults: Sequence[str]) -> str:
    """For the row of one that could not be learned."""
    return json.dumps(list(faults), ensure_ascii=False)
