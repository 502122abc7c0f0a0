"""What every test may ask for: a home of its own, a stopped clock, free ports, a browser; and that none is skipped."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pydantic import SecretStr

from bot.settings import Settings
from tests.databases import file, place, postgres, postgres_or_none, server
from tests.ports import free_ports
from tests.skipping import NO_SKIP, pytest_runtest_makereport

# Fixtures for every room, and what pytest calls.
__all__ = ["file", "place", "postgres", "postgres_or_none", "pytest_runtest_makereport", "server"]

# A busy machine is no fault: nothing here is held by the clock.
hypothesis_settings.register_profile("fanzha", deadline=None)
hypothesis_settings.load_profile("fanzha")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
INSTALL_CHROMIUM = "needs Chromium: apt-get install chromium fonts-noto-cjk"


class StoppedClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("FANZHA_") and name != NO_SKIP:
            monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of an installation in a folder of its own, on ports nobody uses."""
    citizens, console, citizens_jobs, staff_jobs, desk = free_ports(5)
    return Settings(
        home=tmp_path / "home",
        citizens_port=citizens,
        console_port=console,
        citizens_jobs_port=citizens_jobs,
        staff_jobs_port=staff_jobs,
        desk_port=desk,
    )


def environment(settings: Settings) -> dict[str, str]:
    """For a process of this project with these settings, and nothing else of this machine's."""
    given = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in settings.model_dump(exclude_defaults=True).items()
    }
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(settings.home),
        "LANG": "C.UTF-8",
        **{f"FANZHA_{name.upper()}": str(value) for name, value in given.items()},
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Not for the whole session: while it is open, no other event loop can run in this process.
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])) as opened,
    ):
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context(locale="en-GB")) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        yield page


_SLOW = ("tests/e2e", "tests/bot/app", "tests/test_packaging.py", "tests/bot/commands", "tests/knowledge")
"""Real processes, browsers and learning: begun first, so that none of them is left over at the end for one worker."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((at for at, path in enumerate(_SLOW) if item.nodeid.startswith(path)), len(_SLOW))

    items.sort(key=place)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and CHROMIUM is None:
        pytest.skip(INSTALL_CHROMIUM)
