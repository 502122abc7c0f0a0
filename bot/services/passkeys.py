"""Passkeys of the staff: made and removed on one's own account's page, and used to come in or to prove who one is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services import ceremony
from bot.services.ceremony import PasskeyUnusable, RelyingParty
from bot.services.permissions import Act, Actor, require
from bot.services.signin_acts import SignInAct, record
from bot.services.signin_errors import PasskeyRefused, TooManyPasskeys
from storage import passkeys
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import AlreadyExists
from storage.passkeys import Passkey
from storage.sealing import StaffSecretKey

MOST = 20
LONGEST_NAME = 60
_MAKE, _USE = "make", "use"


@dataclass(frozen=True, slots=True)
class Used:
    """Whose passkey was used just now; `is_verified`: the authenticator knew its owner, by finger, face or PIN."""

    account: str
    is_verified: bool


class Passkeys:
    """The use cases. `holder` is the secret in the browser's cookie: a challenge made for one is no good in another."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        site: RelyingParty | None,
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
    ) -> None:
        """Of `site`; None where browsers allow no passkeys."""
        self._database = database
        self._key = key
        self._site = site
        self._clock = clock
        self._random = random

    def asking(self, holder: str) -> str:
        """What to ask the browser for the use of a passkey, as JSON; empty where there are none."""
        if self._site is None:
            return ""
        return ceremony.assertion_options(self._site, self._challenge(_USE, holder))

    async def making(self, actor: Actor, holder: str) -> str:
        """What to ask the browser to make one, as JSON; empty where there are none."""
        if self._site is None:
            return ""
        known = tuple(one.id for one in await self.list(actor))
        user = self._key.vouch("passkey user", actor.name)
        return ceremony.registration_options(self._site, actor.name, user, self._challenge(_MAKE, holder), known)

    async def list(self, actor: Actor) -> tuple[Passkey, ...]:
        """One's own."""
        require(actor, Act.KEEP_ACCOUNT)
        return await self._database.read(lambda t: passkeys.of_account(t, actor.name))

    async def add(self, actor: Actor, holder: str, name: str, told: str) -> None:
        """Keep what the browser made under a name. Raises PasskeyRefused, TooManyPasskeys."""
        require(actor, Act.KEEP_ACCOUNT)
        if self._site is None:
            raise PasskeyRefused
        try:
            challenge = ceremony.challenge_in(told)
            until = ceremony.check_challenge(self._key, _MAKE, holder, challenge, now=self._clock())
            made = ceremony.read_registration(self._site, told, challenge)
        except PasskeyUnusable as fault:
            raise PasskeyRefused from fault

        def unit(t: Transaction) -> None:
            now = self._clock()
            if not passkeys.spend(t, ceremony.challenge_digest(challenge), expires_at=until):
                raise PasskeyRefused
            known = passkeys.of_account(t, actor.name)
            if len(known) >= MOST:
                raise TooManyPasskeys(MOST)
            called = name.strip()[:LONGEST_NAME] or f"#{len(known) + 1}"
            passkeys.add(t, Passkey(made.id, actor.name, called, made.public_key, made.counter, now))
            record(t, SignInAct.ADD_PASSKEY, actor.name, now=now, random=self._random)

        try:
            await self._database.write(unit)
        except AlreadyExists as fault:
            raise PasskeyRefused from fault

    async def remove(self, actor: Actor, id: str) -> None:  # noqa: A002 - an authenticator's word for it
        """It opens nothing any more; again is harmless. `id` in hexadecimal digits."""
        require(actor, Act.KEEP_ACCOUNT)

        try:
            named = bytes.fromhex(id)
        except ValueError:
            return

        def unit(t: Transaction) -> None:
            if passkeys.remove(t, actor.name, named):
                record(t, SignInAct.REMOVE_PASSKEY, actor.name, now=self._clock(), random=self._random)

        await self._database.write(unit)

    def used(self, t: Transaction, holder: str, told: str) -> Used | None:
        """Whose passkey answered, in the caller's unit; None for an answer that proves nothing, which is kept: a
        challenge is answered once, and a passkey whose counter went back is written down as copied."""
        if self._site is None or not told:
            return None
        now = self._clock()
        try:
            assertion = ceremony.read_assertion(told)
            until = ceremony.check_challenge(self._key, _USE, holder, assertion.challenge, now=now)
            found = passkeys.find(t, assertion.id)
            if found is None or not passkeys.spend(t, ceremony.challenge_digest(assertion.challenge), expires_at=until):
                return None
            proof = ceremony.prove(self._site, assertion, found.public_key)
        except PasskeyUnusable:
            return None
        if (proof.counter or found.counter) and proof.counter <= found.counter:
            record(t, SignInAct.COPIED_PASSKEY, found.account, now=now, random=self._random)
            return None
        passkeys.note_use(t, found.id, proof.counter, now=now)
        return Used(found.account, proof.is_verified)

    def _challenge(self, purpose: str, holder: str) -> bytes:
        return ceremony.new_challenge(self._key, purpose, holder, random=self._random, now=self._clock())
