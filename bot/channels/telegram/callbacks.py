"""What stands behind a button: at most 64 bytes that tell nothing, and are good in one chat alone."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

_TAG = 6
_TURN = 4
_LONGEST_ID = 38


class Callbacks:
    """Whoever looks at a phone's traffic or at a copied message learns no answer from it; who makes one up, or sends
    another person's, is known by the tag."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def write(self, chat: int, turn: int, button: str) -> str:
        """The same button of the same turn is the same text, in any process."""
        plain = turn.to_bytes(_TURN, "big") + button.encode("ascii")
        assert len(plain) <= _TURN + _LONGEST_ID, button  # noqa: S101 - ids are ours
        tag = self._mac(b"tag", chat, plain)[:_TAG]
        return urlsafe_b64encode(tag + self._mask(chat, tag, plain)).decode().rstrip("=")

    def read(self, chat: int, data: str) -> tuple[int, str] | None:
        """The turn and the button; None for what was not written here for this chat."""
        try:
            raw = urlsafe_b64decode(data + "=" * (-len(data) % 4))
        except ValueError:
            return None
        tag, plain = raw[:_TAG], self._mask(chat, raw[:_TAG], raw[_TAG:])
        if len(plain) <= _TURN or not hmac.compare_digest(tag, self._mac(b"tag", chat, plain)[:_TAG]):
            return None
        return int.from_bytes(plain[:_TURN], "big"), plain[_TURN:].decode("ascii")

    def _mask(self, chat: int, tag: bytes, text: bytes) -> bytes:
        stream = self._mac(b"mask", chat, tag)
        return bytes(one ^ other for one, other in zip(text, stream, strict=False))

    def _mac(self, purpose: bytes, chat: int, content: bytes) -> bytes:
        # 64 bytes, more than any text here has.
        return hmac.digest(self._key, b"%s:%d:%s" % (purpose, chat, content), hashlib.sha512)
