"""The runner: on time, alone, and honest about failures."""

import asyncio
import logging
from collections.abc import Awaitable, Iterator
from datetime import timedelta

import pytest

from bot.jobs.runner import FAILURES_UNTIL_ILL, LEASE, Runner, Sweep
from storage import locks
from storage.database import Database
from storage.place import Place
from tests.conftest import StoppedClock

SECOND = timedelta(seconds=1)


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    with Database.open(place) as opened:
        yield opened


class Work:
    """Something to sweep."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.runs = 0
        self.fault = fault
        self.has_run = asyncio.Event()

    async def __call__(self) -> None:
        self.runs += 1
        self.has_run.set()
        if self.fault is not None:
            raise self.fault


def runner(database: Database, clock: StoppedClock, *sweeps: Sweep, holder: str = "one") -> Runner:
    return Runner(sweeps, database, holder=holder, clock=clock)


async def test_a_sweep_another_process_runs_is_left_to_it(database: Database, clock: StoppedClock) -> None:
    work = Work()
    sweep = Sweep("tidy", SECOND, work)
    await database.write(lambda t: locks.acquire(t, "tidy", holder="other", now=clock(), lease=LEASE))
    assert not await runner(database, clock).run_once(sweep)
    assert work.runs == 0


async def test_a_dead_runners_lock_runs_out(database: Database, clock: StoppedClock) -> None:
    work = Work()
    await database.write(lambda t: locks.acquire(t, "tidy", holder="dead", now=clock(), lease=LEASE))
    clock.move(LEASE)
    assert await runner(database, clock).run_once(Sweep("tidy", SECOND, work))
    assert work.runs == 1


async def test_the_lock_is_given_back_after_a_run_and_after_a_failure(database: Database, clock: StoppedClock) -> None:
    for fault in (None, ValueError()):
        await runner(database, clock, holder="one").run_once(Sweep("tidy", SECOND, Work(fault)))
        assert await runner(database, clock, holder="two").run_once(Sweep("tidy", SECOND, Work()))


async def test_what_is_not_due_is_not_run(database: Database, clock: StoppedClock) -> None:
    work = Work()
    assert not await runner(database, clock).run_once(Sweep("tidy", SECOND, work, is_due=lambda _t: False))
    assert work.runs == 0


async def test_a_failure_is_logged_by_its_kind_and_place_and_never_by_its_words(
    database: Database, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await runner(database, clock).run_once(Sweep("tidy", SECOND, Work(ValueError("grandmother's account"))))
    assert "sweep tidy failed: ValueError at test_runner.py:" in caplog.text
    assert "grandmother" not in caplog.text


async def test_a_sweep_that_keeps_failing_makes_the_role_ill_and_a_success_makes_it_well(
    database: Database, clock: StoppedClock
) -> None:
    running = runner(database, clock)
    work = Work(ValueError())
    for _ in range(FAILURES_UNTIL_ILL):
        assert running.is_well
        await running.run_once(Sweep("tidy", SECOND, work))
    assert not running.is_well
    work.fault = None
    await running.run_once(Sweep("tidy", SECOND, work))
    assert running.is_well


async def test_started_it_runs_each_sweep_at_once_and_stopped_it_waits_for_them(
    database: Database, clock: StoppedClock
) -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    quick = Work()
    running = runner(
        database, clock, Sweep("slow", timedelta(hours=1), slow), Sweep("quick", timedelta(hours=1), quick)
    )
    running.start()
    await begun.wait()
    await quick.has_run.wait()
    stopping = asyncio.create_task(running.stop())
    may_end.set()
    await stopping
    assert ended.is_set()


async def test_a_long_sweep_is_told_to_end_when_the_runner_stops(database: Database, clock: StoppedClock) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await may_end.wait()

    running = runner(database, clock, Sweep("learning", SECOND, work, stop=may_end.set))
    running.start()
    await begun.wait()
    await running.stop()
    assert running.is_well


async def test_a_long_sweeps_lock_lasts_as_long_as_it_may_run(database: Database, clock: StoppedClock) -> None:
    def take(holder: str) -> Awaitable[bool]:
        return database.write(lambda t: locks.acquire(t, "learning", holder=holder, now=clock(), lease=LEASE))

    async def work() -> None:
        clock.move(LEASE)
        assert not await take("other")

    sweep = Sweep("learning", SECOND, work, longest=timedelta(minutes=15))
    assert await runner(database, clock).run_once(sweep)
