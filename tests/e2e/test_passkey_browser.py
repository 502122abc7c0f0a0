"""A passkey in a real browser, made and used by the console's own script, with Chromium's authenticator in software."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.settings import Settings
from tests.bot.app.service import command, running
from tests.ports import free_ports

pytestmark = pytest.mark.browser

PASSPHRASE = "four invented quiet words"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Served by a process of its own, under the one name without https that browsers allow passkeys for."""
    (port,) = free_ports(1)
    settings = Settings(home=tmp_path_factory.mktemp("console") / "home", console_port=port)
    assert command(settings, "keys", "make").returncode == 0
    with running(settings, "console"):
        yield settings


@contextmanager
def opened(browser: Browser, settings: Settings, *, script: bool = True) -> Iterator[Page]:
    """A page in a browser of its own, in which nothing may go wrong unseen."""
    faults: list[str] = []
    context = browser.new_context(
        base_url=settings.console_address,
        locale="en-GB",
        viewport={"width": 390, "height": 844},
        java_script_enabled=script,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert faults == []


def with_authenticator(page: Page) -> Callable[[bool], None]:
    """A device that holds passkeys and says yes at once; call what is returned with whether it knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    device = added["authenticatorId"]

    def know_owner(is_known: bool) -> None:
        session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": is_known})

    return know_owner


def enrol(page: Page, settings: Settings, name: str) -> str:
    """Come in by a link and set the account up; the authenticator's secret."""
    page.goto(command(settings, "staff", "invite", name).stdout.strip())
    page.click("button.primary")
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.fill("#passphrase", PASSPHRASE)
    # The code before the present one, so that the present one is not used up; it must not grow older on the way.
    while time.time() % 30 > 15:
        time.sleep(0.2)
    page.fill("#code", pyotp.TOTP(secret).at(datetime.now(UTC) - timedelta(seconds=30)))
    page.click("button.primary")
    expect(page.locator("nav a[aria-current=page]").first).to_have_text("Queue")
    return secret


def test_a_passkey_is_made_signs_in_alone_and_is_removed(browser: Browser, console: Settings) -> None:
    with opened(browser, console) as page:
        with_authenticator(page)
        enrol(page, console, "chen")
        page.goto("/account")
        page.fill("#passkey-name", "this phone")
        page.click("text=Make a passkey")
        expect(page.locator("#passkeys ~ table")).to_contain_text("this phone")
        # The device that has one makes no second.
        page.fill("#passkey-name", "again")
        page.click("text=Make a passkey")
        expect(page.locator("form[data-passkey=make] [data-passkey-problem]")).to_be_visible()
        page.click("text=Sign out >> nth=0")
        page.click("text=Sign in with a passkey")
        page.wait_for_url("**/")
        expect(page.locator("a[href='/account']")).to_have_text("chen")
        page.goto("/account")
        page.click("text=Remove >> nth=0")
        expect(page.locator("text=You have none yet.")).to_be_visible()
        page.click("text=Sign out >> nth=0")
        page.click("text=Sign in with a passkey")
        expect(page.locator(".notice.bad")).to_contain_text("That passkey was not taken")


def test_a_device_that_does_not_know_its_owner_stands_for_the_code_beside_the_passphrase_alone(
    browser: Browser, console: Settings
) -> None:
    with opened(browser, console) as page:
        know_owner = with_authenticator(page)
        enrol(page, console, "lin")
        page.goto("/account")
        page.fill("#passkey-name", "key")
        page.click("text=Make a passkey")
        expect(page.locator("#passkeys ~ table")).to_contain_text("key")
        page.click("text=Sign out >> nth=0")
        know_owner(False)
        page.click("text=Sign in with a passkey")
        expect(page.locator("[data-passkey-problem]")).to_be_visible()
        page.fill("#name", "lin")
        page.fill("#passphrase", PASSPHRASE)
        page.click("text=Sign in with a passkey")
        expect(page.locator("a[href='/account']")).to_have_text("lin")


def test_without_script_codes_work_and_nothing_is_offered_that_does_not(browser: Browser, console: Settings) -> None:
    with opened(browser, console, script=False) as page:
        secret = enrol(page, console, "wei")
        page.goto("/account")
        expect(page.locator("text=Passkeys need JavaScript and")).to_be_visible()
        expect(page.locator("text=Make a passkey")).to_be_hidden()
        page.click("text=Sign out >> nth=0")
        expect(page.locator("text=Sign in with a passkey")).to_be_hidden()
        page.fill("#name", "wei")
        page.fill("#passphrase", PASSPHRASE)
        page.fill("#code", pyotp.TOTP(secret).at(datetime.now(UTC)))
        page.click("button.primary")
        expect(page.locator("a[href='/account']")).to_have_text("wei")
