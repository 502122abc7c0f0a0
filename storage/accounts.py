"""Staff accounts: names, roles, passphrases, one-time codes, and the lock after failed sign-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, select

from storage import tables
from storage.database import Transaction
from storage.errors import AlreadyExists, Expired, LockedOut, NotFound
from storage.sealing import StaffSecretKey

FREE_FAILURES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
FORGIVEN_AFTER = timedelta(hours=24)
"""After so long without one, failures count no more."""


class Role(StrEnum):
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member of staff. `passphrase` is an argon2id hash; the one-time codes' secret is read by `totp_secret`."""

    name: str
    role: Role
    passphrase: str | None
    has_totp: bool
    created_at: datetime
    disabled_at: datetime | None
    locked_until: datetime | None

    @property
    def is_ready(self) -> bool:
        """Whether it can sign in: it has a passphrase and a one-time code, and is not disabled."""
        return self.passphrase is not None and self.has_totp and self.disabled_at is None


def create(t: Transaction, name: str, role: Role, *, now: datetime) -> Account:
    """Raises AlreadyExists; ValueError for a name that is not 1 to 40 letters, digits, dots, dashes or underscores."""
    if not (0 < len(name) <= 40 and name.isascii() and all(sign.isalnum() or sign in "._-" for sign in name)):
        raise ValueError("A staff name has 1 to 40 ASCII letters, digits, dots, dashes or underscores.")
    if t.session.get(tables.Account, name.lower()) is not None:
        raise AlreadyExists("account", name.lower())
    row = tables.Account(name=name.lower(), role=role, created_at=now)
    t.session.add(row)
    t.session.flush()
    return _read(row)


def get(t: Transaction, name: str) -> Account:
    """Raises NotFound."""
    return _read(_load(t, name))


def list_all(t: Transaction) -> tuple[Account, ...]:
    return tuple(_read(row) for row in t.session.exec(select(tables.Account).order_by(col(tables.Account.name))))


def has_ready(t: Transaction, role: Role) -> bool:
    """Whether anybody of this role can sign in."""
    row = tables.Account
    sought = select(row).where(row.role == role, col(row.disabled_at).is_(None))
    return any(_read(found).is_ready for found in t.session.exec(sought))


def set_role(t: Transaction, name: str, role: Role) -> None:
    """Raises NotFound."""
    _load(t, name).role = role


def set_passphrase(t: Transaction, name: str, hashed: str) -> None:
    """The argon2id hash of a new passphrase; failures are forgiven. Raises NotFound."""
    row = _load(t, name)
    row.passphrase, row.failures, row.locked_until = hashed, 0, None


def set_totp(t: Transaction, key: StaffSecretKey, name: str, secret: str) -> None:
    """The secret of the one-time codes, kept under the staff's key. Raises NotFound."""
    row = _load(t, name)
    row.totp, row.totp_step = key.encrypt(_context(row.name), secret.encode()), None


def totp_secret(t: Transaction, key: StaffSecretKey, name: str) -> str | None:
    """Raises NotFound, Undecipherable."""
    row = _load(t, name)
    return None if row.totp is None else key.decrypt(_context(row.name), row.totp).decode()


def use_totp_step(t: Transaction, name: str, step: int) -> None:
    """Note the time step of a code that was right; one used before, or earlier, is Expired. Raises NotFound."""
    row = _load(t, name)
    if row.totp_step is not None and step <= row.totp_step:
        raise Expired("one-time code")
    row.totp_step = step


def forget_credentials(t: Transaction, name: str) -> None:
    """For a reset: neither passphrase nor one-time code any more. Raises NotFound."""
    row = _load(t, name)
    row.passphrase = row.totp = row.totp_step = row.locked_until = None
    row.failures = 0


def check_not_locked(t: Transaction, name: str, *, now: datetime) -> None:
    """Raises LockedOut, NotFound."""
    row = _load(t, name)
    if row.locked_until is not None and row.locked_until > now:
        raise LockedOut(row.name, row.locked_until)


def note_failure(t: Transaction, name: str, *, now: datetime) -> datetime | None:
    """Count a failed sign-in; until when the account is now locked. Each failure beyond five doubles the wait, up to an
    hour; a day without any forgives them. Raises NotFound."""
    row = _load(t, name)
    if row.failed_at is not None and now - row.failed_at >= FORGIVEN_AFTER:
        row.failures = 0
    row.failures, row.failed_at = row.failures + 1, now
    over = row.failures - FREE_FAILURES
    if over >= 0:
        row.locked_until = now + min(FIRST_LOCK * 2 ** min(over, 20), LONGEST_LOCK)
    return row.locked_until


def note_success(t: Transaction, name: str) -> None:
    """Forgive the failures. Raises NotFound."""
    row = _load(t, name)
    row.failures, row.locked_until = 0, None


def disable(t: Transaction, name: str, *, now: datetime) -> None:
    """Nobody signs in with it any more. Raises NotFound."""
    _load(t, name).disabled_at = now


def enable(t: Transaction, name: str) -> None:
    """Raises NotFound."""
    _load(t, name).disabled_at = None


def _load(t: Transaction, name: str) -> tables.Account:
    row = t.session.get(tables.Account, name.lower())
    if row is None:
        raise NotFound("account", name)
    return row


def _read(row: tables.Account) -> Account:
    return Account(
        name=row.name,
        role=Role(row.role),
        passphrase=row.passphrase,
        has_totp=row.totp is not None,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        locked_until=row.locked_until,
    )


def _context(name: str) -> str:
    return f"totp:{name}"
