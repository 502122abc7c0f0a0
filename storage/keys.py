"""What several kinds of keys can do, for what is the same under any of them."""

from typing import Protocol


class Encrypts(Protocol):
    """A key that hides what waits: the citizens', or the desk's."""

    def encrypt(self, context: str, payload: bytes) -> bytes: ...

    def decrypt(self, context: str, encrypted: bytes) -> bytes:
        """Raises Undecipherable."""
        ...


class Vouches(Protocol):
    """A key that proves who wrote something: the staff's, or the desk's."""

    def vouch(self, *parts: str) -> bytes: ...
