"""What is given out and comes back: letters that tell nothing, are good in one chat, and cannot be made up."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode


class Opaque:
    """Masked and tagged under a key. The same content for the same chat is the same text, in any process."""

    def __init__(self, key: bytes, *, tag: int) -> None:
        """`tag`: bytes of it, which is also what sets the mask."""
        self._key = key
        self._tag = tag

    def write(self, chat: int, plain: bytes) -> str:
        """At most 64 bytes; as text a third more than they and the tag."""
        tag = self._mac(b"tag", chat, plain)[: self._tag]
        return _in_letters(tag + self._mask(chat, tag, plain))

    def read(self, chat: int, written: str) -> bytes | None:
        """None for what was not written here for this chat."""
        try:
            raw = urlsafe_b64decode(written + "=" * (-len(written) % 4))
        except ValueError:
            return None
        if _in_letters(raw) != written:
            # The decoder passes over signs that are none of its own: what was written has one form.
            return None
        tag = raw[: self._tag]
        plain = self._mask(chat, tag, raw[self._tag :])
        return plain if hmac.compare_digest(tag, self._mac(b"tag", chat, plain)[: self._tag]) else None

    def _mask(self, chat: int, tag: bytes, text: bytes) -> bytes:
        stream = self._mac(b"mask", chat, tag)
        return bytes(one ^ other for one, other in zip(text, stream, strict=False))

    def _mac(self, purpose: bytes, chat: int, content: bytes) -> bytes:
        # 64 bytes, as many as may be masked.
        return hmac.digest(self._key, b"%s:%d:%s" % (purpose, chat, content), hashlib.sha512)


def _in_letters(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
