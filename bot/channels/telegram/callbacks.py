"""What stands behind a button: at most 64 bytes that tell nothing, and are good in one chat alone."""

from bot.services.opaque import Opaque

_TAG = 6
_TURN = 4
_LONGEST_ID = 38


class Callbacks:
    """Whoever looks at a phone's traffic or at a copied message learns no answer from it; who makes one up, or sends
    another person's, is known by the tag."""

    def __init__(self, key: bytes) -> None:
        self._opaque = Opaque(key, tag=_TAG)

    def write(self, chat: int, turn: int, button: str) -> str:
        """The same button of the same turn is the same text, in any process."""
        plain = turn.to_bytes(_TURN, "big") + button.encode("ascii")
        assert len(plain) <= _TURN + _LONGEST_ID, button  # noqa: S101 - ids are ours
        return self._opaque.write(chat, plain)

    def read(self, chat: int, data: str) -> tuple[int, str] | None:
        """The turn and the button; None for what was not written here for this chat."""
        plain = self._opaque.read(chat, data)
        if plain is None or len(plain) <= _TURN:
            return None
        return int.from_bytes(plain[:_TURN], "big"), plain[_TURN:].decode("ascii")
