"""Two reviewers at their screens: what one does is seen on the other's, and nothing that the other does is lost."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.services.browsers import Stage
from storage import claims, signins
from storage.database import Database
from tests.bot.staff.house import House, open_house
from tests.e2e.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("live") / "fanzha.sqlite3"
    Database.open(place).close()
    with open_house(place, live_lasts=timedelta(seconds=60)) as opened:
        for name in ("anna", "jun"):
            opened.hire(name)
        yield opened


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    with served(house.app) as opened:
        yield opened


@contextmanager
def at(browser: Browser, house: House, address: str, name: str, path: str) -> Iterator[Page]:
    with closing(browser.new_context(base_url=address, locale="en-GB")) as context:
        token = house.database.write_now(
            lambda t: signins.open_session(
                t, house.key, name, Stage.OPEN, random=house.chance.randbytes, now=house.clock()
            )
        )
        context.add_cookies([{"name": "fanzha_staff", "value": token, "url": address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        with page.expect_response("**/live"):
            page.goto(path)
        yield page


def claim(page: Page, tip: str) -> None:
    page.goto(f"/tips/{tip}")
    page.locator("form[action$='/claim'] button").click()
    expect(page.locator("form[action$='/release'] button").first).to_be_visible()


def row(page: Page, tip: str) -> Locator:
    return page.locator("#live-rows tr", has_text=tip)


def test_a_claim_is_seen_in_anothers_queue_without_loading_it(browser: Browser, house: House, address: str) -> None:
    tip = house.file()
    with at(browser, house, address, "anna", "/") as anna, at(browser, house, address, "jun", "/") as jun:
        expect(row(anna, tip)).to_contain_text("Nobody yet")
        anna.evaluate("window.isTheSamePage = true")
        claim(jun, tip)
        expect(row(anna, tip)).to_contain_text("jun")
        assert anna.evaluate("window.isTheSamePage") is True


def test_who_has_ticked_something_is_told_and_keeps_it(browser: Browser, house: House, address: str) -> None:
    ticked, other = house.file(), house.file()
    with at(browser, house, address, "anna", "/") as anna, at(browser, house, address, "jun", "/") as jun:
        row(anna, ticked).locator("input[type=checkbox]").check()
        claim(jun, other)
        expect(anna.get_by_role("status")).to_contain_text("The queue has changed.")
        expect(row(anna, ticked).locator("input[type=checkbox]")).to_be_checked()
        expect(row(anna, other)).to_contain_text("Nobody yet")


def test_who_writes_while_the_hold_runs_out_is_told_and_keeps_every_word(
    browser: Browser, house: House, address: str
) -> None:
    tip = house.file()
    nearly_over = house.clock() - claims.LEASE + timedelta(minutes=5)

    def hold(now: datetime) -> None:
        house.database.write_now(lambda t: claims.claim(t, tip, by="anna", now=now))

    hold(house.clock())
    with at(browser, house, address, "anna", f"/tips/{tip}") as anna, at(browser, house, address, "jun", "/") as jun:
        anna.locator("#reason").fill("Three others tell of the same account, and ")
        # Opening it began the hold anew.
        hold(nearly_over)
        house.clock.pass_by(timedelta(minutes=10))
        claim(jun, tip)
        expect(anna.get_by_role("status")).to_contain_text("jun claimed it")
        expect(anna.locator("#reason")).to_have_value("Three others tell of the same account, and ")
        anna.locator("input[name=verdict]").first.check()
        anna.locator("form[action$='/decide'] button").click()
        # The second is told who has it now, and finds the words again.
        expect(anna.get_by_role("alert").first).to_contain_text("jun")
        expect(anna.get_by_text("Three others tell of the same account, and").first).to_be_attached()
    assert house.tip(tip).claimed_by == "jun"


def test_many_tabs_leave_the_browser_a_line_and_who_comes_back_to_one_is_told(
    browser: Browser, house: House, address: str
) -> None:
    tip = house.file()
    hidden = "window.hides = true; Object.defineProperty(document, 'hidden', {get: () => window.hides});"
    come_back = "window.hides = false; document.dispatchEvent(new Event('visibilitychange'));"
    with at(browser, house, address, "anna", f"/tips/{tip}") as anna, at(browser, house, address, "jun", "/") as jun:
        anna.context.add_init_script(hidden)
        tabs = [anna.context.new_page() for _ in range(8)]
        for tab in tabs:
            with tab.expect_response("**/live"):
                tab.goto(f"/tips/{tip}", timeout=15_000)
        expect(tabs[-1].get_by_role("heading", level=1)).to_contain_text(tip)
        claim(jun, tip)
        expect(anna.get_by_role("status")).to_contain_text("jun claimed it")
        expect(tabs[0].get_by_role("status")).to_be_empty()
        tabs[0].evaluate(come_back)
        expect(tabs[0].get_by_role("status")).to_contain_text("jun claimed it")


def test_without_javascript_the_queue_is_whole(browser: Browser, house: House, address: str) -> None:
    tip = house.file()
    with closing(browser.new_context(base_url=address, java_script_enabled=False)) as context:
        token = house.database.write_now(
            lambda t: signins.open_session(
                t, house.key, "anna", Stage.OPEN, random=house.chance.randbytes, now=house.clock()
            )
        )
        context.add_cookies([{"name": "fanzha_staff", "value": token, "url": address}])
        page = context.new_page()
        page.goto("/")
        expect(row(page, tip)).to_contain_text("Nobody yet")
        expect(page.get_by_role("status")).to_be_empty()
