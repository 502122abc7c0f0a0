"""What cannot be undone takes two people: proposed by one, approved by another, done once, and on record."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from bot.services.tipbox import BoxedObservable, TipBox
from knowledge.catalogue import shipped_catalogue
from knowledge.shipped import PACKAGE
from storage import patterns, proposals, retention
from storage.account_tables import Proposal
from storage.accounts import Role
from storage.database import Transaction
from storage.place import Place
from storage.tips import TipState
from tests.bot.staff.house import House, open_house, send

WHY = "The court of the district asked for it"
DAY = "2026-03-04"


@pytest.fixture
async def lin(house: House) -> AsyncIterator[httpx.AsyncClient]:
    browser = await house.signed_in("lin", Role.SUPERVISOR)
    yield browser
    await browser.aclose()


@pytest.fixture
async def mei(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Another supervisor."""
    browser = await house.signed_in("mei", Role.SUPERVISOR)
    yield browser
    await browser.aclose()


def number_in(answer: httpx.Response) -> int:
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rsplit("/", 1)[1])


async def propose_erasing(browser: httpx.AsyncClient, tip: str) -> int:
    return number_in(await send(browser, f"/tips/{tip}", f"/tips/{tip}/erase", erase_reason=WHY))


async def propose_export(browser: httpx.AsyncClient, **fields: str) -> httpx.Response:
    wanted = {"state": "all", "first": DAY, "last": DAY, "reason": WHY, **fields}
    return await send(browser, "/approvals", "/approvals/export", **wanted)


async def press(browser: httpx.AsyncClient, number: int, button: str) -> httpx.Response:
    return await send(browser, f"/approvals/{number}", f"/approvals/{number}/{button}")


def pattern_file(version: int = 99) -> str:
    toml = (PACKAGE / "patterns" / "fake-loan.toml").read_text(encoding="utf-8")
    return re.sub(r"(?m)^version = \d+", f"version = {version}", toml)


async def test_a_tip_is_erased_only_once_another_supervisor_approves(
    house: House, lin: httpx.AsyncClient, mei: httpx.AsyncClient
) -> None:
    tip = house.file()
    number = await propose_erasing(lin, tip)
    assert house.tip(tip).has_content
    page = await mei.get("/approvals")
    assert "waits for you" in page.text
    assert "waiting for you:" in (await mei.get("/")).text
    assert "waiting for you:" not in (await lin.get("/")).text
    assert WHY in (await mei.get(f"/approvals/{number}")).text
    assert (await press(mei, number, "approve")).status_code == 303
    assert (house.tip(tip).has_content, house.tip(tip).state) == (False, TipState.ERASED)
    assert "The content of this tip was erased." in (await lin.get(f"/tips/{tip}")).text
    assert ("mei", "erase-tip") in house.acts(tip)
    assert house.acts(f"proposal:{number}") == [("lin", "propose"), ("mei", "approve-proposal")]
    assert "done" in (await lin.get("/approvals")).text


async def test_nobody_approves_what_they_proposed_and_a_lone_supervisor_is_told_what_it_takes(
    house: House, lin: httpx.AsyncClient
) -> None:
    tip = house.file()
    number = await propose_erasing(lin, tip)
    page = await lin.get(f"/approvals/{number}")
    assert "/approve" not in page.text
    assert "There is nobody who could approve this." in page.text
    assert "Invite a second supervisor" in (await lin.get("/approvals")).text
    refused = await press(lin, number, "approve")
    assert refused.status_code == 409
    assert "You proposed this yourself" in refused.text
    assert house.tip(tip).has_content
    house.hire("mei", Role.SUPERVISOR)
    assert "There is nobody" not in (await lin.get(f"/approvals/{number}")).text


