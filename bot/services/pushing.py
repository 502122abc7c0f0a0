"""Sends what waits in the outbox of a channel that writes to people: at least once, in order within a conversation."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeAlias, TypeVar

from bot.services.pacing import Pace
from bot.services.together import Together
from bot.services.watching import UNWATCHED, Sent, Watch
from storage import outbox
from storage.database import Database, Transaction
from storage.keys import Encrypts
from storage.outbox import Outgoing
from storage.transaction import Later

_log = logging.getLogger(__name__)
LEASE = timedelta(seconds=15)
"""A message that was taken and not sent by then is taken again; who sends gives up before."""
_LONGEST_SEND = 12.0
_PATIENCE = 2.0
"""Seconds to wait for a person's turn with the message in hand; for longer it goes back."""
_SOON = 1.0
"""Seconds within which what is in hand is begun: what waits for longer would be sent when its lease runs out."""
_AT_ONCE = 48
_MOST_KNOWN = 4096
"""Messages remembered as sent, for turns that began before they were."""
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


_Done: TypeAlias = Sequence[tuple[Outgoing, tuple[str, ...]]]
"""Messages that are there, each with the marks by which it is known."""
Body = TypeVar("Body")
_Taken_contra = TypeVar("_Taken_contra", contravariant=True)


class Sends(Protocol[_Taken_contra]):
    async def send(self, address: str, parcel: _Taken_contra, /) -> tuple[str, ...]:
        """The marks by which it can be taken away. Raises Held, Gone, Unsendable; after others it is tried again."""

    async def erase(self, address: str, marks: tuple[str, ...]) -> None:
        """Take messages away, as far as that can be done."""


