"""A call that a reviewer writes down: read as a conversation is, and its receipt works wherever receipts do."""

import html
import re

import pytest

from bot.conversation.events import LookedUp, LookUp
from bot.services.effects import Asked, Effects
from bot.services.tipbox import TipBox
from storage import phone_tips, queueing, tips
from storage.queueing import QueueFilter
from storage.receipts import Receipt
from storage.sealing import CHEAPEST, CitizensKeys
from tests.bot.staff.house import House, send

TOLD = "有人自称京东客服打电话给我 说我开通了金条 不关掉会影响征信 让我把钱转到 6222021234567890123"
FIELDS = {
    "entry": "e" * 32,
    "telling": TOLD,
    "kind": "cheated",
    "language": "zh-Hans",
    "country": "CN",
    "danger-money-gone": "on",
    "amounts": "48000元",
    "contact": "her daughter",
}


def only_tip(house: House) -> tips.Tip:
    (tip,) = house.database.read_now(lambda t: queueing.queue(t, QueueFilter())).tips
    return tip


async def test_a_call_is_read_matched_sealed_and_ordered_as_a_conversation_is(house: House) -> None:
    browser = await house.signed_in("chen")
    answer = await send(browser, "/calls", "/calls", **FIELDS)
    assert answer.status_code == 200
    tip = only_tip(house)
    assert (tip.kind, tip.language, tip.country, tip.dangers) == ("cheated", "zh-Hans", "CN", ("money-gone",))
    assert tip.urgency > 650
    assert tip.conversation is None
    sealed = house.database.read_now(lambda t: tips.content(t, tip.id))
    assert sealed is not None
    box = TipBox.from_bytes(house.key.open(sealed))
    assert box.telling == (TOLD, "48000元")
    assert box.contact == "her daughter"
    assert (4_800_000, "CNY") in [seen.money for seen in box.observables]
    assert "account" in [seen.type for seen in box.observables]
    assert box.matches
    assert house.acts(tip.id) == [("chen", "take-call")]
    page = (await browser.get(f"/tips/{tip.id}")).text
    assert "by phone" in page
    assert "written down by chen" in page
    assert house.database.read_now(lambda t: phone_tips.taken_by(t, tip.id)) == "chen"
    await browser.aclose()


async def test_its_receipt_is_spelled_opens_it_on_the_public_side_and_stands_nowhere_else(house: House) -> None:
    browser = await house.signed_in("chen")
    answer = await send(browser, "/calls", "/calls", **FIELDS)
    found = re.search(r'class="receipt">([0-9A-Z-]{19})<', answer.text)
    assert found
    receipt = Receipt.parse(found[1])
    assert receipt is not None
    for sign in set(receipt.code):
        assert f"{sign} – " in answer.text
    citizens = CitizensKeys(bytes(32))
    effects = Effects(
        database=house.database,
        citizens=citizens,
        staff=house.key.public,
        random=house.chance.randbytes,
        receipt_cost=CHEAPEST,
    )
    asked = Asked(b"c" * 32, None, house.clock(), house.known)
    opened = (await effects.perform(LookUp(f"my receipt: {found[1].lower()}"), asked)).event
    assert isinstance(opened, LookedUp)
    assert opened.tip is not None
    assert (opened.tip.tip, opened.tip.state) == (only_tip(house).id, "new")
    for path in (f"/tips/{opened.tip.tip}", "/", "/calls"):
        assert found[1] not in (await browser.get(path)).text
    await browser.aclose()


async def test_a_form_sent_twice_files_one_tip_and_shows_its_receipt_once(house: House) -> None:
    browser = await house.signed_in("chen")
    await send(browser, "/calls", "/calls", **FIELDS)
    again = await send(browser, "/calls", "/calls", **FIELDS)
    assert "This form was filed before, once." in again.text
    assert 'class="receipt"' not in again.text
    assert only_tip(house).id in again.text
    await browser.aclose()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"telling": " "}, "Write a sentence or two."),
        ({"kind": "gossip"}, "Choose what kind of report it is."),
        ({"telling": "x" * 16_384}, "at most 16383 fit"),
    ],
)
async def test_a_refused_form_comes_back_as_it_was_filled_in(house: House, wrong: dict[str, str], said: str) -> None:
    browser = await house.signed_in("chen")
    fields = {**FIELDS, **wrong}
    answer = await send(browser, "/calls", "/calls", **fields)
    assert answer.status_code == 409
    page = html.unescape(answer.text)
    assert said in page
    for name in ("telling", "amounts", "contact", "entry"):
        assert fields[name].strip() in page
    assert re.search(r'name="danger-money-gone"[^>]* checked', page)
    assert re.search(r'value="zh-Hans"[^>]* selected', page)
    assert house.database.read_now(lambda t: queueing.queue(t, QueueFilter())).total == 0
    await browser.aclose()


async def test_what_is_heard_and_what_can_be_read_both_count(house: House) -> None:
    browser = await house.signed_in("chen")
    told = {**FIELDS, "telling": "他们现在还在电话里 让我共享屏幕 正在操作我的手机", "danger-minor": "on"}
    await send(browser, "/calls", "/calls", **told)
    assert {"money-gone", "minor", "live-control"} <= set(only_tip(house).dangers)
    await browser.aclose()
