"""How staff come in: one-time links, enrolling, signing in and out; each leaves its audit entry."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.services.passes import Passphrases, check_passphrase, new_totp_secret, totp_step
from bot.services.permissions import Actor
from bot.services.signin_errors import LinkOver, NotRecognised, SignedOut, WrongCode
from storage import accounts, audit, limits, signins
from storage.accounts import Account, Role
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import Expired, LockedOut, NotFound
from storage.sealing import StaffSecretKey

_T = TypeVar("_T")

ENROL = "enrol"
"""The one purpose of a one-time link: to choose a passphrase and an authenticator, and be signed in with them."""

ATTEMPTS = 20
ATTEMPTS_WINDOW = timedelta(minutes=15)
ENROLLING_LASTS = timedelta(minutes=30)


class Stage(StrEnum):
    """How far a browser's sign-in has come."""

    ENROLLING = "enrolling"
    OPEN = "open"


class Act(StrEnum):
    """What the audit log says of it."""

    USE_LINK = "use-link"
    ENROL = "enrol"
    SIGN_IN = "sign-in"
    REFUSE = "refuse-sign-in"
    SIGN_OUT = "sign-out"


@dataclass(frozen=True, slots=True)
class Enrolling:
    """Who enrols, and the secret for their authenticator."""

    name: str
    secret: str


