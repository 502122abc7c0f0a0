"""The dashboard: whose figures who sees, how old they may be, and that chart, table and file say the same."""

import csv
import io
import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.services.figures import LONGEST_DAYS, Days
from bot.staff.charts import Bar, Column, Span, bars, columns, spans
from bot.staff.sheets import Sheet, as_csv, word
from storage import claims, verdicts
from storage.accounts import Role
from storage.database import Transaction
from storage.tips import Verdict
from tests.bot.staff.house import House

TODAY = date(2026, 3, 4)
HOUR = timedelta(hours=1)


def decided(house: House, by: str, *, after: timedelta, claimed: timedelta = HOUR) -> str:
    """A tip filed now, claimed and decided later, while the clock stands."""
    tip, now = house.file(), house.clock()

    def unit(t: Transaction) -> None:
        claims.claim(t, tip, by=by, now=now + claimed)
        verdicts.decide(t, tip, by=by, verdict=Verdict.CONFIRMED, reason=b"sealed", now=now + after)

    house.database.write_now(unit)
    return tip


def table(page: httpx.Response, name: str) -> list[list[str]]:
    """The body of the table in the section of that name."""
    section = re.search(rf'<section class="card" aria-labelledby="{name}">(.*?)</section>', page.text, re.DOTALL)
    assert section
    rows = re.findall(r"<tr>(.*?)</tr>", section[1].partition("<tbody>")[2], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in rows]


def rows_of(answer: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_a_supervisor_sees_everybodys_figures_and_a_reviewer_only_their_own(house: House) -> None:
    decided(house, "chen", after=3 * HOUR)
    decided(house, "chen", after=5 * HOUR)
    decided(house, "ana", after=2 * HOUR)
    lin, chen = await house.signed_in("lin", Role.SUPERVISOR), await house.signed_in("chen")
    whole, own = await lin.get("/dashboard"), await chen.get("/figures")
    assert table(whole, "people") == [
        ["ana", "0", "1", "1 hr", "1 hr", "2 hrs", "2 hrs"],
        ["chen", "0", "2", "3 hrs", "3.8 hrs", "4 hrs", "4.8 hrs"],
    ]
    assert table(own, "steps") == [
        ["Filed to decided", "2", "4 hrs", "4.8 hrs"],
        ["Claimed to decided", "2", "3 hrs", "3.8 hrs"],
    ]
    assert "ana" not in re.sub(r"<[^>]*>", " ", own.text).split()
    assert (await chen.get("/dashboard")).status_code == 403
    for browser in (lin, chen):
        await browser.aclose()


async def test_the_file_says_what_the_table_says_in_seconds(house: House) -> None:
    decided(house, "chen", after=3 * HOUR)
    browser = await house.signed_in("lin", Role.SUPERVISOR)
    answer = await browser.get("/dashboard/people.csv?first=2026-03-01&last=2026-03-04")
    assert rows_of(answer)[1:] == [["chen", "0", "1", "7200", "7200", "10800", "10800"]]
    disposition = 'attachment; filename="fanzha-people-2026-03-01-2026-03-04.csv"'
    assert answer.headers["content-disposition"] == disposition
    assert answer.headers["cache-control"] == "no-store"
    days = rows_of(await browser.get("/dashboard/days.csv?first=2026-03-03&last=2026-03-04"))
    assert days[1:] == [["2026-03-03", "0", "0"], ["2026-03-04", "1", "1"]]
    assert (await browser.get("/dashboard/nothing.csv")).status_code == 404
    await browser.aclose()


async def test_every_sheet_of_both_pages_can_be_had_as_a_file(house: House) -> None:
    decided(house, "lin", after=3 * HOUR)
    browser = await house.signed_in("lin", Role.SUPERVISOR)
    for page in ("/dashboard", "/figures"):
        links = re.findall(rf'href="({page}/[^"]+)" download', (await browser.get(page)).text)
        assert links
        for link in links:
            assert len(rows_of(await browser.get(link.replace("&amp;", "&")))) > 1
    await browser.aclose()


async def test_figures_are_read_once_a_minute_and_say_so(house: House) -> None:
    browser = await house.signed_in("lin", Role.SUPERVISOR)
    assert "As of <time" in (first := await browser.get("/dashboard")).text.replace("\n", " ")
    house.file()
    house.clock.pass_by(timedelta(seconds=59))
    assert (await browser.get("/dashboard")).text.count("Nothing in these days.") == first.text.count("Nothing in")
    assert 'datetime="2026-03-04T09:00:00+00:00">' in (await browser.get("/dashboard")).text
    house.clock.pass_by(timedelta(seconds=1))
    again = await browser.get("/dashboard")
    assert table(again, "lanes")[0][1] == "1"
    assert 'datetime="2026-03-04T09:01:00+00:00">' in again.text
    await browser.aclose()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", (TODAY - timedelta(days=27), TODAY)),
        ("2026-02-01", "2026-02-03", (date(2026, 2, 1), date(2026, 2, 3))),
        ("2026-02-03", "2026-02-01", (date(2026, 2, 1), date(2026, 2, 3))),
        ("2026-03-01", "2030-01-01", (date(2026, 3, 1), TODAY)),
        ("yesterday", "<script>", (TODAY - timedelta(days=27), TODAY)),
        ("1999-01-01", "2026-03-04", (TODAY - timedelta(days=LONGEST_DAYS - 1), TODAY)),
        ("2031-01-01", "2026-03-01", (date(2026, 3, 1), TODAY)),
    ],
)
def test_days_are_put_right(first: str, last: str, expected: tuple[date, date]) -> None:
    assert Days.asked(first, last, today=TODAY) == Days(*expected)


def test_many_days_are_counted_by_weeks() -> None:
    days = Days(date(2026, 1, 1), date(2026, 3, 31))
    edges = days.edges(ZoneInfo("Asia/Shanghai"))
    assert len(edges) == 90 // 7 + 2
    assert edges[0].isoformat() == "2026-01-01T00:00:00+08:00"
    assert edges[-1].isoformat() == "2026-04-01T00:00:00+08:00"


def test_a_chart_is_told_to_those_who_do_not_see_it_and_no_label_becomes_markup() -> None:
    hostile = "</title><script>alert(1)</script>" + "W" * 100
    for drawn in (
        bars("a", "Title", "Words", [Bar(hostile, 3, "3", 1), Bar("nothing", 0, "0")]),
        columns("b", "Title", "Words", [Column(hostile, 2, 1)]),
        spans("c", "Title", "Words", [Span(hostile, HOUR, 9 * HOUR, "1 · 9")], ["x"] * 6),
    ):
        assert 'role="img"' in drawn
        assert re.search(r'aria-labelledby="(\w)-title \1-description"', drawn)
        assert "<title" in drawn
        assert "<desc" in drawn
        assert "<script" not in drawn
        assert "style=" not in drawn


def test_nothing_to_draw_is_drawn_without_a_fault() -> None:
    assert "NaN" not in columns("a", "t", "d", [])
    assert 'width="0"' in bars("b", "t", "d", [Bar("none", 0, "0")])


def test_no_cell_of_a_file_is_a_formula() -> None:
    sheet = Sheet("a", "a", ("=head",), ((word("=1+1"), word("@x"), word("-2"), word("plain")),))
    assert as_csv(sheet).decode("utf-8-sig").splitlines() == ["'=head", "'=1+1,'@x,'-2,plain"]
