"""How fast the desk writes: a group takes fewer messages than a person does."""

from collections.abc import Callable

from bot.services.pacing import Pace


class DeskPace(Pace):
    """`in_group`: messages a second to one group, whose numbers are negative; the rest as in `Pace`."""

    def __init__(self, *, overall: float, each: float, in_group: float, clock: Callable[[], float]) -> None:
        super().__init__(overall=overall, each=each, clock=clock)
        self._groups = Pace(overall=overall, each=in_group, clock=clock)

    def take_turn(self, address: str, most: float) -> float:
        """After how many seconds the chat may be written to; the turn is taken unless that is more than `most`."""
        wait = super().take_turn(address, most)
        if wait > most or not address.startswith("-"):
            return wait
        return max(wait, self._groups.take_turn(address, most))
