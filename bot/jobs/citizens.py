"""The citizens' jobs: what is over leaves the public side's tables; no key is needed, and nobody is told."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.jobs.runner import Sweep
from storage import exhibits, limits, outbox, sessions, updates
from storage.database import Database, Transaction
from storage.retention import Retention

EXPIRY_EVERY = timedelta(minutes=5)


def citizens_sweeps(database: Database, *, retention: Retention, clock: Callable[[], datetime]) -> Sequence[Sweep]:
    async def expire() -> None:
        now = clock()

        def unit(t: Transaction) -> int:
            return (
                sessions.expire(t, idle_since=now - retention.idle_session, erased_since=now - retention.erased_session)
                + exhibits.expire(t)
                + updates.forget(t, before=now - retention.update)
                + outbox.expire(t, now=now, before=now - retention.outbox, armed_before=now - retention.kept_check)
                + outbox.forget(t, finished_before=now - retention.outbox)
                + limits.forget(t, now=now)
            )

        if await database.write(unit):
            await database.scrub()

    return (Sweep("citizens-expiry", EXPIRY_EVERY, expire),)
