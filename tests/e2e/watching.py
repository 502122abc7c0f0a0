"""Looking at a running service from outside: what it printed, what lies in its home, and when something has come."""

import re
import resource
import time
from collections.abc import Callable
from datetime import timedelta

from bot.settings import Settings
from tests.bot.app.service import Service
from tests.e2e.canary import files_below, values_in

ROLES = ("citizens", "citizens-jobs", "console", "staff-jobs")
_LINK = re.compile(r"http://\S+/join/[0-9a-f]+")


def first_link(service: Service) -> str:
    """The first supervisor's one-time link, printed when all is ready."""
    (link,) = (found[0] for found in map(_LINK.search, service.lines) if found)
    return link


def without_links(lines: list[str]) -> str:
    """What was printed, but for lines that hold a one-time link: that is how its owner is meant to get it."""
    return "\n".join(line for line in lines if not _LINK.search(line))


def left_behind(settings: Settings, moment: str) -> dict[str, bytes]:
    """All that lies in the home now: every file as it is, and every value in the database in one piece."""
    places = files_below(settings.home) | values_in(settings.database_file)
    return {f"{moment}: {place}": content for place, content in places.items()}


def until(holds: Callable[[], bool], patience: timedelta = timedelta(seconds=30)) -> None:
    """Ask until it holds; each asking is a page or a query, and takes its own time."""
    end = time.monotonic() + patience.total_seconds()
    while not holds():
        assert time.monotonic() < end, f"it did not come to hold within {patience}"


def fill_disk(process: int, *, size: int | None) -> None:
    """From now on no file of the process may grow beyond so many bytes, as on a full disk; None makes room again."""
    most = resource.RLIM_INFINITY if size is None else size
    resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
