"""Runs sweeps on time, one runner at a time among all processes, and knows whether they succeed."""

import asyncio
import logging
import time
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.services.watching import UNWATCHED, Watch
from storage import locks
from storage.database import Database, Transaction
from storage.errors import StorageClosed

_log = logging.getLogger(__name__)

LONGEST_RUN = timedelta(seconds=60)
SPARE = timedelta(seconds=10)
LEASE = LONGEST_RUN + SPARE
"""A runner that died keeps the others out for so long; one that stops in order gives the lock back."""

FAILURES_UNTIL_ILL = 3


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something to do every so often; to do it twice changes nothing more. `is_due`, asked first, spares the lock.

    `longest`: it is given up after so long. `stop` ends one that takes longer than people who stop a service wait.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]
    is_due: Callable[[Transaction], bool] | None = None
    longest: timedelta = LONGEST_RUN
    stop: Callable[[], None] | None = None


class Runner:
    """The sweeps of one process. `holder` names it among all that could run them."""

    def __init__(
        self,
        sweeps: Sequence[Sweep],
        database: Database,
        *,
        holder: str,
        clock: Callable[[], datetime],
        watch: Watch = UNWATCHED,
    ) -> None:
        self._sweeps = tuple(sweeps)
        self._database = database
        self._holder = holder
        self._clock = clock
        self._watch = watch
        self._failures: Counter[str] = Counter()
        self._running = 0
        self._is_idle = asyncio.Event()
        self._is_idle.set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    @property
    def is_well(self) -> bool:
        """Whether no sweep keeps failing."""
        return all(count < FAILURES_UNTIL_ILL for count in self._failures.values())

    def start(self) -> None:
        """Run each sweep now and then on time, on the running event loop."""
        for sweep in self._sweeps:
            # A late run is run, and several late ones are one: sweeps look at what is due, not at how often.
            self._scheduler.add_job(
                self.run_once,
                IntervalTrigger(seconds=sweep.every.total_seconds()),
                args=[sweep],
                id=sweep.name,
                next_run_time=self._clock(),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin no more, and wait for those that run."""
        self._scheduler.pause()
        for sweep in self._sweeps:
            if sweep.stop is not None:
                sweep.stop()
        await self._is_idle.wait()
        self._scheduler.shutdown(wait=False)

    async def run_once(self, sweep: Sweep) -> bool:
        """Whether it ran and succeeded; not when nothing is due or another process runs it. Raises nothing."""
        self._running += 1
        began = time.perf_counter()
        self._is_idle.clear()
        try:
            async with asyncio.timeout(sweep.longest.total_seconds()):
                has_run = await self._run_alone(sweep)
        except StorageClosed:
            return False
        except Exception as fault:  # noqa: BLE001 - the boundary of a sweep: the next run tries again, health tells
            self._failures[sweep.name] += 1
            self._watch.swept(sweep.name, time.perf_counter() - began, failed=True)
            _log.error("sweep %s failed: %s at %s", sweep.name, type(fault).__name__, _place(fault))
            return False
        else:
            self._failures[sweep.name] = 0
            if has_run:
                self._watch.swept(sweep.name, time.perf_counter() - began, failed=False)
            return has_run
        finally:
            self._running -= 1
            if not self._running:
                self._is_idle.set()

    async def _run_alone(self, sweep: Sweep) -> bool:
        if sweep.is_due is not None and not await self._database.read(sweep.is_due):
            return False
        if not await self._database.write(lambda t: self._acquire(t, sweep)):
            return False
        try:
            await sweep.run()
        finally:
            await self._database.write(lambda t: locks.release(t, sweep.name, holder=self._holder))
        return True

    def _acquire(self, t: Transaction, sweep: Sweep) -> bool:
        return locks.acquire(t, sweep.name, holder=self._holder, now=self._clock(), lease=sweep.longest + SPARE)


def _place(fault: BaseException) -> str:
    """Where it happened, from the inside out; never its message, which may hold what was told."""
    frames = traceback.extract_tb(fault.__traceback__)[-3:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
