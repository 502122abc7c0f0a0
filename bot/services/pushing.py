"""Sends what waits in the outbox of a channel that writes to people: at least once, in order within a conversation."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.services.pacing import Pace
from bot.services.parcels import Parcel
from bot.services.watching import UNWATCHED, Sent, Watch
from storage import outbox
from storage.database import Database
from storage.outbox import Outgoing
from storage.sealing import CitizensKeys

_log = logging.getLogger(__name__)
_LEASE = timedelta(seconds=15)
"""A message that was taken and not sent by then is taken again; who sends gives up before."""
_LONGEST_SEND = 12.0
_PATIENCE = 2.0
"""Seconds to wait for a person's turn with the message in hand; for longer it goes back."""
_AT_ONCE = 48
_LONGEST_WAIT = 60.0


class Held(Exception):  # noqa: N818 - what the channel answers
    """Not before so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"The channel is to be left alone for {seconds:g} s.")


class Gone(Exception):  # noqa: N818 - what the channel answers
    """The person cannot be written to any more: they blocked the bot, or are not there."""


class Unsendable(Exception):  # noqa: N818 - what the channel answers
    """The channel will never take this message."""


class Sends(Protocol):
    async def send(self, address: str, parcel: Parcel) -> tuple[str, ...]:
        """The marks by which it can be taken away. Raises Held, Gone, Unsendable; after others it is tried again."""

    async def erase(self, address: str, marks: tuple[str, ...]) -> None:
        """Take messages away, as far as that can be done."""


class Pusher:
    """Of one process; several may send for one channel. `again` is told after how many seconds to look anew."""

    def __init__(
        self,
        *,
        database: Database,
        citizens: CitizensKeys,
        clock: Callable[[], datetime],
        channel: str,
        sends: Sends,
        pace: Pace,
        again: Callable[[float], None] = lambda _: None,
        at: Callable[[str], None] = lambda _: None,
        watch: Watch = UNWATCHED,
    ) -> None:
        """`at` hears of each point at which this process may end, for tests."""
        self._database = database
        self._citizens = citizens
        self._clock = clock
        self._channel = channel
        self._sends = sends
        self._pace = pace
        self._again = again
        self._at = at
        self._watch = watch
        self._running: set[asyncio.Task[None]] = set()

    async def run_once(self) -> bool:
        """Take what is due and begin to send it; whether there may be more to take now."""
        free = _AT_ONCE - len(self._running)
        if free <= 0:
            return False
        now = self._clock()
        if not await self._database.read(lambda t: outbox.is_due(t, channel=self._channel, now=now)):
            return False
        taken = await self._database.write(
            lambda t: outbox.take(
                t, self._citizens, channel=self._channel, now=now, lease_until=now + _LEASE, limit=free
            )
        )
        for message in taken:
            task = asyncio.create_task(self._push(message))
            self._running.add(task)
            task.add_done_callback(self._done)
        return False

    async def finish(self) -> None:
        """Wait for what was begun."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        # The next message of the same conversation may go now.
        self._again(0)
        if not task.cancelled() and (fault := task.exception()) is not None:
            _log.error("a message to %s could not be settled: %s", self._channel, type(fault).__name__)

    async def _push(self, message: Outgoing) -> None:
        self._at("leased")
        try:
            if (wait := self._pace.take_turn(message.address, _PATIENCE)) > _PATIENCE:
                await self._later(message, wait)
                return
            await asyncio.sleep(wait)
            await asyncio.sleep(self._pace.take_turn_of_all())
            async with asyncio.timeout(_LONGEST_SEND):
                marks = await self._sends.send(message.address, Parcel.load(message.body))
        except Held as held:
            self._pace.hold(message.address, held.seconds)
            self._count(message, Sent.HELD)
            await self._later(message, held.seconds)
        except Gone:
            self._count(message, Sent.GONE)
            # Whatever else waits for them would fail the same way.
            await self._database.write(lambda t: outbox.drop(t, message.conversation, now=self._clock()))
        except Unsendable as fault:
            self._count(message, Sent.REFUSED)
            _log.error("a message to %s was refused and is given up: %s", self._channel, fault)
            await self._database.write(lambda t: outbox.bury(t, message.id, now=self._clock()))
        except Exception as fault:  # noqa: BLE001 - the boundary of a message: whatever it is, it is tried again
            self._count(message, Sent.FAILED)
            _log.warning("a message to %s was not sent: %s", self._channel, type(fault).__name__)
            await self._later(message, min(2.0 ** (message.attempts - 1), _LONGEST_WAIT))
        else:
            self._count(message, Sent.SENT)
            self._at("sent")
            await self._settle(message, marks)
            self._at("settled")

    def _count(self, message: Outgoing, outcome: Sent) -> None:
        self._watch.pushed(self._channel, outcome, (self._clock() - message.created_at).total_seconds())

    async def _settle(self, message: Outgoing, marks: tuple[str, ...]) -> None:
        now = self._clock()
        is_wanted = await self._database.write(lambda t: outbox.sent(t, self._citizens, message, marks=marks, now=now))
        if not is_wanted and marks:
            # The person took the quick way out while it was on its way.
            await self._sends.erase(message.address, marks)

    async def _later(self, message: Outgoing, seconds: float) -> None:
        not_before = self._clock() + timedelta(seconds=seconds)
        await self._database.write(lambda t: outbox.retry(t, message.id, not_before=not_before))
        self._again(seconds + 0.01)
