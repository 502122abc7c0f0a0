"""Searching the tips, and tips that say nearly the same."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.services.linking import link_tip
from bot.services.tipbox import BoxedMatch, BoxedObservable, TipBox
from storage import audit, claims, messages, verdicts
from storage.accounts import Role
from storage.examples import Confirmation
from storage.receipts import Receipt
from storage.sealing import is_wrapped, receipt_mark
from storage.tips import LINK_WORK, Verdict, content
from storage.withdrawals import erase_content
from storage.work import is_due
from tests.bot.staff.house import House, send

RECEIPT = str(Receipt.make(lambda size: bytes(range(40, 40 + size))))
TELLING = (
    "A woman who said she was Marigold of the parcel office told me a box with my name had been stopped, and that "
    "I would be fined unless I paid a deposit of 4800 by the evening."
)
BOX = TipBox(
    telling=(TELLING,),
    language="en",
    kind="cheated",
    country="SG",
    observables=(
        BoxedObservable("phone", "+6581234567", "8123 4567", 0, 9, checked=True),
        BoxedObservable("link", "https://parcels.example.top/pay", "parcels.example.top/pay", 0, 9, checked=True),
        BoxedObservable("handle", "telegram:marigold_88", "@marigold_88", 0, 9, checked=True),
        BoxedObservable("amount", "4800 SGD", "4800", 0, 4, checked=False, money=(480000, "SGD")),
    ),
    likeness="warn",
    matches=(BoxedMatch("parcel-message", 0.9),),
    receipt_mark=receipt_mark(RECEIPT.replace("-", "")),
)
OTHER = TipBox(
    telling=("有人冒充银行客服让我共享屏幕，卡里的钱转走了三万元",),
    language="zh-Hans",
    kind="cheated",
    country="CN",
    observables=(BoxedObservable("amount", "30000 CNY", "三万元", 0, 3, checked=True, money=(3000000, "CNY")),),
)


async def filed(house: House, box: TipBox) -> str:
    tip = house.file(box)
    await link_tip(house.database, house.key, house.clock, tip)
    return tip


async def search(browser: httpx.AsyncClient, **fields: str) -> str:
    answer = await send(browser, "/search", "/search", **fields)
    assert answer.status_code == 200, answer.text
    return answer.text.partition('id="found"')[2]


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "Marigold deposit"},
        {"observable": "+65 8123-4567"},
        {"observable": "8123 4567", "country": "SG"},
        {"observable": "8123 4567"},
        {"observable": "hxxps://parcels[.]example[.]top/pay"},
        {"observable": "parcels.example.top"},
        {"observable": "@Marigold_88"},
        {"observable": "marigold_88"},
        {"observable": "Telegram: marigold_88"},
        {"reference": RECEIPT},
        {"reference": RECEIPT.replace("-", " ").lower()},
        {"pattern": "parcel-message"},
        {"country": "SG", "words": "parcel"},
        {"sum_from": "4000", "sum_to": "5,000"},
        {"sum_from": "4000", "currency": "SGD"},
        {"day_from": "2026-03-04", "day_to": "2026-03-04"},
        {"state": "open", "words": "fined"},
        {"words": "parcel", "observable": "@marigold_88", "sum_to": "9000", "day_from": "2026-01-01"},
    ],
)
async def test_a_tip_is_found_by_each_thing_in_it_and_another_is_not(house: House, fields: dict[str, str]) -> None:
    tip, other = await filed(house, BOX), await filed(house, replace(OTHER, country="TW"))
    house.clock.pass_by(timedelta(days=2))
    if "day_from" in fields:
        other = await filed(house, OTHER)
    browser = await house.signed_in("chen")
    page = await search(browser, **fields)
    assert tip in page
    assert (other in page) == (fields.get("state") == "open" and "words" not in fields)
    await browser.aclose()


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "Marigold holiday"},
        {"observable": "8123 4568"},
        {"observable": "parcels.example.top/other"},
        {"reference": RECEIPT, "words": "holiday"},
        {"pattern": "fake-loan"},
        {"country": "US"},
        {"sum_from": "100000"},
        {"sum_from": "4000", "currency": "USD"},
        {"day_to": "2026-03-03"},
        {"state": "ended", "words": "fined"},
    ],
)
async def test_what_does_not_fit_is_not_found(house: House, fields: dict[str, str]) -> None:
    tip = await filed(house, BOX)
    browser = await house.signed_in("chen")
    page = await search(browser, **fields)
    assert tip not in page
    assert "No tip fits" in page
    await browser.aclose()


async def test_either_script_finds_the_other_and_both_fields_have_to_fit(house: House) -> None:
    tip = await filed(house, OTHER)
    browser = await house.signed_in("chen")
    assert tip in await search(browser, words="共享屏幕 轉走")
    assert tip not in await search(browser, words="共享屏幕", country="SG")
    assert tip in await search(browser, words="共享屏幕", sum_from="25000", sum_to="35000")
    await browser.aclose()


async def test_a_reference_finds_its_tip_even_before_it_is_in_the_index(house: House) -> None:
    tip = house.file(BOX)
    browser = await house.signed_in("chen")
    assert tip in await search(browser, reference=tip.lower())
    assert tip not in await search(browser, reference=tip, words="parcel")
    await link_tip(house.database, house.key, house.clock, tip)
    assert tip in await search(browser, reference=tip.replace("-", " "), words="parcel")
    await browser.aclose()


async def test_an_addition_is_found_too_and_its_box_is_wrapped_again(house: House) -> None:
    tip = await filed(house, BOX)
    text = "He also called from the number of a Zanzibar hotel"
    house.database.write_now(
        lambda t: messages.add(t, tip, for_staff=house.key.public.seal(text.encode()), now=house.clock())
    )
    await link_tip(house.database, house.key, house.clock, tip)
    sealed = house.database.read_now(lambda t: (content(t, tip), messages.of_tip(t, tip)[0].for_staff))
    assert all(box is not None and is_wrapped(box) for box in sealed)
    browser = await house.signed_in("chen")
    assert tip in await search(browser, words="zanzibar")
    page = (await browser.get(f"/tips/{tip}")).text
    assert "Marigold of the parcel office" in page
    assert "Zanzibar hotel" in page
    await browser.aclose()


async def test_a_tip_confirmed_as_another_pattern_is_found_as_that_one_too(house: House) -> None:
    tip = await filed(house, BOX)
    house.database.write_now(lambda t: claims.claim(t, tip, by="chen", now=house.clock()))
    confirmed = Confirmation.make(house.key, tip, "fake-shopping")
    house.database.write_now(
        lambda t: verdicts.decide(
            t, tip, by="chen", verdict=Verdict.CONFIRMED, reason=b"x", now=house.clock(), confirmed=confirmed
        )
    )
    assert house.database.read_now(lambda t: is_due(t, [LINK_WORK], house.clock()))
    await link_tip(house.database, house.key, house.clock, tip)
    browser = await house.signed_in("chen")
    assert tip in await search(browser, pattern="fake-shopping", state="ended")
    assert tip in await search(browser, pattern="parcel-message")
    await browser.aclose()


async def test_how_to_reach_the_reporter_is_not_searched(house: House) -> None:
    tip = await filed(house, replace(BOX, contact="Rosalind, 5 Quince Lane", answers={"contact": "Rosalind"}))
    browser = await house.signed_in("chen")
    assert tip not in await search(browser, words="rosalind")
    await browser.aclose()


async def test_erased_content_is_not_found(house: House) -> None:
    tip = await filed(house, BOX)
    house.database.write_now(lambda t: erase_content(t, tip, now=house.clock()))
    browser = await house.signed_in("chen")
    for fields in ({"words": "parcel"}, {"observable": "8123 4567"}, {"reference": RECEIPT}, {"country": "SG"}):
        assert tip not in await search(browser, **fields)
    assert tip in await search(browser, reference=tip)
    await browser.aclose()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Fill in one field at least"),
        ({"currency": "CNY"}, "Fill in one field at least"),
        ({"words": "the of and"}, "in nearly every tip"),
        ({"words": "银行" * 5000}, "At most 500 characters"),
        ({"observable": "x" * 10_000}, "At most 500 characters"),
        ({"observable": "no such thing!"}, "could be read in it"),
        ({"reference": "K7Q2"}, "neither a reference nor a receipt"),
        ({"sum_from": "much"}, "Write a sum in digits"),
        ({"sum_to": "NaN"}, "Write a sum in digits"),
        ({"day_from": "yesterday"}, "Write dates as"),
        ({"day_from": "2026-03-05", "day_to": "2026-03-04"}, "Write dates as"),
    ],
)
async def test_what_cannot_be_searched_for_is_answered_kindly_and_no_tip_is_opened_for_it(
    house: House, fields: dict[str, str], said: str
) -> None:
    browser = await house.signed_in("chen")
    await browser.get("/search")
    answer = await send(browser, "/search", "/search", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert len(answer.text) < 60_000
    assert ("chen", "search-tips") not in house.acts()
    await browser.aclose()


async def test_hostile_text_in_every_field_is_shown_as_text(house: House) -> None:
    browser = await house.signed_in("chen")
    hostile = "\"'><script>alert(1)</script>%(name)s{{7*7}}'; DROP TABLE tip;--"
    for name in ("words", "observable", "reference", "pattern", "country", "sum_from", "currency", "day_to", "state"):
        answer = await send(browser, "/search", "/search", **{"words": "parcel", name: hostile, "before": hostile})
        assert answer.status_code in {200, 422}, name
        assert "<script>alert" not in answer.text
        assert "49" not in answer.text.split("<main")[1]
    await browser.aclose()


async def test_the_audit_log_keeps_that_there_was_a_search_and_by_what_never_the_words(house: House) -> None:
    await filed(house, BOX)
    browser = await house.signed_in("lin", Role.SUPERVISOR)
    await search(browser, words="marigold", observable="8123 4567", sum_from="4000")
    entry = house.database.read_now(lambda t: audit.list_entries(t, limit=1))[0]
    assert (entry.actor, entry.act, entry.subject) == ("lin", "search-tips", "observable words sum_from")
    log = (await browser.get("/audit")).text
    assert "searched the tips by" in log
    assert "marigold" not in log.lower()
    await browser.aclose()


async def test_the_pages_of_a_search_go_on_without_an_address(house: House) -> None:
    tips = []
    for _ in range(30):
        house.clock.pass_by(timedelta(minutes=1))
        tips.append(await filed(house, BOX))
    browser = await house.signed_in("chen")
    first = await search(browser, words="parcel")
    assert [tip in first for tip in reversed(tips)] == [True] * 25 + [False] * 5
    before = first.split('name="before" value="')[1].split('"')[0]
    second = await search(browser, words="parcel", before=before)
    assert [tip in second for tip in reversed(tips)] == [False] * 25 + [True] * 5
    assert 'name="before"' not in second
    await browser.aclose()


async def test_similar_tips_are_listed_on_the_tip_and_counted_in_the_queue(house: House) -> None:
    tip = await filed(house, BOX)
    copy = await filed(house, replace(BOX, telling=(TELLING.replace("Marigold", "Clementine"),)))
    await filed(house, OTHER)
    browser = await house.signed_in("chen")
    page = (await browser.get(f"/tips/{tip}")).text
    similar = page.split('id="similar"')[1].split("</section>")[0]
    assert copy in similar
    assert "%</td>" in similar
    assert (await browser.get("/")).text.count("1 nearly the same") == 2
    for _ in range(11):
        await filed(house, BOX)
    assert "9+ nearly the same" in (await browser.get("/")).text
    await browser.aclose()
