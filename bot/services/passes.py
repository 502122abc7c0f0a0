"""Passphrases and one-time codes: the rule, and the slow or delicate part of checking them."""

import asyncio
import hmac
import unicodedata
from base64 import b32encode
from datetime import datetime

import pyotp

from bot.services.signin_errors import WeakPassphrase
from storage.chance import RandomBytes
from storage.sealing import MODERATE, KeyCost, hash_passphrase, verify_passphrase

SHORTEST = 14
LONGEST = 256
_KINDS = 6
_STEP_SECONDS = 30
# Each check holds 256 MiB for most of a second; more at once would let strangers exhaust the machine.
_AT_ONCE = 2


class Passphrases:
    """Argon2id off the event loop, a few at a time."""

    def __init__(self, cost: KeyCost = MODERATE) -> None:
        """Hash at `cost`; tests take a cheaper one."""
        self._cost = cost
        self._door = asyncio.Semaphore(_AT_ONCE)
        self._nobodys: str | None = None

    async def hash(self, passphrase: str) -> str:
        """The hash to keep."""
        async with self._door:
            return await asyncio.to_thread(hash_passphrase, passphrase, cost=self._cost)

    async def is_right(self, kept: str | None, passphrase: str) -> bool:
        """Whether it is the one; where none is kept, the answer (no) takes just as long."""
        if kept is None and self._nobodys is None:
            self._nobodys = await self.hash("nobody signs in with this")
        async with self._door:
            is_same = await asyncio.to_thread(verify_passphrase, kept or self._nobodys or "", passphrase[:LONGEST])
        return is_same and kept is not None


def check_passphrase(passphrase: str, name: str) -> None:
    """Raise WeakPassphrase unless it keeps the rule."""
    plain = unicodedata.normalize("NFKC", passphrase)
    is_long = SHORTEST <= len(plain) <= LONGEST
    if not is_long or len(set(plain)) < _KINDS or plain.replace(name, "").strip() == "":
        raise WeakPassphrase


def new_totp_secret(random: RandomBytes) -> str:
    """160 random bits in the form authenticators take."""
    return b32encode(random(20)).decode()


def totp_address(secret: str, name: str) -> str:
    """What the QR code says to an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Fanzha")


def totp_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, among the present one and its neighbours; None for a wrong code."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", code) if not sign.isspace())
    present = int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode()):
            return step
    return None
