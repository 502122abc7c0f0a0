"""One act on several tips: asked once more, done one by one, and what could not be done is told."""

import pytest

from bot.services.bulk import MOST
from storage import claims
from storage.accounts import Role
from tests.bot.staff.house import House, send


def ticks(*tips: str) -> dict[str, str]:
    return {f"tip-{tip}": "1" for tip in tips}


async def test_nothing_is_done_before_it_was_asked_once_more(house: House) -> None:
    tips = [house.file() for _ in range(3)]
    browser = await house.signed_in("chen")
    page = await send(browser, "/", "/bulk", act="claim", **ticks(*tips[:2]))
    assert page.status_code == 200
    assert "2 tips" in page.text
    assert all(f'name="tip-{tip}"' in page.text for tip in tips[:2])
    assert tips[2] not in page.text
    assert [house.tip(tip).claimed_by for tip in tips] == [None] * 3
    done = await send(browser, "/", "/bulk/run", act="claim", **ticks(*tips[:2]))
    assert "Done for 2 tips" in done.text
    assert [house.tip(tip).claimed_by for tip in tips] == ["chen", "chen", None]
    await browser.aclose()


async def test_each_tip_has_its_own_entry_and_what_could_not_be_done_says_why(house: House) -> None:
    free, anothers, ended = (house.file() for _ in range(3))
    house.database.write_now(lambda t: claims.claim(t, anothers, by="wei", now=house.clock()))
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{ended}", f"/tips/{ended}/claim")
    await send(browser, f"/tips/{ended}", f"/tips/{ended}/decide", verdict="confirmed", reason="Seen.")
    gone = "0000-0000"
    done = await send(
        browser,
        "/",
        "/bulk/run",
        act="decide",
        verdict="unfounded",
        reason="All advertising.",
        **ticks(free, anothers, ended, gone),
    )
    assert "Done for 1 tip." in done.text
    assert "Not done for 3 tips" in done.text
    assert "wei holds this tip" in done.text
    assert f"chen decided tip {ended} before you" in done.text
    assert "There is no tip with that reference" in done.text
    assert (house.tip(free).verdict, house.tip(ended).verdict) == ("unfounded", "confirmed")
    assert house.tip(anothers).claimed_by == "wei"
    assert house.acts(free) == [("chen", "decide-tip")]
    assert "decide-tip" not in [act for _, act in house.acts(anothers)]
    await browser.aclose()


async def test_released_are_ones_own_and_for_a_supervisor_also_anothers(house: House) -> None:
    mine, anothers = house.file(), house.file()
    browser = await house.signed_in("chen")
    await send(browser, "/", "/bulk/run", act="claim", **ticks(mine))
    house.database.write_now(lambda t: claims.claim(t, anothers, by="wei", now=house.clock()))
    done = await send(browser, "/", "/bulk/run", act="release", **ticks(mine, anothers))
    assert "Done for 1 tip." in done.text
    assert (house.tip(mine).claimed_by, house.tip(anothers).claimed_by) == (None, "wei")
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    await send(lin, "/", "/bulk/run", act="release", **ticks(anothers))
    assert house.acts(anothers)[-1] == ("lin", "free-tip")
    await browser.aclose()
    await lin.aclose()


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"reason": "Because."}, "Choose a verdict"), ({"verdict": "unfounded", "reason": " "}, "Write a sentence")],
)
async def test_a_decision_that_lacks_something_decides_nothing_and_keeps_what_was_typed(
    house: House, fields: dict[str, str], said: str
) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    refused = await send(browser, "/", "/bulk/run", act="decide", **fields, **ticks(tip))
    assert refused.status_code == 409
    assert said in refused.text
    assert fields["reason"].strip() in refused.text
    assert f'name="tip-{tip}"' in refused.text
    assert house.tip(tip).state == "new"
    await browser.aclose()


async def test_more_than_a_hundred_are_refused_before_anything_is_done(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    many = ticks(tip, *(f"0000-{number:04}" for number in range(MOST)))
    for path in ("/bulk", "/bulk/run"):
        refused = await send(browser, "/", path, act="claim", **many)
        assert refused.status_code == 409
        assert "at most 100 can be chosen at once" in refused.text
        assert 'action="/bulk/run"' not in refused.text
    assert house.tip(tip).claimed_by is None
    await browser.aclose()


async def test_with_nothing_ticked_the_queue_comes_back_as_it_was_chosen(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    for fields in ({"act": "claim"}, {"act": "erase", **ticks(tip)}):
        answer = await send(browser, "/?kind=check", "/bulk", kind="check", **fields)
        assert answer.headers["location"] == "/?kind=check"
    await browser.aclose()


async def test_a_page_of_a_hundred_can_be_asked_for(house: House) -> None:
    for _ in range(30):
        house.file()
    browser = await house.signed_in("chen")
    assert (await browser.get("/")).text.count('class="tick"') == 25
    assert (await browser.get("/?rows=100")).text.count('class="tick"') == 30
    await browser.aclose()
