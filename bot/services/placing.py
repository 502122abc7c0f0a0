"""The groups that the desk's notices go to, as the console sees them: which there are, and having one hear no more."""

from collections.abc import Callable
from datetime import datetime

from bot.services.permissions import Act, Actor, require
from storage import audit, desk_places
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.desk_key import DeskKey
from storage.desk_places import Place


class Placing:
    """The use cases. A group begins to hear by a command in the group itself, at the desk."""

    def __init__(self, database: Database, key: DeskKey, *, clock: Callable[[], datetime], random: RandomBytes) -> None:
        """`key` proves which groups the desk wrote."""
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random

    async def places(self, actor: Actor) -> tuple[Place, ...]:
        """All of them, the first bound first."""
        require(actor, Act.PLACE_DESK)
        return await self._database.read(lambda t: desk_places.every(t, self._key))

    async def leave(self, actor: Actor, chat: int) -> None:
        """No more notices there; again is harmless."""
        require(actor, Act.PLACE_DESK)

        def unit(t: Transaction) -> None:
            now = self._clock()
            if desk_places.unbind(t, self._key, chat, now=now):
                entry = audit.Entry(now, actor.name, Act.PLACE_DESK, "desk:group")
                audit.record(t, entry, random=self._random)

        await self._database.write(unit)