async def test_what_is_refused_taken_back_or_older_than_72_hours_is_not_done(
    house: House, lin: httpx.AsyncClient, mei: httpx.AsyncClient
) -> None:
    first, second, third = (house.file() for _ in range(3))
    refused, taken_back = await propose_erasing(lin, first), await propose_erasing(lin, second)
    await press(mei, refused, "refuse")
    await press(lin, taken_back, "refuse")
    for number in (refused, taken_back):
        assert "This proposal is over" in (await press(mei, number, "approve")).text
    late = await propose_erasing(lin, third)
    house.clock.pass_by(timedelta(hours=72))
    async with house.browser() as again:
        await send(again, "/sign-in", "/sign-in", name="mei", passphrase="four invented quiet words", code=house.code())
        assert "This proposal is over" in (await press(again, late, "approve")).text
    assert all(house.tip(tip).has_content for tip in (first, second, third))
    assert house.acts(f"proposal:{refused}")[-1] == ("mei", "refuse-proposal")
    # What it would have needed is gone.
    house.database.write_now(lambda t: retention.sweep(t, now=house.clock(), retention=retention.Retention()))
    assert house.database.read_now(lambda t: [row.body for row in t.session.exec(select(Proposal))]) == [None] * 3


async def test_two_who_approve_at_once_do_it_once(house: House, lin: httpx.AsyncClient, mei: httpx.AsyncClient) -> None:
    wu = await house.signed_in("wu", Role.SUPERVISOR)
    tip = house.file()
    number = await propose_erasing(lin, tip)
    answers = await asyncio.gather(*(press(one, number, "approve") for one in (mei, wu)))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert [act for _, act in house.acts(tip)].count("erase-tip") == 1
    await wu.aclose()


async def test_the_same_is_not_proposed_twice_and_nothing_without_a_reason(
    house: House, lin: httpx.AsyncClient, mei: httpx.AsyncClient
) -> None:
    tip = house.file()
    await propose_erasing(lin, tip)
    again = await send(mei, f"/tips/{tip}", f"/tips/{tip}/erase", erase_reason="I think so too")
    assert again.status_code == 409
    assert "The same is proposed already" in again.text
    assert "I think so too" in again.text
    empty = await send(mei, f"/tips/{tip}", f"/tips/{tip}/erase", erase_reason="  ")
    assert "Write a sentence or two." in empty.text


async def test_who_may_not_do_it_any_more_has_nothing_approved(
    house: House, lin: httpx.AsyncClient, mei: httpx.AsyncClient
) -> None:
    tip = house.file()
    number = await propose_erasing(lin, tip)
    await send(mei, "/staff", "/staff/lin/role", role="reviewer")
    assert "lin, who proposed this, may not do it any more." in (await press(mei, number, "approve")).text
    assert house.tip(tip).has_content


async def test_an_export_is_fetched_once_by_who_proposed_it_and_every_tip_says_so(
    house: House, lin: httpx.AsyncClient, mei: httpx.AsyncClient
) -> None:
    box = TipBox(
        telling=("转给了安全账户", "and again"),
        language="zh-Hans",
        kind="cheated",
        observables=(BoxedObservable("phone", "+8613800000000", "138 0000 0000", 0, 5, checked=True),),
        contact="wechat: invented-name",
    )
    told, other = house.file(box), house.file()
    house.clock.pass_by(timedelta(days=1))
    later = house.file()
    house.clock.pass_by(timedelta(days=-1))
    number = number_in(await propose_export(lin))
    assert (await press(lin, number, "fetch")).status_code == 409
    await press(mei, number, "approve")
    assert (await press(mei, number, "fetch")).status_code == 409
    file = await press(lin, number, "fetch")
    assert file.headers["content-disposition"] == f'attachment; filename="tips-{number}.jsonl"'
    assert file.headers["cache-control"] == "no-store"
    lines = {line["tip"]: line for line in map(json.loads, file.text.splitlines())}
    assert lines.keys() == {told, other}
    assert lines[told]["telling"] == ["转给了安全账户", "and again"]
    assert lines[told]["observables"] == [{"type": "phone", "value": "+8613800000000"}]
    assert "invented-name" not in file.text
    again = await press(lin, number, "fetch")
    assert again.status_code == 409
    assert "This proposal is over" in again.text
    assert house.acts(told) == house.acts(other) == [("lin", "export-tips")]
    assert house.acts(later) == []
    assert house.acts(f"proposal:{number}") == [
        ("lin", "propose"),
        ("mei", "approve-proposal"),
        ("lin", "export-tips"),
    ]


async def test_a_tip_taken_back_since_is_not_in_the_export(
    house: House, lin: httpx.AsyncClient, mei: httpx.AsyncClient
) -> None:
    kept, erased = house.file(), house.file()
    number = number_in(await propose_export(lin))
    await press(mei, number, "approve")
    await press(mei, await propose_erasing(lin, erased), "approve")
    lines = (await press(lin, number, "fetch")).text.splitlines()
    assert [json.loads(line)["tip"] for line in lines] == [kept]


