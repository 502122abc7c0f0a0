"""The audit log in the console: read a page at a time, by who, what, on what and when; and its chain verified."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from html import unescape

import httpx
import psycopg
import pytest

from storage import audit
from storage.accounts import Role
from storage.place import Place, Server
from tests.bot.staff.house import House, send


def rows(page: httpx.Response) -> list[str]:
    return re.findall(r'data-name="Did what">([^<]+)<', page.text)


def forge(place: Place, statement: str) -> None:
    """What somebody could do who has the whole database."""
    if isinstance(place, Server):
        with psycopg.connect(place.url) as server:
            server.execute("ALTER TABLE audit DISABLE TRIGGER USER")
            server.execute(statement.encode())
    else:
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute("DROP TRIGGER audit_is_append_only")
            connection.execute(statement)


async def test_it_shows_acts_and_the_head_to_keep(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    tip = house.file()
    await lin.get(f"/tips/{tip}")
    house.database.write_now(audit.chain)
    head = house.database.read_now(audit.head_of)
    page = (await lin.get("/audit")).text
    assert str(head) in page
    assert "opened it" in page
    assert tip in page
    await lin.aclose()


async def test_it_goes_on_to_earlier_entries_and_back(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    tip = house.file()
    for _ in range(60):
        await lin.get(f"/tips/{tip}")
    first = await lin.get("/audit")
    assert (len(rows(first)), "signed in" in rows(first), "Later entries" in first.text) == (50, False, False)
    earlier = re.search(r'href="([^"]+before=\d+)"', first.text)
    assert earlier
    second = await lin.get(unescape(earlier[1]))
    assert (rows(second)[-1], "Earlier entries" in second.text) == ("signed in", False)
    later = re.search(r'href="([^"]+after=\d+)"', second.text)
    assert later
    assert rows(await lin.get(unescape(later[1]))) == rows(first)
    await lin.aclose()


async def test_it_is_filtered_by_who_what_on_what_and_when(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    one, other = house.file(), house.file()
    await lin.get(f"/tips/{one}")
    house.clock.pass_by(timedelta(minutes=25))
    await send(lin, f"/tips/{other}", f"/tips/{other}/claim")
    house.hire("chen")
    assert rows(await lin.get("/audit?who=chen")) == []
    assert "No entry is like that." in (await lin.get("/audit?who=chen")).text
    assert rows(await lin.get("/audit?act=claim-tip")) == ["claimed it"]
    assert rows(await lin.get(f"/audit?subject={one}")) == ["opened it"]
    assert rows(await lin.get(f"/audit?subject={other}&who=lin")) == ["claimed it", "opened it"]
    assert len(rows(await lin.get("/audit?since=2026-03-04&until=2026-03-04"))) == 4
    assert rows(await lin.get("/audit?since=2026-03-05")) == []
    assert rows(await lin.get("/audit?until=2026-03-03")) == []
    await lin.aclose()


@pytest.mark.parametrize(
    "asked", ["before=x", "after=" + "9" * 5000, "since=soon", "until=9999-12-31", "who=" + "a" * 10_000]
)
async def test_what_is_no_filter_is_passed_over(house: House, asked: str) -> None:
    lin = await house.signed_in("lin", Role.AUDITOR)
    assert (await lin.get(f"/audit?{asked}")).status_code == 200
    await lin.aclose()


async def test_a_chain_that_holds_says_so_and_that_it_was_verified_is_kept(house: House) -> None:
    ana = await house.signed_in("ana", Role.AUDITOR)
    house.database.write_now(audit.chain)
    head = str(house.database.read_now(audit.head_of))
    page = await send(ana, "/audit", "/audit/verify", head=head)
    assert "The chain holds: all 1 entries are there" in page.text
    assert "It goes on from the head you kept." in page.text
    assert house.acts("audit") == [("ana", "verify-audit")]
    page = await send(ana, "/audit", "/audit/verify")
    assert "1 of the last second are not in it yet." in page.text
    assert "It goes on from the head" not in page.text
    await ana.aclose()


async def test_a_chain_that_does_not_hold_says_where(house: House) -> None:
    ana = await house.signed_in("ana", Role.AUDITOR)
    for _ in range(3):
        await ana.get("/audit")
        await send(ana, "/audit", "/audit/verify")
    house.database.write_now(audit.chain)
    ahead = audit.Head(99, bytes(32))
    assert "broken at entry 5" in (await send(ana, "/audit", "/audit/verify", head=str(ahead))).text

    forge(house.place, "UPDATE audit SET actor = 'nobody' WHERE id = 2")
    assert "broken at entry 2" in (await send(ana, "/audit", "/audit/verify")).text
    await ana.aclose()


async def test_a_line_that_is_no_head_is_refused_at_its_field(house: House) -> None:
    ana = await house.signed_in("ana", Role.AUDITOR)
    page = await send(ana, "/audit", "/audit/verify", head="12")
    assert page.status_code == 422
    assert "A head is a number, a colon and 64 letters" in page.text
    assert house.acts("audit") == []
    await ana.aclose()
