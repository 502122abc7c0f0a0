"""Keeping filters of the queue: one's own, and those that a supervisor shares with all."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.services.permissions import Act, Actor, NotAllowed, require
from bot.services.triage_errors import NameTooLong, TextMissing, TooManyFilters
from storage import audit, saved_filters
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.saved_filters import Saved

_T = TypeVar("_T")

MOST = 20
"""More than a row of tabs holds already."""
LONGEST_NAME = 40


class Filters:
    """Each act leaves its audit entry, without the name: it may say more than it should."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime], random: RandomBytes) -> None:
        self._database = database
        self._clock = clock
        self._random = random

    async def of(self, actor: Actor) -> tuple[Saved, ...]:
        """Those that the actor sees."""
        require(actor, Act.SEE_QUEUE)
        return await self._database.read(lambda t: saved_filters.seen_by(t, actor.name))

    async def save(self, actor: Actor, name: str, chosen: str, *, is_shared: bool) -> None:
        """Keep it under a name; the actor's own of that name gives way. Raises TextMissing, NameTooLong,
        TooManyFilters."""
        require(actor, Act.SAVE_FILTER)
        if is_shared:
            require(actor, Act.SHARE_FILTER)
        named = _checked(name)

        def unit(t: Transaction) -> None:
            number = saved_filters.save(t, actor.name, named, chosen, is_shared=is_shared, now=self._clock())
            if saved_filters.count(t, actor.name) > MOST:
                raise TooManyFilters(MOST)
            self._record(t, actor, Act.SHARE_FILTER if is_shared else Act.SAVE_FILTER, number)

        await self._database.write(unit)

    async def rename(self, actor: Actor, number: int, name: str) -> None:
        """Raises TextMissing, NameTooLong, NotAllowed for another's; storage's NotFound, AlreadyExists."""
        require(actor, Act.SAVE_FILTER)
        named = _checked(name)

        def unit(t: Transaction) -> None:
            self._own(t, actor, number)
            saved_filters.rename(t, number, named)
            self._record(t, actor, Act.SAVE_FILTER, number)

        await self._database.write(unit)

    async def remove(self, actor: Actor, number: int) -> None:
        """Raises NotAllowed for another's, unless it is shared and the actor may share; storage's NotFound."""
        require(actor, Act.SAVE_FILTER)

        def unit(t: Transaction) -> None:
            self._own(t, actor, number)
            saved_filters.remove(t, number)
            self._record(t, actor, Act.REMOVE_FILTER, number)

        await self._database.write(unit)

    def _own(self, t: Transaction, actor: Actor, number: int) -> None:
        found = saved_filters.get(t, number)
        if found.account != actor.name and not (found.is_shared and actor.may(Act.SHARE_FILTER)):
            raise NotAllowed(actor, Act.SAVE_FILTER)

    def _record(self, t: Transaction, actor: Actor, act: Act, number: int) -> None:
        audit.record(t, audit.Entry(self._clock(), actor.name, act, f"filter {number}"), random=self._random)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise TextMissing
    if len(name) > LONGEST_NAME:
        raise NameTooLong(LONGEST_NAME)
    return name
