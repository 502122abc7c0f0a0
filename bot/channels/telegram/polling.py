"""Asking for updates: our own loop, for the library's confirms an update before anything is done with it."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any

from bot.channels.telegram.api import Api, NotOurToken, PolledElsewhere, Unreached
from bot.channels.telegram.reading import chat_of
from bot.channels.telegram.taking import Taker
from bot.services.pushing import Gone, Held, Unsendable

_log = logging.getLogger(__name__)
_LONGEST_POLL = 30
_LONGEST_PAUSE = 30.0
_PAUSE_ELSEWHERE = 10.0
_PAUSE_NOT_KEPT = 1.0


class Polling:
    """Chats side by side, each in order. The next request confirms what came before, so it waits for the commits."""

    def __init__(self, api: Api, taker: Taker) -> None:
        self._api = api
        self._taker = taker
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

    async def _ask(self) -> tuple[list[Mapping[str, Any]] | None, float]:
        """The updates, or None; and for how long to rest afterwards."""
        try:
            updates = await self._api.updates(self._offset, _LONGEST_POLL)
        except Held as held:
            return None, held.seconds
        except PolledElsewhere:
            return None, await self._claim()
        except (Unreached, Unsendable, Gone, NotOurToken) as fault:
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
        with suppress(Held, Unreached, Unsendable, Gone, NotOurToken, PolledElsewhere):
            await self._api.drop_webhook()
        self._elsewhere += 1
        return 0.1 if self._elsewhere == 1 else _PAUSE_ELSEWHERE

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> bool:
        """Bring them in, and remember how far all are; whether that is to the end."""
        ordered = sorted(updates, key=lambda update: int(update["update_id"]))
        # Sorted is stable: within a chat the order stays.
        of_chats = groupby(sorted(ordered, key=_order), key=_order)
        stopped = await asyncio.gather(*(self._take_in_order([*group]) for _, group in of_chats))
        first = min((number for number in stopped if number is not None), default=None)
        if first is not None:
            self._offset = max(self._offset, first)
            return False
        # After a quiet week the ids begin anew, perhaps below: once all is confirmed, all that comes is asked for.
        self._offset = int(ordered[-1]["update_id"]) + 1 if ordered else 0
        return True

    async def _take_in_order(self, updates: Sequence[Mapping[str, Any]]) -> int | None:
        """The id of the first that was not kept; none after it was tried."""
        for update in updates:
            if not await self._taker.take(update):
                return int(update["update_id"])
        return None


def _order(update: Mapping[str, Any]) -> int:
    return chat_of(update) or 0
