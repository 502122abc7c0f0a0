"""The console's role: the staff's pages, with the staff's secret key."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.app.built import Built
from bot.app.knowing import knowing
from bot.app.parts import Staff, open_staff
from bot.services.ceremony import RelyingParty
from bot.services.staffing import first_supervisor_link
from bot.settings import Settings
from bot.staff.console import create_console
from bot.staff.settings_pages import lines
from bot.web.site import Site
from bot.web.stopping import stop
from knowledge.catalogue import shipped_catalogue
from knowledge.shipped import fingerprint


@contextmanager
def console(settings: Settings) -> Iterator[Built]:
    """Raises StorageError, SettingsError, KnowledgeError."""
    with open_staff(settings) as parts, knowing(parts.database, settings) as known:
        face = create_console(
            database=parts.database,
            key=parts.key,
            known=known,
            site=Site(hosts=settings.console_hosts, trusted_proxies=settings.trusted_proxies),
            clock=parts.clock,
            random=parts.random,
            idle=timedelta(minutes=settings.console_idle_minutes),
            sign_in_lasts=timedelta(hours=settings.console_sign_in_hours),
            binding=settings.console_binding,
            relying_party=RelyingParty.of(settings.console_address),
            settings=lines(settings),
            shipped=shipped_catalogue(),
            ground=fingerprint(),
            zone=ZoneInfo(settings.working_time_zone),
        )
        yield Built(face, _first_link(parts, settings), when_stopping=lambda: stop(face))


def _first_link(parts: Staff, settings: Settings) -> tuple[str, ...]:
    # Here, for the link is made with the staff's key, which the supervisor of processes never loads.
    link = asyncio.run(
        first_supervisor_link(parts.database, parts.key, settings.console_address, parts.clock, parts.random)
    )
    return () if link is None else ("The first supervisor signs in here, once, within 15 minutes:", link)
