"""Every page of the console, for everybody who may see it: nothing that axe-core knows of is in anybody's way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from bot.services.books import shipped_book
from knowledge.shipped import shipped_release
from storage.database import Database
from tests.bot.staff.house import House, open_house
from tests.e2e.accessible import WIDE, assert_is_whole, by_turns, faults_on, paths_of
from tests.e2e.console_walk import NOT_PAGES, VISITS, Visit, Walker
from tests.e2e.invented import STAFF, live_a_week
from tests.e2e.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("console") / "fanzha.sqlite3"
    Database.open(place).close()
    with open_house(place, shipped_book().catalogue) as opened:
        yield opened


@pytest.fixture(scope="module")
def walker(browser: Browser, house: House) -> Iterator[Walker]:
    week = live_a_week(house, shipped_book(), shipped_release().matcher)
    with served(house.app) as address:
        yield Walker(browser, address, week)


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_nothing_is_in_anybodys_way(walker: Walker, visit: Visit) -> None:
    locale = by_turns(VISITS.index(visit))
    with walker.at(visit, locale=locale, size=WIDE) as page:
        assert_is_whole(page)
        assert faults_on(page, f"{visit.name}, {locale}") == []


def test_every_page_is_visited(house: House) -> None:
    assert paths_of(house.app) - NOT_PAGES.keys() == {visit.route for visit in VISITS}


def test_everybody_on_the_staff_is_among_the_visitors() -> None:
    assert {visit.who for visit in VISITS} == {"", *STAFF}
