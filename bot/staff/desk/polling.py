"""Asking for updates: our own loop, which confirms an update only once what it asked for is on disk."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from bot.services.pushing import Gone, Held, Unsendable
from bot.staff.desk.api import Api, Moved, NotOurToken, PolledElsewhere, Unreached

_log = logging.getLogger(__name__)
_LONGEST_POLL = 30
_LONGEST_PAUSE = 30.0
_PAUSE_ELSEWHERE = 10.0
_PAUSE_NOT_KEPT = 1.0

REFUSALS = (Unreached, Unsendable, Gone, NotOurToken, Moved)

Take = Callable[[Mapping[str, Any]], Awaitable[bool]]
"""Whether the update was taken in for good; else it is to be delivered again."""


class Polling:
    """In order, one after another: staff are few, and what two of them press at once has an order."""

    def __init__(self, api: Api, take: Take) -> None:
        self._api = api
        self._take = take
        self._offset = 0
        self._failures = 0
        self._elsewhere = 0
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Ask no more, and finish what came. What is not confirmed by then is delivered again, and known."""
        self._stopping.set()

    async def run(self) -> None:
        """Until stopped."""
        stopped = asyncio.create_task(self._stopping.wait())
        while not self._stopping.is_set():
            asked = asyncio.create_task(self._ask())
            await asyncio.wait({asked, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                asked.cancel()
                break
            updates, pause = asked.result()
            if updates is not None and not await self.take(updates):
                pause = _PAUSE_NOT_KEPT
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(stopped), pause)
        stopped.cancel()

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> bool:
        """Bring them in, and remember how far all are; whether that is to the end."""
        for update in sorted(updates, key=lambda one: int(one["update_id"])):
            number = int(update["update_id"])
            if not await self._take(update):
                self._offset = max(self._offset, number)
                return False
            self._offset = number + 1
        # After a quiet week the ids begin anew, perhaps below: once all is confirmed, all that comes is asked for.
        self._offset = self._offset if updates else 0
        return True

    async def _ask(self) -> tuple[list[Mapping[str, Any]] | None, float]:
        """The updates, or None; and for how long to rest afterwards."""
        try:
            updates = await self._api.updates(self._offset, _LONGEST_POLL)
        except Held as held:
            return None, held.seconds
        except PolledElsewhere:
            return None, await self._claim()
        except REFUSALS as fault:
            self._failures += 1
            pause = min(0.5 * 2.0 ** (self._failures - 1), _LONGEST_PAUSE)
            _log.warning("no updates (%s); asked again in %g s", type(fault).__name__, pause)
            return None, pause
        self._failures = self._elsewhere = 0
        return updates, 0

    async def _claim(self) -> float:
        """A webhook that was set before keeps updates from being asked for; another process that asks, too."""
        _log.warning(
            "updates go elsewhere: a webhook of before is dropped; another process that asks has to be stopped"
        )
        with suppress(Held, PolledElsewhere, *REFUSALS):
            await self._api.drop_webhook()
        self._elsewhere += 1
        return 0.1 if self._elsewhere == 1 else _PAUSE_ELSEWHERE
