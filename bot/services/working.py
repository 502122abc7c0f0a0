"""Work that waits: asked for in a turn's commit, done by whoever leases it; its result is a later event."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.conversation.events import Event, Paused
from bot.services.exchange import Delivered, Incoming
from storage import work
from storage.database import Database, Transaction
from storage.errors import LeaseLost, StorageError, Undecipherable
from storage.exhibits import NewExhibit
from storage.sealing import CitizensKeys
from storage.work import Task

PAUSE_WORK = "pause"
"""Waiting for the rest of a burst."""

_log = logging.getLogger(__name__)
LEASE = timedelta(seconds=15)
"""Who died with a piece of work keeps the person waiting for so long; who still does it renews its lease."""
_RENEWALS = 15
"""Then it is taken to hang: a download and a reading together give up sooner."""
_AT_ONCE = 64

Unit = Callable[[Transaction], None]


class TakesIn(Protocol):
    async def receive(self, incoming: Incoming, also: Unit | None = None) -> Delivered: ...


class Later(Exception):  # noqa: N818 - what became of a piece of work
    """It cannot be done before so many seconds; it is tried again then."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"Not before {seconds:g} s.")


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose turn asked for it, and for what: `asked` is the kind of work's own."""

    channel: str
    conversation: str
    hint: str | None
    pushes: bool
    asked: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: what the conversation is told, and the files that belong to that."""

    event: Event
    exhibits: Mapping[str, NewExhibit] = field(default_factory=dict)


Result = Callable[[Task, Asker], Awaitable[Found]]
"""Does one kind of work, perhaps not for the first time. Raises Later where it knows when to try again."""


async def wait_over(_task: Task, _asker: Asker) -> Found:
    """The result of a wait that is due."""
    return Found(Paused())


def put_wait(
    t: Transaction, keys: CitizensKeys, incoming: Incoming, conversation: bytes, *, until: datetime, now: datetime
) -> None:
    """Come back to the conversation at `until`."""
    put_work(t, keys, PAUSE_WORK, incoming, conversation, asked={}, run_at=until, now=now)


def put_work(
    t: Transaction,
    keys: CitizensKeys,
    kind: str,
    incoming: Incoming,
    conversation: bytes,
    *,
    asked: Mapping[str, Any],
    run_at: datetime,
    now: datetime,
) -> None:
    """Ask for work for a conversation. `asked` is kept encrypted, as JSON, until it is done."""
    asker = [incoming.channel, incoming.conversation, incoming.hint, incoming.pushes, asked]
    body = keys.encrypt(_context(conversation.hex()), json.dumps(asker).encode())
    work.put(t, kind, conversation.hex(), now=now, body=body, run_at=run_at)


class Worker:
    """Does what is due. Several processes may run one each: a lease keeps each piece to one, and the update's id, which
    is made of the work's, lets its result in once."""

    def __init__(
        self,
        *,
        database: Database,
        citizens: CitizensKeys,
        intake: TakesIn,
        clock: Callable[[], datetime],
        by: str,
        results: Mapping[str, Result],
        after: Callable[[Delivered], None] = lambda _: None,
        at: Callable[[str], None] = lambda _: None,
        at_once: int = _AT_ONCE,
    ) -> None:
        """`by` names this process; `after` hears of each result taken in; `at`, of each point passed, is for tests.
        `at_once`: how much is begun before the first is done."""
        self._database = database
        self._citizens = citizens
        self._intake = intake
        self._clock = clock
        self._by = by
        self._results = dict(results)
        self._after = after
        self._at = at
        self._at_once = at_once

    async def run_once(self) -> bool:
        """Whether there was anything due."""
        kinds, now = self._results.keys(), self._clock()
        if not await self._database.read(lambda t: work.is_due(t, kinds, now)):
            return False
        tasks = await self._database.write(
            lambda t: work.take(t, kinds, by=self._by, now=now, lease=LEASE, limit=self._at_once)
        )
        await asyncio.gather(*(self._do(task) for task in tasks))
        return bool(tasks)

    async def _do(self, task: Task) -> None:
        try:
            delivered = await self._bring_in(task)
        except LeaseLost:
            return
        except Later as later:
            await self._fail(task, type(later).__name__, not_before=timedelta(seconds=later.seconds))
            return
        except Exception as fault:  # noqa: BLE001 - the boundary of a task: it is tried again, and the table says why
            await self._fail(task, type(fault).__name__)
            return
        if delivered.repeated:
            # Its result was taken in, and only this was lost.
            await self._database.write(lambda t: work.finish(t, task, now=self._clock()))
        elif not delivered.kept:
            await self._fail(task, "NotKept")
            return
        self._after(delivered)

    async def _bring_in(self, task: Task) -> Delivered:
        asker = self._read(task)
        async with self._renewed(task):
            found = await self._results[task.kind](task, asker)
        self._at("worked")
        incoming = Incoming(
            asker.channel,
            asker.conversation,
            f"work:{task.id}",
            found.event,
            asker.hint,
            pushes=asker.pushes,
            exhibits=found.exhibits,
        )
        return await self._intake.receive(incoming, lambda t: work.finish(t, task, now=self._clock()))

    @asynccontextmanager
    async def _renewed(self, task: Task) -> AsyncIterator[None]:
        """While inside, nobody else takes it for forsaken."""
        renewing = asyncio.create_task(self._renew(task))
        try:
            yield
        finally:
            renewing.cancel()

    async def _renew(self, task: Task) -> None:
        for _ in range(_RENEWALS):
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await self._database.write(lambda t: work.renew(t, task, until=self._clock() + LEASE))
            except LeaseLost:
                # Another has it now; what comes of it here is not let in.
                return
            except StorageError as fault:
                _log.warning("work %s %d could not be renewed: %s", task.kind, task.id, type(fault).__name__)

    def _read(self, task: Task) -> Asker:
        if task.body is None:
            raise Undecipherable("work")
        # Of an older release, what was asked is left out: it knew of waiting alone.
        channel, conversation, hint, pushes, *asked = json.loads(
            self._citizens.decrypt(_context(task.subject), task.body)
        )
        return Asker(channel, conversation, hint, pushes, *asked)

    async def _fail(self, task: Task, fault: str, *, not_before: timedelta = timedelta()) -> None:
        now = self._clock()
        again = await self._database.write(lambda t: work.fail(t, task, fault, now=now, not_before=now + not_before))
        _log.warning("work %s %d failed: %s; %s", task.kind, task.id, fault, "again later" if again else "given up")


def _context(subject: str) -> str:
    return f"work:{subject}"
