"""One-time links and signed-in browsers: only hashes of their tokens are kept, under the staff's key.

The citizens' side writes to the same file: with plain hashes, who took it over could let themselves into the console.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, delete, select, update

from storage import tables
from storage.chance import RandomBytes
from storage.database import Transaction
from storage.errors import Expired, NotFound
from storage.sealing import StaffSecretKey

INVITE_LASTS = timedelta(minutes=15)
IDLE_LASTS = timedelta(minutes=30)
SIGN_IN_LASTS = timedelta(hours=12)
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Invite:
    """What a one-time link is for (such as "enrol", "sign-in", "reset")."""

    account: str
    purpose: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser's web session. `stage` says how far its sign-in has come, in the words of whoever opened it."""

    account: str
    stage: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime


def invite(
    t: Transaction,
    key: StaffSecretKey,
    account: str,
    purpose: str,
    *,
    random: RandomBytes,
    now: datetime,
    lasts: timedelta = INVITE_LASTS,
) -> str:
    """Make a one-time token; earlier ones for the same account stop working. Raises NotFound for no such account."""
    if t.session.get(tables.Account, account) is None:
        raise NotFound("account", account)
    t.session.exec(delete(tables.Invite).where(col(tables.Invite.account) == account))
    token = random(TOKEN_BYTES).hex()
    t.session.add(
        tables.Invite(
            token=key.token_hash(token), account=account, purpose=purpose, created_at=now, expires_at=now + lasts
        )
    )
    return token


def look_at_invite(t: Transaction, key: StaffSecretKey, token: str, *, now: datetime) -> Invite:
    """What the link is for, without using it up. Raises Expired."""
    row = _good_invite(t, key, token, now)
    return Invite(row.account, row.purpose, row.expires_at)


def use_invite(t: Transaction, key: StaffSecretKey, token: str, *, now: datetime) -> Invite:
    """Use it up; only once. Raises Expired."""
    row = _good_invite(t, key, token, now)
    row.used_at = now
    return Invite(row.account, row.purpose, row.expires_at)


def open_session(
    t: Transaction,
    key: StaffSecretKey,
    account: str,
    stage: str,
    *,
    random: RandomBytes,
    now: datetime,
    lasts: timedelta = SIGN_IN_LASTS,
    origin: bytes | None = None,
    browser: str | None = None,
    is_proved: bool = False,
) -> str:
    """Make a web session and return its token, which goes into the cookie. Open a new one at each stage: a token known
    before the sign-in must not be worth anything after it. `is_proved`: a second factor was just shown."""
    token = random(TOKEN_BYTES).hex()
    row = tables.WebSession(
        token=key.token_hash(token),
        account=account,
        stage=stage,
        created_at=now,
        used_at=now,
        expires_at=now + lasts,
        proved_at=now if is_proved else None,
        origin=origin,
        browser=browser,
    )
    t.session.add(row)
    t.session.flush()
    return token


def use_session(
    t: Transaction,
    key: StaffSecretKey,
    token: str,
    *,
    now: datetime,
    idle: timedelta = IDLE_LASTS,
    is_use: bool = True,
) -> SignIn:
    """The web session, used now, unless not `is_use`. Raises Expired: unknown, idle too long, over, revoked, or its
    account disabled."""
    row = t.session.get(tables.WebSession, key.token_hash(token))
    if row is None or row.revoked_at is not None or row.expires_at <= now or row.used_at + idle <= now:
        raise Expired("web session")
    account = t.session.get(tables.Account, row.account)
    if account is None or account.disabled_at is not None:
        raise Expired("web session")
    # To the minute: a write with every page would be a write too many.
    if is_use and now - row.used_at >= timedelta(minutes=1):
        row.used_at = now
    return SignIn(row.account, row.stage, row.created_at, row.used_at, row.expires_at)


def revoke_session(t: Transaction, key: StaffSecretKey, token: str, *, now: datetime) -> None:
    """Signed out; again, or unknown, is harmless."""
    row = t.session.get(tables.WebSession, key.token_hash(token))
    if row is not None:
        row.revoked_at = row.revoked_at or now


def revoke_all(t: Transaction, account: str, *, now: datetime) -> int:
    """Sign an account out everywhere; how many sessions that ended."""
    row = tables.WebSession
    live = update(row).where(col(row.account) == account, col(row.revoked_at).is_(None))
    return int(t.session.exec(live.values(revoked_at=now)).rowcount)


def forget(t: Transaction, *, now: datetime) -> int:
    """Delete links and web sessions that are over; how many."""
    links = t.session.exec(delete(tables.Invite).where(col(tables.Invite.expires_at) <= now))
    sessions = t.session.exec(delete(tables.WebSession).where(col(tables.WebSession.expires_at) <= now))
    return int(links.rowcount) + int(sessions.rowcount)


def _good_invite(t: Transaction, key: StaffSecretKey, token: str, now: datetime) -> tables.Invite:
    row = t.session.exec(select(tables.Invite).where(tables.Invite.token == key.token_hash(token))).first()
    if row is None or row.used_at is not None or row.expires_at <= now:
        raise Expired("link")
    return row
