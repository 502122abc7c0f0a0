"""Run one role in this process; its parts are imported only here, so that no role pays for another's."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager

from bot.app.built import Built
from bot.app.endpoints import endpoint, metrics_endpoint
from bot.app.logs import start_logging
from bot.app.metrics import Metrics, scraped
from bot.app.roles import Role
from bot.app.serving import listen, serve
from bot.settings import Settings


def run_role(
    role: Role, settings: Settings, *, is_supervised: bool, when_ready: Callable[[Sequence[str]], None]
) -> None:
    """Until the process is told to stop; `when_ready` is given the role's notices.

    Raises Fault, StorageError, SettingsError, KnowledgeError.
    """
    start_logging(settings.log_level)
    watched = metrics_endpoint(role, settings)
    with ExitStack() as stack:
        # First, for it fails fastest.
        listener = stack.enter_context(listen(endpoint(role, settings)))
        scraper = None if watched is None else stack.enter_context(listen(watched))
        with _kept_for_good():
            built = stack.enter_context(_builder(role)(settings))
        metrics = built.metrics or Metrics(role)
        stack.enter_context(scraped(metrics.registry, scraper))
        serve(
            metrics.around(built.app),
            listener,
            is_supervised=is_supervised,
            when_ready=lambda: when_ready(built.notices),
            when_stopping=built.when_stopping,
        )


_SELDOM = 10_000, 20, 20
"""Made before it is looked for what to throw away. A turn makes thousands of things, none of which it leaves behind: at
Python's own 700 a fiftieth of its time went into looking (by hand)."""


@contextmanager
def _kept_for_good() -> Iterator[None]:
    """What is read at the start stays: to look through it for what to throw away takes a fifth of the start, and long
    pauses later."""
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_SELDOM)
        gc.enable()


def _builder(role: Role) -> Callable[[Settings], AbstractContextManager[Built]]:
    # ruff: noqa: PLC0415 - as this module's sentence says
    match role:
        case Role.CITIZENS:
            from bot.app.citizens import citizens

            return citizens
        case Role.CONSOLE:
            from bot.app.console import console

            return console
        case Role.CITIZENS_JOBS:
            from bot.app.jobs import citizens_jobs

            return citizens_jobs
        case Role.STAFF_JOBS:
            from bot.app.jobs import staff_jobs

            return staff_jobs
        case Role.DESK:
            from bot.app.desk import desk

            return desk
