"""What a process does, told to whoever counts it: closed names and seconds, never a word, a person or an address."""

from enum import StrEnum
from typing import Protocol


class Taken(StrEnum):
    """What became of something that came in."""

    KEPT = "kept"
    REPEATED = "repeated"
    FLOODED = "flooded"
    NOT_KEPT = "not-kept"


class Sent(StrEnum):
    """What became of a message that was to be sent, this time."""

    SENT = "sent"
    HELD = "held"
    GONE = "gone"
    REFUSED = "refused"
    FAILED = "failed"


class Watch(Protocol):
    """`channel` is a channel's name in the code; all seconds are of a clock that never goes back."""

    def took(self, channel: str, outcome: Taken, seconds: float) -> None:
        """Something came in and was answered, so long after it came."""

    def ran_again(self, channel: str) -> None:
        """A turn was run once more, for something had changed meanwhile or a commit's answer was lost."""

    def pushed(self, channel: str, outcome: Sent, seconds: float) -> None:
        """A message left, or did not, so long after it was written."""

    def swept(self, sweep: str, seconds: float, *, failed: bool) -> None:
        """A sweep of the jobs ended."""


class Unwatched:
    """Nobody counts."""

    def took(self, channel: str, outcome: Taken, seconds: float) -> None:
        pass

    def ran_again(self, channel: str) -> None:
        pass

    def pushed(self, channel: str, outcome: Sent, seconds: float) -> None:
        pass

    def swept(self, sweep: str, seconds: float, *, failed: bool) -> None:
        pass


UNWATCHED = Unwatched()
