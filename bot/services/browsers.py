"""Signed-in browsers: who is there, whether they proved it lately, from where; and ending them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.services.approvals import count_waiting
from bot.services.factors import Factor, typed
from bot.services.passkeys import Passkeys
from bot.services.permissions import Act, Actor, require
from bot.services.signin_acts import UNKNOWN, SignInAct, record
from bot.services.signin_errors import Elsewhere, ProofRefused, SignedOut
from bot.services.standing import actor_named
from bot.services.whence import Whence
from bot.settings import Binding
from storage import browsers, limits, signins
from storage.browsers import Browser
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import Expired, NotFound
from storage.sealing import StaffSecretKey

_T = TypeVar("_T")

FRESH = timedelta(minutes=10)
"""For how long a second factor counts as just shown."""
PROOFS = 10
PROOFS_WINDOW = timedelta(minutes=15)


class Stage(StrEnum):
    """How far a browser's sign-in has come."""

    ENROLLING = "enrolling"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Present:
    """Who is there. `is_fresh`: a second factor was shown within ten minutes; `strayed_at`: when one of their sessions
    was last used from elsewhere by who showed none; `waiting`: how many proposals wait for their approval."""

    actor: Actor
    is_fresh: bool
    strayed_at: datetime | None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class OwnBrowser:
    """One of one's own: whether it is this one, and whether it is used from where this one is."""

    browser: Browser
    is_this: bool
    is_here: bool


