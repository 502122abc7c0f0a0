"""The second factor that is typed: the authenticator's code of now, or a recovery code."""

from datetime import datetime
from enum import StrEnum

from bot.services.passes import totp_step
from storage import accounts, recovery
from storage.database import Transaction
from storage.errors import Expired
from storage.sealing import StaffSecretKey


class Factor(StrEnum):
    """What was shown."""

    AUTHENTICATOR = "authenticator"
    RECOVERY = "recovery"
    PASSKEY = "passkey"


def typed(t: Transaction, key: StaffSecretKey, name: str, code: str, *, now: datetime) -> Factor | None:
    """Use the code up; None for one that is wrong or was used. Raises NotFound for no such account."""
    if recovery.looks_like_one(code):
        return Factor.RECOVERY if recovery.use(t, key, name, code, now=now) else None
    secret = accounts.totp_secret(t, key, name)
    step = None if secret is None else totp_step(secret, code, now)
    if step is None:
        return None
    try:
        accounts.use_totp_step(t, name, step)
    except Expired:
        return None
    return Factor.AUTHENTICATOR
