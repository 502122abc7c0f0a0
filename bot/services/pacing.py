"""How fast a channel may be written to: so many a second in all and to each person, and not at all while it says so."""

from collections.abc import Callable

_BURST = 20
"""Messages one person may get in a row before the pace holds; a turn has two at most, and short bursts are allowed."""
_MOST_KEPT = 10_000


class Pace:
    """Of one process. `clock` counts seconds and never goes back."""

    def __init__(self, *, overall: float, each: float, clock: Callable[[], float]) -> None:
        self._every = 1 / overall
        self._each = 1 / each
        self._all_burst = max(overall, 1.0)
        self._clock = clock
        self._all_full = 0.0
        self._full: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._all_held = 0.0

    def hold(self, address: str, seconds: float) -> None:
        """The channel wants nothing for this person for so long; from a second one held at once, nothing at all."""
        now = self._clock()
        self._held = {who: until for who, until in self._held.items() if until > now}
        others = [until for who, until in self._held.items() if who != address]
        self._held[address] = max(now + seconds, self._held.get(address, 0.0))
        if others:
            self._all_held = max(self._all_held, now + seconds)

    def is_held(self, address: str) -> bool:
        now = self._clock()
        return max(self._all_held, self._held.get(address, 0.0)) > now

    def take_turn(self, address: str, most: float) -> float:
        """After how many seconds the person may be written to; the turn is taken unless that is more than `most`."""
        now = self._clock()
        if len(self._full) > _MOST_KEPT:
            self._full = {who: full for who, full in self._full.items() if full > now}
        at = max(now, self._all_held, self._held.get(address, 0.0))
        at = max(at, self._full.get(address, 0.0) - (_BURST - 1) * self._each)
        if at - now <= most:
            self._full[address] = max(self._full.get(address, 0.0), at) + self._each
        return at - now

    def take_turn_of_all(self) -> float:
        """After how many seconds anybody may be; ask it once it is this person's turn."""
        now = self._clock()
        at = max(now, self._all_held, self._all_full - (self._all_burst - 1) * self._every)
        self._all_full = max(self._all_full, at) + self._every
        return at - now
