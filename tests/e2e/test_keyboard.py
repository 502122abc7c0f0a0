"""A reviewer's work by keyboard alone: signing in, the next tip, asking, deciding, choosing several, the bar."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from storage.database import Database
from storage.tips import Verdict
from tests.bot.staff.house import PASSPHRASE, House, open_house
from tests.e2e.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

_MOST_STEPS = 120


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("keys") / "fanzha.sqlite3"
    Database.open(place).close()
    with open_house(place) as opened:
        opened.hire("anna")
        yield opened


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """Signed in by keyboard."""
    with (
        served(house.app) as address,
        closing(browser.new_context(base_url=address, locale="en-GB")) as context,
    ):
        page = context.new_page()
        page.set_default_timeout(15_000)
        house.clock.pass_by(timedelta(seconds=30))
        page.goto("/sign-in")
        for selector, text in (("#name", "anna"), ("#passphrase", PASSPHRASE), ("#code", house.code())):
            reach(page, selector)
            page.keyboard.type(text)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Queue", level=1)).to_be_visible()
        yield page


def reach(page: Page, selector: str) -> None:
    """By the tab key, and seen: what has the focus shows it."""
    for _ in range(_MOST_STEPS):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"{selector} is not reached")
    seen = page.evaluate_handle("getComputedStyle(document.activeElement)")
    style = [seen.get_property(name).json_value() for name in ("outlineStyle", "boxShadow")]
    assert set(style) != {"none"}


def go(page: Page, selector: str, key: str = "Enter") -> None:
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_tip_is_taken_asked_about_and_decided(page: Page, house: House) -> None:
    tip = house.file(urgency=900)
    page.reload()
    go(page, "form[action='/next'] button")
    assert tip in page.url
    reach(page, "#acts ~ * summary, summary")
    page.keyboard.press("Enter")
    reach(page, "#question")
    page.keyboard.type("Which bank was it?")
    go(page, "form[action*='/ask'] button.wide")
    expect(page.locator("main")).to_contain_text("Which bank was it?")
    reach(page, "input[name=verdict]")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    reach(page, "#reason")
    page.keyboard.type("An advert, nothing more")
    go(page, "form[action*='/decide'] button")
    assert house.tip(tip).verdict == Verdict.UNFOUNDED


def test_several_are_ticked_and_claimed(page: Page, house: House) -> None:
    tip = house.file(urgency=800)
    page.reload()
    reach(page, f"input[name='tip-{tip}']")
    page.keyboard.press("Space")
    go(page, "button[name=act][value=claim]")
    go(page, "form[action='/bulk/run'] button")
    assert house.tip(tip).claimed_by == "anna"


def test_the_bar_is_passed_over_by_one_key_and_leads_out(page: Page) -> None:
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.goto("/search")
    go(page, "form[action='/sign-out'] button")
    expect(page.locator("#passphrase")).to_be_visible()
