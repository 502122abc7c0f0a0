"""Taking the next tip: the most urgent that nobody holds, of those a reviewer chose to work on."""

from collections.abc import Callable
from datetime import datetime

from bot.services.permissions import Act, Actor, require
from storage import audit, claims
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.queueing import QueueFilter
from storage.tips import Tip


class Taking:
    """Needs no key."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime], random: RandomBytes) -> None:
        self._database = database
        self._clock = clock
        self._random = random

    async def next(self, actor: Actor, which: QueueFilter, *, passing: str | None = None) -> Tip | None:
        """Held by the actor from now on; None where nothing that fits is free. `passing`: any but this one."""
        require(actor, Act.CLAIM)

        def unit(t: Transaction) -> Tip | None:
            now = self._clock()
            tip = claims.take_next(t, which, by=actor.name, now=now, passing=passing)
            if tip is not None:
                audit.record(t, audit.Entry(now, actor.name, Act.CLAIM, tip.id), random=self._random)
            return tip

        return await self._database.write(unit)
