"""Photographs the service for the README: the real one, on a home of its own, with invented tellings.

    .venv/bin/python docs/take_pictures.py

Needs Chromium and a Chinese font (Debian: chromium fonts-noto-cjk). Writes docs/pictures/*.png.
"""

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bot.settings import Settings
from tests.bot.app.service import Service, running
from tests.conftest import CHROMIUM, free_ports
from tests.e2e.people import Citizen, Member

PICTURES = Path(__file__).parent / "pictures"
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1180, height=900)
PASSPHRASE = "four words that nobody guesses"  # noqa: S105 - of an invented member of staff

MONEY_GONE = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办"
PAYEE = "6217 0001 2345 6789 019  建行 王某某 14:05"
CHECK = (
    'Is this real? "USPS: your parcel is held, address incomplete. Update within 12h: hxxps://usps-redelivery[.]top/i"'
)
HELD = "我弟弟上個月去柬埔寨做客服 說月薪八萬 現在只能半夜偷偷傳訊息 說被關在園區 要我們付60萬贖人"


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        citizens, console, citizens_jobs, staff_jobs = free_ports(4)
        settings = Settings(
            home=Path(folder) / "home",
            citizens_port=citizens,
            console_port=console,
            citizens_jobs_port=citizens_jobs,
            staff_jobs_port=staff_jobs,
        )
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with running(settings) as service:
            phones = [
                *report_in_chinese(browser, settings),
                check_in_english(browser, settings),
                held(browser, settings),
            ]
            photograph_row(browser, phones, PICTURES / "chat.png")
            photograph_console(browser, settings, service)
        browser.close()


def report_in_chinese(browser: Browser, settings: Settings) -> list[bytes]:
    with page_for(browser, "zh-CN", PHONE) as page:
        citizen = Citizen(page, settings.citizens_address)
        citizen.open()
        citizen.say(MONEY_GONE)
        card = page.screenshot()
        citizen.press("打过了")
        citizen.say(PAYEE)
        citizen.press("提交")
        return [card, page.screenshot()]


def check_in_english(browser: Browser, settings: Settings) -> bytes:
    with page_for(browser, "en-US", PHONE, dark=True) as page:
        citizen = Citizen(page, settings.citizens_address)
        citizen.open()
        citizen.say(CHECK)
        return page.screenshot()


def held(browser: Browser, settings: Settings) -> bytes:
    with page_for(browser, "zh-TW", PHONE) as page:
        citizen = Citizen(page, settings.citizens_address)
        citizen.open()
        citizen.say(HELD)
        picture = page.screenshot()
        citizen.press("沒說")
        citizen.press("送出")
        return picture


def photograph_console(browser: Browser, settings: Settings, service: Service) -> None:
    link = next(line.strip() for line in service.lines if "/join/" in line)
    with page_for(browser, "en-GB", DESK) as page:
        member = Member(page, settings.console_address)
        member.join(link, PASSPHRASE)
        page.screenshot(path=PICTURES / "queue.png")
        tip = member.references()[-1]
        member.open(tip)
        member.claim()
        page.screenshot(path=PICTURES / "tip.png")


@contextmanager
def page_for(browser: Browser, locale: str, size: ViewportSize, *, dark: bool = False) -> Iterator[Page]:
    context = browser.new_context(locale=locale, viewport=size, color_scheme="dark" if dark else "light")
    try:
        yield context.new_page()
    finally:
        context.close()


def photograph_row(browser: Browser, phones: list[bytes], path: Path) -> None:
    """Several phones side by side, as one picture."""
    shown = "".join(f'<img src="data:image/png;base64,{base64.b64encode(phone).decode()}">' for phone in phones)
    style = "body{margin:0;padding:28px;display:flex;gap:28px;background:#dfe5e4}img{width:300px;border-radius:22px;box-shadow:0 6px 24px #0003}"
    context = browser.new_context(viewport=ViewportSize(width=28 + len(phones) * 328, height=706))
    page = context.new_page()
    page.set_content(f"<style>{style}</style>{shown}")
    page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    main()