class SignIns:
    """The use cases. Tokens are secrets: they go into cookies and are never logged."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
        passphrases: Passphrases,
        idle: timedelta = signins.IDLE_LASTS,
        lasts: timedelta = signins.SIGN_IN_LASTS,
    ) -> None:
        """Keep authenticators' secrets under the staff's `key`; a session ends after `idle`, at the latest `lasts`."""
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random
        self._passphrases = passphrases
        self._idle = idle
        self._lasts = lasts

    async def look_at_link(self, token: str) -> None:
        """Whether the link still works, without using it up. Raises LinkOver."""
        try:
            await self._database.read(lambda t: signins.look_at_invite(t, self._key, token, now=self._clock()))
        except Expired as fault:
            raise LinkOver from fault

    async def use_link(self, token: str) -> str:
        """Use the link up and return the token of a session in which to enrol. Raises LinkOver."""

        def unit(t: Transaction) -> str:
            now = self._clock()
            name = signins.use_invite(t, self._key, token, now=now).account
            accounts.set_totp(t, self._key, name, new_totp_secret(self._random))
            self._record(t, Act.USE_LINK, name)
            return signins.open_session(
                t, self._key, name, Stage.ENROLLING, random=self._random, now=now, lasts=ENROLLING_LASTS
            )

        try:
            return await self._database.write(unit)
        except Expired as fault:
            raise LinkOver from fault

    async def enrolling(self, session: str) -> Enrolling:
        """Whose session this is, while they enrol. Raises SignedOut."""

        def unit(t: Transaction) -> Enrolling:
            name = self._session(t, session, Stage.ENROLLING)
            secret = accounts.totp_secret(t, self._key, name)
            if secret is None:
                raise Expired("web session")
            return Enrolling(name, secret)

        return await self._as_signed_out(unit)

    async def enrol(self, session: str, passphrase: str, code: str) -> str:
        """Keep passphrase and authenticator; the token of a new, open session. WeakPassphrase, WrongCode, SignedOut."""
        who = await self.enrolling(session)
        check_passphrase(passphrase, who.name)
        step = totp_step(who.secret, code, self._clock())
        if step is None:
            raise WrongCode
        kept = await self._passphrases.hash(passphrase)

        def unit(t: Transaction) -> str:
            self._session(t, session, Stage.ENROLLING)
            accounts.set_passphrase(t, who.name, kept)
            accounts.use_totp_step(t, who.name, step)
            signins.revoke_all(t, who.name, now=self._clock())
            self._record(t, Act.ENROL, who.name)
            return self._open(t, who.name)

        return await self._as_signed_out(unit)

    async def sign_in(self, name: str, passphrase: str, code: str, *, address: str) -> str:
        """The token of an open session. Raises NotRecognised, whatever was wrong, after the same work."""
        account = await self._database.write(lambda t: self._admit(t, name, address))
        is_right = await self._passphrases.is_right(account.passphrase if account else None, passphrase)

        def unit(t: Transaction) -> str | None:
            # A refusal is an answer, not an exception: what is counted here must be kept.
            if account is None:
                self._record(t, Act.REFUSE, "unknown")
                return None
            try:
                accounts.check_not_locked(t, account.name, now=self._clock())
                token = self._enter(t, account, code) if is_right else None
            except LockedOut:
                # Not counted: whoever knows a name could keep its owner out for ever.
                token = None
            else:
                if token is None:
                    accounts.note_failure(t, account.name, now=self._clock())
            self._record(t, Act.REFUSE if token is None else Act.SIGN_IN, account.name)
            return token

        token = await self._database.write(unit)
        if token is None:
            raise NotRecognised
        return token

    async def actor(self, session: str) -> Actor:
        """Who this browser is signed in as. Raises SignedOut."""

        def unit(t: Transaction) -> Actor:
            return actor_named(t, self._session(t, session, Stage.OPEN))

        return await self._as_signed_out(unit)

    async def sign_out(self, session: str) -> None:
        """End the session; one that is over already is no fault."""

        def unit(t: Transaction) -> None:
            now = self._clock()
            try:
                name = signins.use_session(t, self._key, session, now=now, idle=self._idle).account
            except Expired:
                return
            signins.revoke_session(t, self._key, session, now=now)
            self._record(t, Act.SIGN_OUT, name)

        await self._database.write(unit)

    def _enter(self, t: Transaction, account: Account, code: str) -> str | None:
        """A session for who knows the passphrase, if the code is right too and nothing changed in the meantime."""
        present = accounts.get(t, account.name)
        secret = accounts.totp_secret(t, self._key, account.name)
        if secret is None or not present.is_ready or present.passphrase != account.passphrase:
            return None
        step = totp_step(secret, code, self._clock())
        if step is None:
            return None
        try:
            accounts.use_totp_step(t, account.name, step)
        except Expired:
            return None
        accounts.note_success(t, account.name)
        return self._open(t, account.name)

    def _admit(self, t: Transaction, name: str, address: str) -> Account | None:
        """The account to try, unless this address has tried too often."""
        subject = hashlib.sha256(address.encode()).digest()
        tries = limits.hit(t, "staff-sign-in", subject, window=ATTEMPTS_WINDOW, now=self._clock())
        if tries > ATTEMPTS:
            return None
        try:
            return accounts.get(t, name[:80])
        except NotFound:
            return None

    def _session(self, t: Transaction, token: str, stage: Stage) -> str:
        found = signins.use_session(t, self._key, token, now=self._clock(), idle=self._idle)
        if found.stage != stage:
            raise Expired("web session")
        return found.account

    def _open(self, t: Transaction, name: str) -> str:
        return signins.open_session(
            t, self._key, name, Stage.OPEN, random=self._random, now=self._clock(), lasts=self._lasts
        )

    def _record(self, t: Transaction, act: Act, name: str) -> None:
        audit.record(t, audit.Entry(self._clock(), name, act, f"account:{name}"), random=self._random)

    async def _as_signed_out(self, unit: Callable[[Transaction], _T]) -> _T:
        try:
            return await self._database.write(unit)
        except (Expired, NotFound) as fault:
            raise SignedOut from fault


def actor_named(t: Transaction, name: str) -> Actor:
    """Whoever has the account, with what they may do now. Raises NotFound."""
    account = accounts.get(t, name)
    stands_in = account.role is Role.SUPERVISOR and not accounts.has_ready(t, Role.ADMINISTRATOR)
    return Actor(account.name, account.role, stands_in)
