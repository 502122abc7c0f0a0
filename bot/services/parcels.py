"""One message on its way to a person: all that a channel needs to show it, as the outbox keeps it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.conversation.events import Button, Reply


@dataclass(frozen=True, slots=True)
class Parcel:
    """`standing`: the buttons of every screen, under a turn's last message alone. `turn`: whose buttons these are.

    `leaves`: the last words after the quick way out, in this language; `erases`: what is taken away before them, in
    the channel's own names.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    standing: tuple[Button, ...] = ()
    turn: int | None = None
    silent: bool = False
    leaves: str | None = None
    erases: tuple[str, ...] = ()

    def dump(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def load(cls, body: bytes) -> "Parcel":
        kept: dict[str, Any] = json.loads(body)
        for row in ("buttons", "standing"):
            kept[row] = tuple(Button(**button) for button in kept.get(row, ()))
        return cls(**{**kept, "erases": tuple(kept.get("erases", ()))})


def parcels(replies: tuple[Reply, ...], standing: tuple[Button, ...], turn: int) -> tuple[Parcel, ...]:
    """The replies of a turn."""
    return tuple(
        Parcel(reply.text, reply.buttons, standing if place == len(replies) else (), turn, reply.silent)
        for place, reply in enumerate(replies, start=1)
    )
