"""The two jobs' roles: sweeps run by the clock, and a health check beside them."""

import os
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta

from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot.app.built import Built
from bot.app.metrics import Metrics, watch_citizens, watch_staff
from bot.app.parts import Staff, open_database, open_staff, utc_now
from bot.app.promising import deadlines
from bot.app.retaining import retention
from bot.app.roles import Role
from bot.app.teaching import Teacher
from bot.jobs.citizens import citizens_sweeps
from bot.jobs.runner import Runner, Sweep
from bot.jobs.staff import (
    Handler,
    erase_handler,
    erasures_sweep,
    learning_sweep,
    link_handler,
    ranking_sweep,
    staff_sweeps,
)
from bot.services.learning import Learner
from bot.services.linking import link_tip
from bot.services.ranking import Ranking
from bot.services.readiness import can_save
from bot.settings import Settings
from bot.web.health import health_routes
from knowledge.observables import Extractor, Observable
from knowledge.shipped import PACKAGE, fingerprint
from storage import keyring
from storage.database import Database
from storage.erasures import LIST_FILE
from storage.tips import LINK_WORK
from storage.withdrawals import ERASE_WORK

PUSHING = ("telegram",)
"""Channels that write to people. Named, not imported: the jobs do not pay for their libraries."""


@contextmanager
def citizens_jobs(settings: Settings) -> Iterator[Built]:
    """Raises StorageError. Holds no key at all."""
    with open_database(settings) as database:
        sweeps = citizens_sweeps(database, retention=retention(settings), clock=utc_now)
        metrics = Metrics(Role.CITIZENS_JOBS)
        watch_citizens(metrics.registry, database, PUSHING, utc_now)
        yield Built(_ticking(Role.CITIZENS_JOBS, sweeps, database, utc_now, metrics), metrics=metrics)


@contextmanager
def staff_jobs(settings: Settings) -> Iterator[Built]:
    """Raises StorageError, SettingsError."""
    with open_staff(settings) as parts:
        sweeps = staff_sweeps(
            parts.database,
            handlers=_handlers(parts),
            holder=_holder(Role.STAFF_JOBS),
            rules=retention(settings),
            clock=parts.clock,
            random=parts.random,
        )
        erased = erasures_sweep(parts.database, settings.home / LIST_FILE)
        ranking = ranking_sweep(Ranking(parts.database, deadlines(settings), clock=parts.clock))
        every = (*sweeps, ranking, erased, _learning(parts, settings))
        metrics = Metrics(Role.STAFF_JOBS)
        watch_staff(metrics.registry, parts.database)
        yield Built(_ticking(Role.STAFF_JOBS, every, parts.database, parts.clock, metrics), metrics=metrics)


def _learning(parts: Staff, settings: Settings) -> Sweep:
    teacher = Teacher()
    learner = Learner(
        parts.database,
        parts.key,
        ground=fingerprint(),
        package=str(PACKAGE),
        teach=teacher,
        clock=parts.clock,
        random=parts.random,
    )
    return learning_sweep(learner, every=timedelta(minutes=settings.learn_minutes), stop=teacher.stop)


def _handlers(parts: Staff) -> dict[str, Handler]:
    extractor = Extractor.shipped()

    def read(text: str, country: str | None, written_at: datetime) -> Iterable[Observable]:
        return extractor.extract(text, country=country, now=written_at)

    async def link(tip: str) -> int:
        return await link_tip(parts.database, parts.key, parts.clock, tip, extract=read)

    return {
        LINK_WORK: link_handler(parts.database, link, parts.clock),
        ERASE_WORK: erase_handler(parts.database, parts.clock),
    }


def _ticking(
    role: Role, sweeps: Sequence[Sweep], database: Database, clock: Callable[[], datetime], metrics: Metrics
) -> ASGIApp:
    runners: list[Runner] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        runner = Runner(sweeps, database, holder=_holder(role), clock=clock, watch=metrics)
        runner.start()
        runners.append(runner)
        yield
        await runner.stop()

    async def check() -> bool:
        await database.read(keyring.bound)
        return all(runner.is_well for runner in runners)

    async def ready() -> bool:
        return await check() and await can_save(database, clock)

    return Starlette(routes=health_routes(role, check, ready), lifespan=lifespan)


def _holder(role: Role) -> str:
    """This process, among all that may run the same sweeps on whatever machines."""
    return f"{role}@{socket.gethostname()}:{os.getpid()}"