class Browsers:
    """The use cases. `session` is the secret token of a browser's cookie."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        passkeys: Passkeys,
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
        idle: timedelta = signins.IDLE_LASTS,
        lasts: timedelta = signins.SIGN_IN_LASTS,
        binding: Binding = Binding.NETWORK,
    ) -> None:
        """A session ends after `idle`, at the latest `lasts`, and is bound to where it is used by `binding`."""
        self._database = database
        self._key = key
        self._passkeys = passkeys
        self._clock = clock
        self._random = random
        self._idle = idle
        self._lasts = lasts
        self._binding = binding

    def open(self, t: Transaction, name: str, whence: Whence) -> str:
        """The token of a new session of somebody who just proved who they are, in the caller's unit."""
        return signins.open_session(
            t,
            self._key,
            name,
            Stage.OPEN,
            random=self._random,
            now=self._clock(),
            lasts=self._lasts,
            origin=whence.origin(self._key, self._binding),
            browser=whence.family,
            is_proved=True,
        )

    def account(self, t: Transaction, session: str, stage: Stage, *, is_use: bool = True) -> str:
        """Whose session it is, used now unless not `is_use`. Raises Expired, also for one of another stage."""
        found = signins.use_session(t, self._key, session, now=self._clock(), idle=self._idle, is_use=is_use)
        if found.stage != stage:
            raise Expired("web session")
        return found.account

    async def present(self, session: str, whence: Whence, *, is_use: bool = True) -> Present:
        """Who this browser is signed in as. `is_use`: a person asks, which keeps them signed in; not a page that lies
        open. Raises SignedOut, Elsewhere."""
        origin = whence.origin(self._key, self._binding)

        def unit(t: Transaction) -> Present | None:
            now, name = self._clock(), self.account(t, session, Stage.OPEN, is_use=is_use)
            found = browsers.find(t, self._key, session)
            if found.origin is None:
                browsers.settle(t, self._key, session, origin=origin, browser=whence.family)
            elif found.origin != origin:
                if browsers.stray(t, self._key, session, origin, now=now):
                    record(t, SignInAct.STRAY, name, now=now, random=self._random, by=UNKNOWN)
                return None
            own = browsers.open_ones(t, name, stage=Stage.OPEN, now=now, idle=self._idle)
            strayed = max((one.strayed_at for one in own if one.strayed_at is not None), default=None)
            is_fresh = found.proved_at is not None and now - found.proved_at < FRESH
            actor = actor_named(t, name)
            return Present(actor, is_fresh, strayed, count_waiting(t, actor, now=now))

        there = await self._as_signed_out(unit)
        if there is None:
            raise Elsewhere
        return there

    async def prove(self, session: str, whence: Whence, *, code: str = "", told: str = "") -> None:
        """A second factor again: a typed code, or what a passkey `told`. From now on the session is used from here.

        Raises ProofRefused, and SignedOut, also after too many tries.
        """
        origin = whence.origin(self._key, self._binding)

        def unit(t: Transaction) -> bool | None:
            now, name = self._clock(), self.account(t, session, Stage.OPEN)
            subject = self._key.token_hash(session)
            if limits.hit(t, "staff-proof", subject, window=PROOFS_WINDOW, now=now) > PROOFS:
                signins.revoke_session(t, self._key, session, now=now)
                record(t, SignInAct.END_SESSIONS, name, now=now, random=self._random, by=UNKNOWN)
                return None
            factor = self._factor(t, name, session, code, told)
            if factor is None:
                record(t, SignInAct.REFUSE_PROOF, name, now=now, random=self._random, by=UNKNOWN)
                return False
            browsers.prove(t, self._key, session, now=now)
            browsers.settle(t, self._key, session, origin=origin, browser=whence.family)
            record(t, SignInAct.PROVE, name, now=now, random=self._random, details={"factor": factor})
            return True

        is_proved = await self._as_signed_out(unit)
        if is_proved is None:
            raise SignedOut
        if not is_proved:
            raise ProofRefused

    async def own(self, actor: Actor, session: str) -> tuple[OwnBrowser, ...]:
        """One's own browsers that are signed in, the last used first."""
        require(actor, Act.KEEP_ACCOUNT)

        def query(t: Transaction) -> tuple[OwnBrowser, ...]:
            this = browsers.find(t, self._key, session)
            found = browsers.open_ones(t, actor.name, stage=Stage.OPEN, now=self._clock(), idle=self._idle)
            return tuple(OwnBrowser(one, one.id == this.id, one.origin == this.origin) for one in found)

        return await self._database.read(query)

    async def end(self, actor: Actor, id: str) -> None:  # noqa: A002 - what the owner names it by
        """Sign one of one's own browsers out; again is harmless."""
        require(actor, Act.KEEP_ACCOUNT)

        def unit(t: Transaction) -> None:
            if browsers.end(t, actor.name, id, now=self._clock()):
                record(t, SignInAct.END_SESSIONS, actor.name, now=self._clock(), random=self._random)

        await self._database.write(unit)

    async def end_others(self, actor: Actor, session: str) -> None:
        """Sign out everywhere but here."""
        require(actor, Act.KEEP_ACCOUNT)

        def unit(t: Transaction) -> None:
            if browsers.end_others(t, self._key, actor.name, session, now=self._clock()):
                record(t, SignInAct.END_SESSIONS, actor.name, now=self._clock(), random=self._random)

        await self._database.write(unit)

    async def dismiss(self, actor: Actor) -> None:
        """One has seen that a session was used from elsewhere."""
        require(actor, Act.KEEP_ACCOUNT)
        await self._database.write(lambda t: browsers.dismiss(t, actor.name))

    async def sign_out(self, session: str) -> None:
        """End the session; one that is over already is no fault."""

        def unit(t: Transaction) -> None:
            now = self._clock()
            try:
                name = signins.use_session(t, self._key, session, now=now, idle=self._idle).account
            except Expired:
                return
            signins.revoke_session(t, self._key, session, now=now)
            record(t, SignInAct.SIGN_OUT, name, now=now, random=self._random)

        await self._database.write(unit)

    def _factor(self, t: Transaction, name: str, session: str, code: str, told: str) -> Factor | None:
        if told:
            used = self._passkeys.used(t, session, told)
            return Factor.PASSKEY if used is not None and used.account == name else None
        factor = typed(t, self._key, name, code, now=self._clock())
        if factor is Factor.RECOVERY:
            record(t, SignInAct.USE_RECOVERY, name, now=self._clock(), random=self._random)
        return factor

    async def _as_signed_out(self, unit: Callable[[Transaction], _T]) -> _T:
        try:
            return await self._database.write(unit)
        except (Expired, NotFound) as fault:
            raise SignedOut from fault
