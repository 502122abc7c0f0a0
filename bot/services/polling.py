"""Asking the Bot API for updates, for both bots: our own loop, for the libraries' confirm an update before anything is
done with it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any, Protocol, TypeVar

from bot.services.pushing import Gone, Held, Unsendable

_log = logging.getLogger(__name__)
_LONGEST_POLL = 30
_LONGEST_PAUSE = 30.0
_PAUSE_ELSEWHERE = 10.0
_PAUSE_NOT_KEPT = 1.0

T = TypeVar("T")
Update = Mapping[str, Any]


class NotOurToken(Exception):  # noqa: N818 - what the Bot API answers
    """The token is not known there."""


class PolledElsewhere(Exception):  # noqa: N818 - what the Bot API answers
    """Another process asks for the updates of this bot, or they go to a webhook."""


class Unreached(Exception):  # noqa: N818 - what became of a call
    """No answer, or none that can be used."""


REFUSALS = (Unreached, Unsendable, Gone, NotOurToken)
"""What a call may end with, besides being told to wait."""


class GivesUpdates(Protocol):
    """The two calls of the Bot API that are needed; they raise Held, PolledElsewhere and REFUSALS."""

    async def updates(self, offset: int, seconds: int) -> list[Update]:
        """Those from `offset` on, which confirms the ones before; waits so many seconds for the first."""

    async def drop_webhook(self) -> None:
        """From now on they can be asked for."""


class Polling:
    """The next request confirms what came before, so it waits for the commits."""

    def __init__(
        self, api: GivesUpdates, take: Callable[[Update], Awaitable[bool]], chat: Callable[[Update], int] = lambda _: 0
    ) -> None:
        """`take` says whether an update was taken in for good; else it is delivered again.

        Those of one `chat` are taken one after another, chats side by side; where it is not told, all of them are.
        """
        self._api = api
        self._take = take
        self._chat = chat
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

    async def take(self, updates: Sequence[Update]) -> bool:
        """Bring them in, and remember how far all are; whether that is to the end."""
        ordered = sorted(updates, key=lambda update: int(update["update_id"]))
        # Sorted is stable: within a chat the order stays.
        chats = groupby(sorted(ordered, key=self._chat), key=self._chat)
        stopped = await asyncio.gather(*(self._take_in_order([*group]) for _, group in chats))
        first = min((number for number in stopped if number is not None), default=None)
        if first is not None:
            self._offset = max(self._offset, first)
            return False
        # After a quiet week the ids begin anew, perhaps below: once all is confirmed, all that comes is asked for.
        self._offset = int(ordered[-1]["update_id"]) + 1 if ordered else 0
        return True

    async def _take_in_order(self, updates: Sequence[Update]) -> int | None:
        """The id of the first that was not kept; none after it was tried."""
        for update in updates:
            if not await self._take(update):
                return int(update["update_id"])
        return None

    async def _ask(self) -> tuple[list[Update] | None, float]:
        """The updates, or None; and for how long to rest afterwards."""
        try:
            updates = await self._api.updates(self._offset, _LONGEST_POLL)
        except Held as held:
            return None, held.seconds
        except PolledElsewhere:
            return None, await self._claim()
        except REFUSALS as fault:
            self._failures += 1
            pause = _pause_after(self._failures)
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


async def again_until_done(what: str, call: Callable[[], Awaitable[T]]) -> T:
    """However long it takes; each failure is logged by its kind."""
    failures = 0
    while True:
        try:
            return await call()
        except Held as held:
            pause = held.seconds
        except (PolledElsewhere, *REFUSALS) as fault:
            failures += 1
            pause = _pause_after(failures)
            _log.warning("%s failed (%s); tried again in %g s", what, type(fault).__name__, pause)
        await asyncio.sleep(pause)


def _pause_after(failures: int) -> float:
    return float(min(0.5 * 2.0 ** (failures - 1), _LONGEST_PAUSE))
