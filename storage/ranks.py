"""The lanes of the queue, and the one number that orders all tips in it.

Open tips have ranks of 0 and more: the more urgent first, of equally urgent the longest waiting. Ended ones have ranks
below 0, the latest to end first.
"""

from datetime import datetime
from enum import StrEnum

HIGHEST = 4095
"""No tip is more urgent."""
_SECONDS = 1 << 34
"""Room for a moment in seconds, until the year 2514."""


class Lane(StrEnum):
    """What is to be done with a tip first; each is a queue of its own."""

    DANGER = "danger"
    """A person is in danger."""
    GOLDEN = "golden"
    """Money has left and may still be stopped."""
    INSIDER = "insider"
    """Somebody who knows who does it."""
    ORDINARY = "ordinary"


class Ended(StrEnum):
    """Where a tip lies that is not open any more."""

    DECIDED = "ended"
    GONE = "gone"


def rank_of(urgency: int, filed_at: datetime) -> int:
    """Of an open tip; the smallest is first."""
    return (HIGHEST - min(max(urgency, 0), HIGHEST)) * _SECONDS + int(filed_at.timestamp())


def rank_at_end(moment: datetime) -> int:
    """Of a tip that ended then."""
    return -int(moment.timestamp())
