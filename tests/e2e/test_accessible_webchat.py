"""Every page of the web chat: nothing that axe-core knows of is in anybody's way."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from bot.services.books import shipped_book
from knowledge.shipped import shipped_release
from storage.database import Database
from tests.bot.channels.conftest import House, open_house
from tests.conftest import StoppedClock
from tests.e2e.accessible import assert_is_whole, faults_on, paths_of, two_languages
from tests.e2e.serving import served
from tests.e2e.webchat_walk import NOT_PAGES, VISITS, Visit, at

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

BROKEN = """<!doctype html><html><head><title>Broken</title></head><body><main><h1>Broken</h1>
<p style="color:#aaa;background:#fff">pale</p><img src="data:,"><form><input></form>
<a href="#a" style="position:absolute;left:200px;top:300px;font-size:9px;line-height:9px">a</a>
<a href="#b" style="position:absolute;left:207px;top:300px;font-size:9px;line-height:9px">b</a>
<div style="width:900px">wide</div></main></body></html>"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("chat") / "fanzha.sqlite3"
    Database.open(place).close()
    clock = StoppedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    with open_house(place, shipped_book(), shipped_release().matcher, clock) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(house: House) -> Iterator[str]:
    with served(house.app) as opened:
        yield opened


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_nothing_is_in_anybodys_way(browser: Browser, address: str, visit: Visit) -> None:
    faults = []
    for locale in two_languages(VISITS.index(visit)):
        with at(browser, address, visit, locale=locale) as page:
            assert_is_whole(page)
            faults += faults_on(page, f"{visit.name}, {locale}")
    assert faults == []


def test_every_page_is_visited(house: House) -> None:
    assert paths_of(house.app) - NOT_PAGES.keys() == {visit.route for visit in VISITS}


def test_what_is_in_somebodys_way_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(BROKEN)
    found = {(fault.rule, "dark" in fault.where) for fault in faults_on(page, "broken")}
    page.close()
    for rule in ("color-contrast", "html-has-lang", "image-alt", "label", "target-size", "no-sideways-scrolling"):
        assert (rule, False) in found
    assert ("color-contrast", True) in found
