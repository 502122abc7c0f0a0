"""The staff's jobs: the audit chain, work asked for by filings and withdrawals, claims that ran out, retention."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.jobs.runner import Sweep
from bot.services.learning import ACTOR, Learner
from bot.services.ranking import Ranking
from storage import audit, claims, erasures, retention, withdrawals, work
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import LeaseLost, NotFound
from storage.retention import Retention
from storage.work import Task

_log = logging.getLogger(__name__)

AT_ONCE = 20
"""Tasks leased at a time: few enough to be done well within the lease."""
TASK_LEASE = timedelta(minutes=2)
TIPS_A_SWEEP = 200
LONGEST_LEARNING = timedelta(minutes=15)

Handler = Callable[[Task], Awaitable[None]]
"""Does one piece of work and finishes it; it may be given the same again."""


def staff_sweeps(
    database: Database,
    *,
    handlers: Mapping[str, Handler],
    holder: str,
    rules: Retention,
    clock: Callable[[], datetime],
    random: RandomBytes,
) -> Sequence[Sweep]:
    async def chain() -> None:
        while await database.write(audit.chain):
            pass

    async def do_work() -> None:
        tasks = await database.write(
            lambda t: work.take(t, handlers.keys(), by=holder, now=clock(), lease=TASK_LEASE, limit=AT_ONCE)
        )
        for task in tasks:
            await _do(task, handlers[task.kind], database, clock)

    async def free_claims() -> None:
        await database.write(lambda t: _free_claims(t, now=clock(), random=random))

    async def retain() -> None:
        now = clock()
        while True:
            swept = await database.write(lambda t: retention.sweep(t, now=now, retention=rules, limit=TIPS_A_SWEEP))
            if swept.tips < TIPS_A_SWEEP:
                break
        await database.scrub()

    return (
        Sweep("audit-chain", timedelta(seconds=1), chain, is_due=lambda t: audit.unchained_count(t) > 0),
        Sweep("staff-work", timedelta(seconds=1), do_work, is_due=lambda t: work.is_due(t, handlers.keys(), clock())),
        Sweep("claims", timedelta(minutes=1), free_claims),
        Sweep("retention", timedelta(minutes=10), retain),
    )


def learning_sweep(learner: Learner, *, every: timedelta, stop: Callable[[], None]) -> Sweep:
    """Learns from what was confirmed, when there is something new."""
    return Sweep("learning", every, learner.run, is_due=learner.is_due, longest=LONGEST_LEARNING, stop=stop)


def ranking_sweep(ranking: Ranking) -> Sweep:
    """Keeps the queue in order as time goes on."""
    return Sweep("ranking", timedelta(seconds=1), ranking.run, is_due=ranking.is_due)


def erasures_sweep(database: Database, file: Path) -> Sweep:
    """Keeps the list of what was erased, which a restored copy is held against."""

    async def note() -> None:
        listed = erasures.read(file)
        erased = await database.read(lambda t: erasures.since(t, listed[-1].at if listed else None))
        erasures.note(file, erased)

    return Sweep("erased-list", timedelta(minutes=1), note)


def erase_handler(database: Database, clock: Callable[[], datetime]) -> Handler:
    """Erases what a withdrawn tip held, at once and out of the log files too."""

    async def erase(task: Task) -> None:
        def unit(t: Transaction) -> None:
            now = clock()
            withdrawals.erase_content(t, task.subject, now=now)
            work.finish(t, task, now=now)

        await database.write(unit)
        await database.scrub()

    return erase


def link_handler(
    database: Database, link: Callable[[str], Awaitable[object]], clock: Callable[[], datetime]
) -> Handler:
    """Writes a tip's linking hashes anew."""

    async def handle(task: Task) -> None:
        await link(task.subject)
        await database.write(lambda t: work.finish(t, task, now=clock()))

    return handle


async def _do(task: Task, handler: Handler, database: Database, clock: Callable[[], datetime]) -> None:
    try:
        await handler(task)
    except LeaseLost:
        return
    except NotFound:
        # The tip is gone, and its work with it.
        await database.write(lambda t: work.finish(t, task, now=clock()))
    except Exception as fault:  # noqa: BLE001 - the boundary of a task: it is tried again, and the table says why
        name = type(fault).__name__
        again = await database.write(lambda t: work.fail(t, task, name, now=clock()))
        _log.warning("work %s %d failed: %s; %s", task.kind, task.id, name, "again later" if again else "given up")


def _free_claims(t: Transaction, *, now: datetime, random: RandomBytes) -> None:
    for tip in claims.release_expired(t, now=now):
        audit.record(t, audit.Entry(now, ACTOR, "release-tip", tip), random=random)
