"""Photographs every page of the console and of the web chat, to be looked at: wide in English by day, on a phone in
Simplified Chinese by night, on a phone in Traditional Chinese by day.

    .venv/bin/python docs/photograph_pages.py            # all of them, into build/pages
    .venv/bin/python docs/photograph_pages.py queue tip  # those whose name begins so
    .venv/bin/python docs/photograph_pages.py --sheets   # and the sheets of docs/pictures

The pages are those that the browser tests visit, in the same invented week. Needs Chromium and a Chinese font (Debian:
chromium fonts-noto-cjk). Some minutes.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.services.books import shipped_book
from knowledge.shipped import shipped_release
from storage.database import Database
from tests.bot.channels.conftest import open_house as open_chat
from tests.bot.staff.house import open_house as open_console
from tests.conftest import CHROMIUM, StoppedClock
from tests.e2e import console_walk, webchat_walk
from tests.e2e.accessible import PHONE, WIDE
from tests.e2e.invented import live_a_week
from tests.e2e.serving import served

PAGES = Path("build/pages")
SHEETS = Path(__file__).parent / "pictures"


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is seen."""

    name: str
    locale: str
    size: tuple[int, int]
    is_dark: bool = False
    tallest: float = 2.4
    """A page's height in a sheet, in widths; what is longer is cut."""


LOOKS = (
    Look("wide", "en-GB", WIDE, tallest=1.7),
    Look("phone-night", "zh-CN", PHONE, is_dark=True),
    Look("phone", "zh-TW", PHONE),
)
SHOWN = {
    "console-wide": (
        LOOKS[0],
        ("queue", "tip mine", "search found", "dashboard", "approvals", "audit", "several to decide", "staff"),
    ),
    "console-phone-night": (
        LOOKS[1],
        ("queue", "tip mine", "call", "dashboard", "harmless", "limits", "account", "filters"),
    ),
    "console-phone": (LOOKS[2], ("sign-in", "queue mine", "tip decided", "search", "figures", "settings", "approval")),
}
"""The sheets, and which pages of the console are on each."""


def main(names: Sequence[str], *, has_sheets: bool) -> None:
    """Photograph the pages that begin with one of `names`, or all."""
    PAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])) as browser,
    ):
        for path in photographs(browser, Path(folder), names):
            sys.stdout.write(f"{path}\n")
    if has_sheets:
        for sheet, (look, shown) in SHOWN.items():
            make_sheet([path_of("console", visit, look) for visit in shown], SHEETS / f"{sheet}.png", look)


def photographs(browser: Browser, folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Where each was written."""
    book, matcher = shipped_book(), shipped_release().matcher
    with open_console(new_place(folder / "console"), book.catalogue) as console, served(console.app) as address:
        walker = console_walk.Walker(browser, address, live_a_week(console, book, matcher))
        for visit in console_walk.VISITS:
            for look in LOOKS if is_wanted(visit.name, names) else ():
                with walker.at(visit, locale=look.locale, size=look.size) as page:
                    yield photograph(page, path_of("console", visit.name, look), look)
    clock = StoppedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    with open_chat(new_place(folder / "chat"), book, matcher, clock) as chat, served(chat.app) as address:
        for talk in webchat_walk.VISITS:
            for look in LOOKS if is_wanted(talk.name, names) else ():
                with webchat_walk.at(browser, address, talk, locale=look.locale, size=look.size) as page:
                    yield photograph(page, path_of("chat", talk.name, look), look)


def is_wanted(name: str, names: Sequence[str]) -> bool:
    return not names or any(name.startswith(start) for start in names)


def new_place(folder: Path) -> Path:
    folder.mkdir()
    place = folder / "fanzha.sqlite3"
    Database.open(place).close()
    return place


def path_of(face: str, visit: str, look: Look) -> Path:
    return PAGES / f"{face}-{visit.replace(' ', '-')}-{look.name}.png"


def photograph(page: Page, path: Path, look: Look) -> Path:
    page.emulate_media(color_scheme="dark" if look.is_dark else "light", reduced_motion="reduce")
    page.screenshot(path=path, full_page=True)
    return path


def make_sheet(paths: Sequence[Path], sheet: Path, look: Look) -> None:
    """Several pages beside each other, small."""
    width, across = (560, 3) if look.size == WIDE else (300, 4)
    gap = 20
    pages = []
    for path in paths:
        picture = Image.open(path).convert("RGB")
        small = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
        pages.append(small.crop((0, 0, width, min(small.height, round(width * look.tallest)))))
    rows = [pages[start : start + across] for start in range(0, len(pages), across)]
    heights = [max(page.height for page in row) for row in rows]
    whole = Image.new("RGB", (gap + across * (width + gap), gap + sum(heights) + gap * len(rows)), "#8b9796")
    top = gap
    for row, height in zip(rows, heights, strict=True):
        for number, page in enumerate(row):
            whole.paste(page, (gap + number * (width + gap), top))
        top += height + gap
    whole.quantize(128, dither=Image.Dither.NONE).save(sheet, optimize=True)


if __name__ == "__main__":
    told = sys.argv[1:]
    main([name for name in told if not name.startswith("--")], has_sheets="--sheets" in told)
