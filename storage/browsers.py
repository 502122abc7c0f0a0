"""The signed-in browsers of an account: where each is used, since when it proved who holds it, and ending them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select, update

from storage import tables
from storage.database import Transaction
from storage.errors import Expired
from storage.sealing import StaffSecretKey
from storage.signins import IDLE_LASTS


@dataclass(frozen=True, slots=True)
class Browser:
    """`id` names it to its owner; `origin` is a keyed hash of where it is used, `browser` a family such as Firefox.
    `strayed_at`: when somebody last used it from elsewhere without proving who they are."""

    id: str
    origin: bytes | None
    browser: str
    created_at: datetime
    used_at: datetime
    proved_at: datetime | None
    strayed_at: datetime | None


def find(t: Transaction, key: StaffSecretKey, token: str) -> Browser:
    """Raises Expired."""
    return _read(_load(t, key, token))


def settle(t: Transaction, key: StaffSecretKey, token: str, *, origin: bytes, browser: str) -> None:
    """From where it is used, from now on. Raises Expired."""
    row = _load(t, key, token)
    row.origin, row.browser, row.stray = origin, browser, None


def prove(t: Transaction, key: StaffSecretKey, token: str, *, now: datetime) -> None:
    """A second factor was just shown in it. Raises Expired."""
    _load(t, key, token).proved_at = now


def stray(t: Transaction, key: StaffSecretKey, token: str, origin: bytes, *, now: datetime) -> bool:
    """It is used from elsewhere; whether that is news, or was noted of this place before. Raises Expired."""
    row = _load(t, key, token)
    is_news = row.stray != origin
    row.stray, row.strayed_at = origin, now
    return is_news


def dismiss(t: Transaction, account: str) -> None:
    """The owner has seen that some were used from elsewhere."""
    row = tables.WebSession
    t.session.exec(update(row).where(col(row.account) == account).values(strayed_at=None))


def open_ones(
    t: Transaction, account: str, *, stage: str, now: datetime, idle: timedelta = IDLE_LASTS
) -> tuple[Browser, ...]:
    """Those that are signed in, the last used first."""
    row = tables.WebSession
    live = select(row).where(
        row.account == account,
        row.stage == stage,
        col(row.revoked_at).is_(None),
        col(row.expires_at) > now,
        col(row.used_at) > now - idle,
    )
    return tuple(_read(found) for found in t.session.exec(live.order_by(col(row.used_at).desc(), col(row.created_at))))


def end(t: Transaction, account: str, id: str, *, now: datetime) -> bool:  # noqa: A002 - what the owner names it by
    """Sign one of the account's browsers out; whether it was signed in."""
    row = tables.WebSession
    for found in t.session.exec(select(row).where(row.account == account, col(row.revoked_at).is_(None))):
        if _id(found) == id:
            found.revoked_at = now
            return True
    return False


def end_others(t: Transaction, key: StaffSecretKey, account: str, token: str, *, now: datetime) -> int:
    """Sign the account out everywhere but here; how many that ended."""
    row = tables.WebSession
    others = update(row).where(
        col(row.account) == account, col(row.revoked_at).is_(None), col(row.token) != key.token_hash(token)
    )
    return int(t.session.exec(others.values(revoked_at=now)).rowcount)


def _load(t: Transaction, key: StaffSecretKey, token: str) -> tables.WebSession:
    row = t.session.get(tables.WebSession, key.token_hash(token))
    if row is None:
        raise Expired("web session")
    return row


def _read(row: tables.WebSession) -> Browser:
    return Browser(_id(row), row.origin, row.browser or "", row.created_at, row.used_at, row.proved_at, row.strayed_at)


def _id(row: tables.WebSession) -> str:
    # Of the hash, not of the token: it opens nothing.
    return row.token[:8].hex()
