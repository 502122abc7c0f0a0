"""The gate before a release: what was measured of it, and whether it is worse than what serves by more than a margin.

Measured on texts that ship: every pattern's own tellings and scripts, each read by a model that had not seen it, and
the ordinary messages. What tips have taught shows in them: a pattern that swallows its neighbours takes their texts.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Figure(StrEnum):
    """What is compared."""

    FIRST = "first"
    """The share of tellings and scripts whose pattern comes first."""
    WARNED = "warned"
    """The share of them that is warned of."""
    FALSE_WARNINGS = "false-warnings"
    """The share of ordinary messages that is warned of."""
    CALIBRATION = "calibration"
    """By how much probabilities differ from how often they are right."""
    ONE_PATTERN = "one-pattern"
    """`FIRST` of a single pattern."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many texts; how many had their pattern first, how many were warned of."""

    texts: int
    first: int
    warned: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of a release, a pattern at a time, so that two are compared on the patterns both have."""

    patterns: Mapping[str, Tally]
    ordinary: Tally
    calibration_error: float

    def first(self) -> float:
        return _share(sum(tally.first for tally in self.patterns.values()), self._texts())

    def warned(self) -> float:
        return _share(sum(tally.warned for tally in self.patterns.values()), self._texts())

    def false_warnings(self) -> float:
        return _share(self.ordinary.warned, self.ordinary.texts)

    def dump(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "patterns": {pattern: list(asdict(tally).values()) for pattern, tally in self.patterns.items()},
            "ordinary": list(asdict(self.ordinary).values()),
            "calibration_error": self.calibration_error,
        }

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> "Figures":
        """Raises KeyError, TypeError, ValueError for what `dump` did not write."""
        return cls(
            {str(pattern): Tally(*map(int, tally)) for pattern, tally in dumped["patterns"].items()},
            Tally(*map(int, dumped["ordinary"])),
            float(dumped["calibration_error"]),
        )

    def _texts(self) -> int:
        return sum(tally.texts for tally in self.patterns.values())


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that is worse than the margin allows. `pattern`: whose, where it is one pattern's."""

    figure: Figure
    before: float
    after: float
    pattern: str = ""


MARGINS: Mapping[Figure, float] = {
    # Some forty texts a pattern are far from what people write, so a real gain may cost a little here.
    Figure.FIRST: 0.01,
    Figure.WARNED: 0.02,
    # What must not creep up: each is somebody honest called a swindler.
    Figure.FALSE_WARNINGS: 0.005,
    Figure.CALIBRATION: 0.03,
    # A single pattern's texts are few; less than a third of them may be chance.
    Figure.ONE_PATTERN: 0.34,
}


_EXACT = 1e-9  # what subtracting shares costs in their last digit


def falls(after: Figures, before: Figures) -> tuple[Fall, ...]:
    """In what `after` is worse than `before` by more than the margin; empty where it may serve."""
    common = after.patterns.keys() & before.patterns.keys()
    old, new = _only(before, common), _only(after, common)
    found = [
        Fall(Figure.FALSE_WARNINGS, old.false_warnings(), new.false_warnings()),
        Fall(Figure.CALIBRATION, old.calibration_error, new.calibration_error),
    ]
    fallen = [fall for fall in found if fall.after - fall.before > MARGINS[fall.figure] + _EXACT]
    found = [Fall(Figure.FIRST, old.first(), new.first()), Fall(Figure.WARNED, old.warned(), new.warned())]
    found += [
        Fall(Figure.ONE_PATTERN, _own(old.patterns[pattern]), _own(new.patterns[pattern]), pattern)
        for pattern in sorted(common)
    ]
    return (*(fall for fall in found if fall.before - fall.after > MARGINS[fall.figure] + _EXACT), *fallen)


def _only(figures: Figures, patterns: AbstractSet[str]) -> Figures:
    kept = {pattern: tally for pattern, tally in figures.patterns.items() if pattern in patterns}
    return Figures(kept, figures.ordinary, figures.calibration_error)


def _own(tally: Tally) -> float:
    return _share(tally.first, tally.texts)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