@pytest.mark.parametrize(
    "fields",
    [
        {"first": "2026-03-05"},
        {"first": "soon"},
        {"last": "9999-12-31"},
        {"state": "erased"},
        {"first": "2025-01-01", "last": "2025-01-02"},
    ],
)
async def test_an_export_of_nothing_is_refused_with_what_was_written(
    house: House, lin: httpx.AsyncClient, fields: dict[str, str]
) -> None:
    house.file()
    answer = await propose_export(lin, **fields)
    assert answer.status_code == 422
    assert "No tip is like that." in answer.text
    assert WHY in answer.text


@pytest.fixture
def knowing(place: Place) -> Iterator[House]:
    """A console over the patterns that ship."""
    with open_house(place, shipped_catalogue()) as opened:
        yield opened


async def test_a_pattern_is_published_in_the_moment_it_is_approved(knowing: House) -> None:
    house = knowing
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    cai = await house.signed_in("cai", Role.EDITOR)
    number = number_in(
        await send(cai, "/approvals", "/approvals/pattern", pattern="fake-loan", toml=pattern_file(), reason=WHY)
    )
    assert house.database.read_now(lambda t: patterns.published(t, house.key)) == {}
    assert "fake-loan" in (await lin.get(f"/approvals/{number}")).text
    await press(lin, number, "approve")
    published = house.database.read_now(lambda t: patterns.published(t, house.key))
    assert (published["fake-loan"].by, published["fake-loan"].version) == ("cai", 99)
    assert house.acts("pattern:fake-loan") == [("lin", "publish-pattern")]
    bad = await send(cai, "/approvals", "/approvals/pattern", pattern="fake-loan", toml=pattern_file(), reason=WHY)
    assert "count it up and say why in history" in bad.text
    bad = await send(cai, "/approvals", "/approvals/pattern", pattern="x", toml="<script>", reason=WHY)
    assert bad.status_code == 422
    assert "x.toml" in bad.text
    assert "<script>" not in bad.text.replace('<script src="', "")
    await cai.aclose()


async def test_an_editor_sees_and_approves_patterns_alone(house: House, lin: httpx.AsyncClient) -> None:
    cai = await house.signed_in("cai", Role.EDITOR)
    number = await propose_erasing(lin, house.file())
    assert f"/approvals/{number}" not in (await cai.get("/approvals")).text
    assert (await cai.get(f"/approvals/{number}")).status_code == 403
    await cai.aclose()


async def test_who_can_write_to_the_database_approves_and_proposes_nothing(
    house: House, lin: httpx.AsyncClient
) -> None:
    house.file()
    house.hire("mei", Role.SUPERVISOR)
    number = number_in(await propose_export(lin))

    def forge(t: Transaction) -> None:
        row = t.session.get_one(Proposal, number)
        row.state, row.decided_by, row.proof = proposals.ProposalState.APPROVED, "mei", bytes(32)

    house.database.write_now(forge)
    assert "This proposal is over" in (await press(lin, number, "fetch")).text

    def another(t: Transaction) -> None:
        t.session.get_one(Proposal, number).by = "mei"

    # As if the other had proposed it, so that lin could approve.
    house.database.write_now(another)
    assert (await lin.get(f"/approvals/{number}")).status_code == 404
    assert f"/approvals/{number}" not in (await lin.get("/approvals")).text


async def test_a_number_nobody_proposed_is_not_found(house: House, lin: httpx.AsyncClient) -> None:
    for number in ("7", "9" * 30):
        assert (await lin.get(f"/approvals/{number}")).status_code == 404


async def test_hostile_words_in_a_reason_are_words(house: House, lin: httpx.AsyncClient) -> None:
    tip = house.file()
    hostile = '<img src=x onerror="alert(1)">' + "\u202e" + "x" * 3000
    number = number_in(await send(lin, f"/tips/{tip}", f"/tips/{tip}/erase", erase_reason=hostile))
    page = (await lin.get(f"/approvals/{number}")).text
    assert "<img" not in page
    assert "\u202e" not in page
