"""One's own recovery codes: ten, made anew and shown once, for when phone and passkeys are gone."""

from collections.abc import Callable
from datetime import datetime

from bot.services.permissions import Act, Actor, require
from bot.services.signin_acts import SignInAct, record
from storage import recovery
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.sealing import StaffSecretKey


class Recovery:
    """The use cases; a code is used where a sign-in or a proof asks for six digits."""

    def __init__(
        self, database: Database, key: StaffSecretKey, *, clock: Callable[[], datetime], random: RandomBytes
    ) -> None:
        """Codes are kept as hashes under the staff's `key`."""
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random

    async def left(self, actor: Actor) -> int:
        """How many are not used."""
        require(actor, Act.KEEP_ACCOUNT)
        return await self._database.read(lambda t: recovery.left(t, actor.name))

    async def make(self, actor: Actor) -> tuple[str, ...]:
        """Ten new ones, shown once; those before are over."""
        require(actor, Act.KEEP_ACCOUNT)

        def unit(t: Transaction) -> tuple[str, ...]:
            codes = recovery.make(t, self._key, actor.name, random=self._random)
            record(t, SignInAct.MAKE_RECOVERY, actor.name, now=self._clock(), random=self._random)
            return codes

        return await self._database.write(unit)
