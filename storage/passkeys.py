"""Passkeys of accounts, and the challenges that were answered: what an authenticator proves is checked elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select

from storage.account_tables import Passkey as Row
from storage.account_tables import SpentChallenge
from storage.database import Transaction
from storage.errors import AlreadyExists


@dataclass(frozen=True, slots=True)
class Passkey:
    """`id` and `public_key` are the authenticator's; `counter`: how often it says it was used, 0 where it does not."""

    id: bytes
    account: str
    name: str
    public_key: bytes
    counter: int
    created_at: datetime
    used_at: datetime | None = None


def add(t: Transaction, passkey: Passkey) -> None:
    """Raises AlreadyExists where any account has this passkey."""
    if t.session.get(Row, passkey.id) is not None:
        raise AlreadyExists("passkey", passkey.name)
    t.session.add(
        Row(
            id=passkey.id,
            account=passkey.account,
            name=passkey.name,
            public_key=passkey.public_key,
            counter=passkey.counter,
            created_at=passkey.created_at,
        )
    )
    t.session.flush()


def find(t: Transaction, id: bytes) -> Passkey | None:  # noqa: A002 - an authenticator's word for it
    """The passkey, whose ever it is."""
    row = t.session.get(Row, id)
    return None if row is None else _read(row)


def of_account(t: Transaction, account: str) -> tuple[Passkey, ...]:
    """The first made first."""
    rows = t.session.exec(select(Row).where(Row.account == account).order_by(col(Row.created_at), col(Row.id)))
    return tuple(_read(row) for row in rows)


def note_use(t: Transaction, id: bytes, counter: int, *, now: datetime) -> None:  # noqa: A002 - as above
    """Keep what its counter said."""
    row = t.session.get_one(Row, id)
    row.counter, row.used_at = counter, now


def remove(t: Transaction, account: str, id: bytes) -> bool:  # noqa: A002 - as above
    """Whether the account had it."""
    gone = t.session.exec(delete(Row).where(col(Row.account) == account, col(Row.id) == id))
    return bool(gone.rowcount)


def forget_all(t: Transaction, account: str) -> None:
    """For a reset: the account has none any more."""
    t.session.exec(delete(Row).where(col(Row.account) == account))


def spend(t: Transaction, digest: bytes, *, expires_at: datetime) -> bool:
    """Note that a challenge was answered; False where it was before. It is forgotten once it is over by itself."""
    return t.insert_new(SpentChallenge, {"digest": digest, "expires_at": expires_at})


def forget_spent(t: Transaction, *, now: datetime) -> int:
    """Delete the challenges that are over; how many."""
    return int(t.session.exec(delete(SpentChallenge).where(col(SpentChallenge.expires_at) <= now)).rowcount)


def _read(row: Row) -> Passkey:
    return Passkey(row.id, row.account, row.name, row.public_key, row.counter, row.created_at, row.used_at)
