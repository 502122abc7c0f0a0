"""The dangers that cannot wait, the kinds of report, and what a reading of a telling says of both."""

from dataclasses import dataclass
from enum import StrEnum


class Danger(StrEnum):
    """What cannot wait, in order of precedence: the first that is there gets its card at once."""

    LIFE = "life"
    LIVE_CONTROL = "live-control"
    CONTROLLER = "controller"
    MINOR = "minor"
    MONEY_GONE = "money-gone"
    TRAVEL = "travel"
    MULE = "mule"


class Kind(StrEnum):
    """Why someone writes."""

    CHEATED = "cheated"
    CHECK = "check"
    INSIDER = "insider"
    HELD = "held"
    MULE = "mule"


class Besides(StrEnum):
    """What was done to them or by them, or is about to be, besides having paid. None is a danger of the seven."""

    GIVEN = "given"
    """A card, its number, a password, a code or a wallet's words are in their hands."""
    IDENTITY = "identity"
    """Identity papers, pictures of them, or what stands in them is in their hands."""
    HURT = "hurt"
    """Somebody is being beaten, or was hurt by somebody in these days."""
    INSIDE = "inside"
    """Whoever writes is held there, or made to work there, themself."""
    PAYING = "paying"
    """Money, gold or a card is about to be handed over, and can still be kept."""
    CHILD = "child"
    """A child is spoken of by somebody who is none."""
    OUT = "out"
    """Whoever was held got out, the writer or one of theirs, and is not home yet."""
    HOME = "home"
    """The same, and is home."""
    OTHER = "other"
    """Whose life is in danger is somebody else, of whom is told."""
    THEIRS = "theirs"
    """Who is about to travel, or whose account it is, is somebody else, of whom is told."""


ALIKE = frozenset({Besides.GIVEN, Besides.IDENTITY, Besides.HURT})
"""Those whose words hint at one another."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The dangers in a telling, in order of precedence, its kind where that can be told, and what else was told."""

    dangers: tuple[Danger, ...]
    kind: Kind | None
    besides: frozenset[Besides] = frozenset()
