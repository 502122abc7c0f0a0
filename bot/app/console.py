"""The console's role: the staff's pages, with the staff's secret key."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from starlette.types import ASGIApp

from bot.app.parts import open_staff
from bot.settings import Settings
from bot.staff.console import create_console
from bot.web.site import Site
from knowledge.catalogue import shipped_catalogue


@contextmanager
def console(settings: Settings) -> Iterator[ASGIApp]:
    """Raises StorageError, SettingsError, KnowledgeError."""
    catalogue = shipped_catalogue()
    with open_staff(settings) as parts:
        yield create_console(
            database=parts.database,
            key=parts.key,
            catalogue=catalogue,
            site=Site(hosts=settings.console_hosts, trusted_proxies=settings.trusted_proxies),
            clock=parts.clock,
            random=parts.random,
            idle=timedelta(minutes=settings.console_idle_minutes),
            sign_in_lasts=timedelta(hours=settings.console_sign_in_hours),
        )
