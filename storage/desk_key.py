"""The desk's key: enough to act with, too little to open anything."""

from dataclasses import dataclass
from typing import Self

from storage.sealing import (
    StaffSecretKey,
    decrypt_under,
    encrypt_under,
    fingerprint_of,
    joined,
    keyed_hash,
    subkey,
)


@dataclass(frozen=True, slots=True, repr=False)
class DeskKey:
    """Made of the staff's secret key, and held by the desk in its stead: no report can be opened with it."""

    raw: bytes

    @classmethod
    def of(cls, key: StaffSecretKey) -> Self:
        """The one that belongs to the staff's key: console and staff-jobs need no file of it."""
        return cls(subkey(key.raw, b"staff desk"))

    def token_hash(self, token: str) -> bytes:
        """By what a one-time code is known: whoever can write to the database still cannot make one up."""
        return keyed_hash(subkey(self.raw, b"desk tokens"), b"token", token.encode())

    def pseudonym(self, kind: str, number: str) -> bytes:
        """By what a chat or a person in it is known in the database."""
        return keyed_hash(subkey(self.raw, b"desk chats"), b"chat", joined(kind, number))

    def vouch(self, *parts: str) -> bytes:
        """Proves to staff that the desk wrote this, as `StaffSecretKey.vouch` proves it of the console."""
        return keyed_hash(subkey(self.raw, b"desk vouching"), b"vouch", joined(*parts))

    def encrypt(self, context: str, payload: bytes) -> bytes:
        """`context` says what it is and whose, and is needed again to decrypt."""
        return encrypt_under(subkey(self.raw, b"desk texts"), context, payload)

    def decrypt(self, context: str, encrypted: bytes) -> bytes:
        """Raises Undecipherable."""
        return decrypt_under(subkey(self.raw, b"desk texts"), context, encrypted)

    @property
    def buttons(self) -> bytes:
        """What stands behind buttons is tagged with it."""
        return subkey(self.raw, b"desk buttons")

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(b"desk key", subkey(self.raw, b"desk print"))
