"""How staff come in: one-time links, enrolling, signing in; each leaves its audit entry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from bot.services.browsers import Browsers, Stage
from bot.services.factors import Factor, typed
from bot.services.passes import Passphrases, check_passphrase, new_totp_secret, totp_step
from bot.services.passkeys import Passkeys
from bot.services.signin_acts import UNKNOWN, SignInAct, record
from bot.services.signin_errors import LinkOver, NotRecognised, PasskeyRefused, SignedOut, WrongCode
from bot.services.whence import Whence
from storage import accounts, limits, signins
from storage.accounts import Account
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import Expired, LockedOut, NotFound
from storage.sealing import StaffSecretKey

_T = TypeVar("_T")

ENROL = "enrol"
"""The one purpose of a one-time link: to choose a passphrase and an authenticator, and be signed in with them."""

ATTEMPTS = 20
PASSKEY_ATTEMPTS = 60
"""More, for nobody guesses a passkey: it only keeps strangers from filling the audit log."""
ATTEMPTS_WINDOW = timedelta(minutes=15)
ENROLLING_LASTS = timedelta(minutes=30)


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
        browsers: Browsers,
        passkeys: Passkeys,
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
        passphrases: Passphrases,
    ) -> None:
        """Keep authenticators' secrets under the staff's `key`; who comes in does so in one of `browsers`."""
        self._database = database
        self._key = key
        self._browsers = browsers
        self._passkeys = passkeys
        self._clock = clock
        self._random = random
        self._passphrases = passphrases

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
            self._record(t, SignInAct.USE_LINK, name)
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
            name = self._browsers.account(t, session, Stage.ENROLLING)
            secret = accounts.totp_secret(t, self._key, name)
            if secret is None:
                raise Expired("web session")
            return Enrolling(name, secret)

        return await self._as_signed_out(unit)

    async def enrol(self, session: str, passphrase: str, code: str, *, whence: Whence) -> str:
        """Keep passphrase and authenticator; the token of a new, open session. WeakPassphrase, WrongCode, SignedOut."""
        who = await self.enrolling(session)
        check_passphrase(passphrase, who.name)
        step = totp_step(who.secret, code, self._clock())
        if step is None:
            raise WrongCode
        kept = await self._passphrases.hash(passphrase)

        def unit(t: Transaction) -> str:
            self._browsers.account(t, session, Stage.ENROLLING)
            accounts.set_passphrase(t, who.name, kept)
            accounts.use_totp_step(t, who.name, step)
            signins.revoke_all(t, who.name, now=self._clock())
            self._record(t, SignInAct.ENROL, who.name)
            return self._browsers.open(t, who.name, whence)

        return await self._as_signed_out(unit)

    async def sign_in(
        self, name: str, passphrase: str, code: str, *, whence: Whence, told: str = "", holder: str = ""
    ) -> str:
        """The token of an open session, for the passphrase and a code, or what a passkey `told` the browser `holder`.

        Raises NotRecognised, whatever was wrong, after the same work.
        """
        account = await self._database.write(lambda t: self._admit(t, name, whence))
        is_right = await self._passphrases.is_right(account.passphrase if account else None, passphrase)

        def unit(t: Transaction) -> str | None:
            # A refusal is an answer, not an exception: what is counted here must be kept.
            if account is None:
                self._record(t, SignInAct.REFUSE, UNKNOWN)
                return None
            factor: Factor | None = None
            try:
                accounts.check_not_locked(t, account.name, now=self._clock())
                if is_right:
                    factor = self._factor(t, account, code, holder, told)
            except LockedOut:
                # Not counted: whoever knows a name could keep its owner out for ever.
                pass
            else:
                if factor is None:
                    accounts.note_failure(t, account.name, now=self._clock())
            if factor is None:
                self._record(t, SignInAct.REFUSE, account.name)
                return None
            accounts.note_success(t, account.name)
            self._record(t, SignInAct.SIGN_IN, account.name, factor=factor)
            return self._browsers.open(t, account.name, whence)

        token = await self._database.write(unit)
        if token is None:
            raise NotRecognised
        return token

    async def sign_in_by_passkey(self, told: str, holder: str, *, whence: Whence) -> str:
        """The token of an open session, for a passkey alone, whose authenticator knew its owner.

        An account that is closed for a while after failed tries lets its owner in this way. Raises PasskeyRefused.
        """

        def unit(t: Transaction) -> str | None:
            if self._tries(t, "staff-passkey", whence) > PASSKEY_ATTEMPTS:
                return None
            used = self._passkeys.used(t, holder, told)
            if used is None or not used.is_verified or not accounts.get(t, used.account).is_ready:
                self._record(t, SignInAct.REFUSE, UNKNOWN if used is None else used.account)
                return None
            # What others failed at is not forgiven: they would only have more tries.
            self._record(t, SignInAct.SIGN_IN_BY_PASSKEY, used.account)
            return self._browsers.open(t, used.account, whence)

        token = await self._database.write(unit)
        if token is None:
            raise PasskeyRefused
        return token

    def _factor(self, t: Transaction, account: Account, code: str, holder: str, told: str) -> Factor | None:
        """The second factor of who knows the passphrase, if it is right and nothing changed in the meantime."""
        present = accounts.get(t, account.name)
        if not present.is_ready or present.passphrase != account.passphrase:
            return None
        if told:
            used = self._passkeys.used(t, holder, told)
            return Factor.PASSKEY if used is not None and used.account == account.name else None
        factor = typed(t, self._key, account.name, code, now=self._clock())
        if factor is Factor.RECOVERY:
            self._record(t, SignInAct.USE_RECOVERY, account.name)
        return factor

    def _admit(self, t: Transaction, name: str, whence: Whence) -> Account | None:
        """The account to try, unless too much was tried from there."""
        if self._tries(t, "staff-sign-in", whence) > ATTEMPTS:
            return None
        try:
            return accounts.get(t, name[:80])
        except NotFound:
            return None

    def _tries(self, t: Transaction, action: str, whence: Whence) -> int:
        subject = sha256(whence.door.encode()).digest()
        return limits.hit(t, action, subject, window=ATTEMPTS_WINDOW, now=self._clock())

    def _record(self, t: Transaction, act: SignInAct, name: str, **details: str) -> None:
        record(t, act, name, now=self._clock(), random=self._random, details=details)

    async def _as_signed_out(self, unit: Callable[[Transaction], _T]) -> _T:
        try:
            return await self._database.write(unit)
        except (Expired, NotFound) as fault:
            raise SignedOut from fault
