"""One-time recovery codes: shown once, kept as hashes under the staff's key, each good for one sign-in."""

from datetime import datetime

from sqlmodel import col, delete, func, select

from storage.account_tables import RecoveryCode
from storage.chance import RandomBytes
from storage.database import Transaction
from storage.sealing import StaffSecretKey

CODES = 10
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 digits and letters that are not mistaken for one another."""
_LENGTH = 10
"""Signs of five bits each: fifty bits, which nobody guesses through a limited door, or without the key at all."""


def make(t: Transaction, key: StaffSecretKey, account: str, *, random: RandomBytes) -> tuple[str, ...]:
    """Ten new codes such as 7K3M9-QTX2B; all before them are over."""
    forget_all(t, account)
    codes = tuple(_code(random) for _ in range(CODES))
    for code in codes:
        t.session.add(RecoveryCode(code=_hash(key, account, code), account=account))
    t.session.flush()
    return codes


def use(t: Transaction, key: StaffSecretKey, account: str, code: str, *, now: datetime) -> bool:
    """Use a code up, however it is written; False for one that is none or was used."""
    row = t.session.get(RecoveryCode, _hash(key, account, code))
    if row is None or row.account != account or row.used_at is not None:
        return False
    row.used_at = now
    return True


def looks_like_one(code: str) -> bool:
    """Whether it is written as one, so that six digits are not taken for it."""
    return len(_plain(code)) == _LENGTH


def left(t: Transaction, account: str) -> int:
    """How many are not used."""
    row = RecoveryCode
    unused = select(func.count()).select_from(row).where(row.account == account, col(row.used_at).is_(None))
    return t.session.exec(unused).one()


def forget_all(t: Transaction, account: str) -> None:
    """The account has none any more."""
    t.session.exec(delete(RecoveryCode).where(col(RecoveryCode.account) == account))


def _code(random: RandomBytes) -> str:
    # 256 is a multiple of 32, so each sign is as likely as any other.
    signs = "".join(_SIGNS[byte % 32] for byte in random(_LENGTH))
    return f"{signs[:5]}-{signs[5:]}"


def _hash(key: StaffSecretKey, account: str, code: str) -> bytes:
    return key.vouch("recovery code", account, _plain(code))


def _plain(code: str) -> str:
    """Without what people put between; O, I and L as what they are mistaken for."""
    upper = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    return upper.translate(str.maketrans("OIL", "011"))