class Pusher(Generic[Body]):
    """Of one process; several may send for one channel. `again` is told after how many seconds to look anew."""

    def __init__(
        self,
        *,
        database: Database,
        key: Encrypts,
        clock: Callable[[], datetime],
        channel: str,
        read: Callable[[bytes], Body],
        sends: Sends[Body],
        pace: Pace,
        again: Callable[[float], None] = lambda _: None,
        at: Callable[[str], None] = lambda _: None,
        watch: Watch = UNWATCHED,
    ) -> None:
        """`key` is what the bodies are kept under, `read` makes of one what is sent; `at` hears of each point at which
        this process may end, for tests."""
        self._database = database
        self._key = key
        self._clock = clock
        self._channel = channel
        self._read = read
        self._sends = sends
        self._pace = pace
        self._again = again
        self._at = at
        self._watch = watch
        self._running: set[asyncio.Task[bool]] = set()
        self._last: dict[bytes, asyncio.Task[bool]] = {}
        """Of each conversation that has messages in hand, the task that sends the last of them."""
        self._in_hand: set[int] = set()
        self._settled: OrderedDict[int, None] = OrderedDict()
        self._is_behind = False
        self._keep_settled = Together(self._write_settled)

    async def run_once(self) -> bool:
        """Take what is due and begin to send it; whether there may be more to take now."""
        free = _AT_ONCE - len(self._in_hand)
        now = self._clock()
        waits, due = await self._database.read(lambda t: self._look(t, now))
        # It may wait behind what is in hand here: then it is its turn when that is done.
        self._is_behind = waits
        if not due or free <= 0:
            return False
        taken = await self._database.write(
            lambda t: outbox.take(t, self._key, channel=self._channel, now=now, lease_until=now + LEASE, limit=free)
        )
        for message in taken:
            self._begin((message,))
        return False

    def _look(self, t: Transaction, now: datetime) -> tuple[bool, bool]:
        waits = outbox.is_waiting(t, channel=self._channel, now=now)
        return waits, waits and outbox.is_due(t, channel=self._channel, now=now)

    def hand(self, messages: Sequence[Outgoing], earlier: Collection[int] = ()) -> None:
        """Send at once what was just committed, of one conversation, leased as if it had been taken. `earlier` waited
        before it: where one of them is not in hand here, it all goes back to be taken in its turn."""
        if not messages:
            return
        is_next = all(number in self._in_hand or number in self._settled for number in earlier)
        if is_next and len(self._in_hand) < _AT_ONCE:
            self._begin(messages)
        else:
            self._hold(asyncio.create_task(self._give_back(messages)), messages)

    async def finish(self) -> None:
        """Wait for what was begun."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _begin(self, messages: Sequence[Outgoing]) -> None:
        conversation = messages[0].conversation
        task = asyncio.create_task(self._push_in_order(self._last.get(conversation), messages))
        self._last[conversation] = task
        self._in_hand.update(message.id for message in messages)
        self._hold(task, messages)

    def _hold(self, task: "asyncio.Task[bool]", messages: Sequence[Outgoing]) -> None:
        self._running.add(task)
        task.add_done_callback(lambda _: self._done(task, messages))

    def _done(self, task: "asyncio.Task[bool]", messages: Sequence[Outgoing]) -> None:
        self._running.discard(task)
        if self._last.get(messages[0].conversation) is task:
            del self._last[messages[0].conversation]
        self._in_hand.difference_update(message.id for message in messages)
        if self._is_behind:
            self._again(0)
        if not task.cancelled() and (fault := task.exception()) is not None:
            _log.error("a message to %s could not be settled: %s", self._channel, type(fault).__name__)

    async def _push_in_order(self, before: "asyncio.Task[bool] | None", messages: Sequence[Outgoing]) -> bool:
        """Whether all are done with: then what comes after them may go."""
        until = time.monotonic() + _SOON
        may_go = before is None or await _is_done_with(before)
        done: list[tuple[Outgoing, tuple[str, ...]]] = []
        left = list(messages)
        try:
            while may_go and left and time.monotonic() < until:
                message = left.pop(0)
                marks = await self._push(message)
                may_go = marks is not None
                if marks is not None:
                    done.append((message, marks))
        finally:
            await self._settle(done)
        if left:
            await self._give_back(left)
        return may_go and not left

    async def _push(self, message: Outgoing) -> tuple[str, ...] | None:
        """By what marks it is known, now that it is there; none where it never will be. None where it is not."""
        self._at("leased")
        try:
            if (wait := self._pace.take_turn(message.address, _PATIENCE)) > _PATIENCE:
                await self._later(message, wait)
                return None
            # Hardly ever is there anything to wait for, and every sleep lets all others go first.
            if wait > 0:
                await asyncio.sleep(wait)
            if (wait := self._pace.take_turn_of_all()) > 0:
                await asyncio.sleep(wait)
            async with asyncio.timeout(_LONGEST_SEND):
                marks = await self._sends.send(message.address, self._read(message.body))
        except Held as held:
            self._pace.hold(message.address, held.seconds)
            self._count(message, Sent.HELD)
            await self._later(message, held.seconds)
            return None
        except Gone:
            self._count(message, Sent.GONE)
            # Whatever else waits for them would fail the same way.
            await self._database.write(lambda t: outbox.drop(t, message.conversation, now=self._clock()))
            return None
        except Unsendable as fault:
            self._count(message, Sent.REFUSED)
            _log.error("a message to %s was refused and is given up: %s", self._channel, fault)
            await self._database.write(lambda t: outbox.bury(t, message.id, now=self._clock()))
            return ()
        except Exception as fault:  # noqa: BLE001 - the boundary of a message: whatever it is, it is tried again
            self._count(message, Sent.FAILED)
            _log.warning("a message to %s was not sent: %s", self._channel, type(fault).__name__)
            await self._later(message, min(2.0 ** (message.attempts - 1), _LONGEST_WAIT))
            return None
        self._count(message, Sent.SENT)
        self._at("sent")
        return marks

    def _count(self, message: Outgoing, outcome: Sent) -> None:
        self._watch.pushed(self._channel, outcome, (self._clock() - message.created_at).total_seconds())

    async def _settle(self, done: _Done) -> None:
        if not done:
            return
        wanted = await self._keep_settled(done)
        for (message, marks), is_wanted in zip(done, wanted, strict=True):
            self._remember(message.id)
            if not is_wanted and marks:
                # The person took the quick way out while it was on its way.
                await self._sends.erase(message.address, marks)
            self._at("settled")

    async def _write_settled(self, several: Sequence[_Done]) -> list[list[bool]]:
        now = self._clock()

        def unit(t: Transaction) -> list[list[Later[int]]]:
            return [[outbox.sent(t, self._key, one, marks=marks, now=now) for one, marks in done] for done in several]

        return [[bool(count()) for count in counts] for counts in await self._database.write(unit)]

    def _remember(self, number: int) -> None:
        self._settled[number] = None
        if len(self._settled) > _MOST_KNOWN:
            self._settled.popitem(last=False)

    async def _give_back(self, messages: Sequence[Outgoing]) -> bool:
        """To whoever takes what is due; nobody has to wait until their lease runs out."""
        now = self._clock()

        def unit(t: Transaction) -> None:
            for message in messages:
                outbox.retry(t, message.id, not_before=now)

        await self._database.write(unit)
        self._again(0)
        return False

    async def _later(self, message: Outgoing, seconds: float) -> None:
        not_before = self._clock() + timedelta(seconds=seconds)
        await self._database.write(lambda t: outbox.retry(t, message.id, not_before=not_before))
        self._again(seconds + 0.01)


async def _is_done_with(before: "asyncio.Task[bool]") -> bool:
    await asyncio.wait({before})
    return not before.cancelled() and before.exception() is None and before.result()
