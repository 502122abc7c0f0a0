"""What is known to be harmless: put on the list by a supervisor, seen by all, off it again."""

import html

import pytest

from bot.services.tipbox import BoxedObservable, TipBox
from storage import benign, links
from storage.accounts import Role
from storage.links import ObservableHash
from tests.bot.staff.house import House, send

PHONE = BoxedObservable("phone", "+8695588", "95588", 0, 5, checked=True)
CALL = TipBox(telling=("95588 called me",), language="en", kind="check", observables=(PHONE,))


def linked(house: House, value: str = "+8695588") -> str:
    """A tip, linked as staff-jobs does."""
    tip = house.file(CALL)
    hash_ = ObservableHash("phone", house.key.link_hash("phone", value))
    house.database.write_now(lambda t: links.replace(t, tip, [hash_], now=house.clock()))
    return tip


async def test_marked_on_a_tips_page_it_links_nothing_and_every_tip_says_who_until_when(house: House) -> None:
    tip, other = linked(house), linked(house)
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    page = (await lin.get(f"/tips/{tip}")).text
    assert "in 1 other tip" in page
    digits = house.key.link_hash("phone", "+8695588").hex()
    answer = await send(
        lin,
        f"/tips/{tip}",
        f"/tips/{tip}/benign",
        observable=digits,
        benign_reason="The bank's own number.",
        until="2026-03-31",
    )
    assert answer.headers["location"] == f"/tips/{tip}?done=benign"
    for one in (tip, other):
        page = (await lin.get(f"/tips/{one}")).text
        assert "known to be harmless" in page
        assert "by lin, until 1 Apr 2026 00:00 UTC" in page
        assert "in 1 other tip" not in page
    assert "1 other" not in (await lin.get("/")).text
    assert ("lin", "mark-benign") in house.acts(tip)
    assert [act for _, act in house.acts(f"phone {digits[:16]}")] == ["mark-benign"]
    await lin.aclose()


async def test_the_list_is_read_by_reviewers_changed_by_supervisors_and_typed_text_comes_back(house: House) -> None:
    tip, _ = linked(house, "+861064007799"), linked(house, "+861064007799")
    lin, chen = await house.signed_in("lin", Role.SUPERVISOR), await house.signed_in("chen")
    fields = {"type": "phone", "value": "+86 10 6400 7799", "why": "The courier's own line.", "until": "2026-12-31"}
    for wrong, said in (
        ({"value": "hello"}, "Write one whole number"),
        ({"value": "+86 10 6400 7799, +86 10 6400 7788"}, "Write one whole number"),
        ({"until": "2026-03-04"}, "Choose a day from tomorrow on, within 365 days."),
        ({"until": "2027-03-05"}, "Choose a day from tomorrow on"),
        ({"until": "soon"}, "Choose a day from tomorrow on"),
        ({"why": " "}, "Write a sentence or two."),
        ({"type": "bank"}, "Write one whole number"),
    ):
        answer = await send(lin, "/benign", "/benign", **{**fields, **wrong})
        assert answer.status_code == 409, wrong
        assert said in html.unescape(answer.text), wrong
        assert (wrong.get("why") or "The courier") in html.unescape(answer.text)
    assert (await send(lin, "/benign", "/benign", **fields)).status_code == 303
    listed = html.unescape((await chen.get("/benign")).text)
    assert "+861064007799" in listed
    assert "The courier's own line." in listed
    assert "Put on the list" not in listed
    assert links_of(house, tip) == 0
    digits = house.key.link_hash("phone", "+861064007799").hex()
    assert (await send(chen, "/benign", "/benign/lift", type="phone", hash=digits)).status_code == 403
    assert (await send(lin, "/benign", "/benign/lift", type="phone", hash=digits)).status_code == 303
    assert links_of(house, tip) == 1
    again = await send(lin, "/benign", "/benign/lift", type="phone", hash=digits)
    assert "It is not on the list any more." in again.text
    await lin.aclose()
    await chen.aclose()


@pytest.mark.parametrize("digits", ["", "zz", "00" * 32, "é" * 64])
async def test_only_a_tips_own_observable_is_marked_from_its_page(house: House, digits: str) -> None:
    tip = linked(house)
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    fields = {"observable": digits, "benign_reason": "My long reason.", "until": "2026-03-31"}
    answer = await send(lin, f"/tips/{tip}", f"/tips/{tip}/benign", **fields)
    assert answer.status_code == 409
    assert "My long reason." in answer.text
    assert house.database.read_now(lambda t: benign.every(t, now=house.clock())) == ()
    lifted = await send(lin, "/benign", "/benign/lift", type="phone", hash=digits)
    assert lifted.status_code == 409
    await lin.aclose()


def links_of(house: House, tip: str) -> int:
    """With how many others it is linked."""
    return house.database.read_now(lambda t: links.sharing(t, [tip], now=house.clock())).get(tip, 0)
