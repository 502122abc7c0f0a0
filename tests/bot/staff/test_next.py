"""The next tip, at the press of a button; and a hold that lasts while its holder works, and ends without a loss."""

import re
from datetime import timedelta

import pytest

from bot.jobs.staff import staff_sweeps
from bot.services.tipbox import TipBox
from storage import claims, standing
from storage.claims import LEASE
from storage.ranks import Lane
from storage.retention import Retention
from storage.standing import Stamp
from tests.bot.staff.house import House, send

TYPED = {
    "decide": {"verdict": "unfounded", "reason": "An hour's worth of thought"},
    "merge": {"into": "", "merge_reason": "An hour's worth of thought"},
    "ask": {"question": "An hour's worth of thought"},
}


def in_lane(house: House, tip: str, lane: Lane) -> None:
    how = Stamp(lane=lane, urgency=10, due_at=None, near_at=None, due_left=None, again_at=None)
    house.database.write_now(lambda t: standing.stamp(t, tip, how))


async def free_what_ran_out(house: House) -> None:
    sweeps = staff_sweeps(
        house.database, handlers={}, holder="a", rules=Retention(), clock=house.clock, random=house.chance.randbytes
    )
    await next(sweep for sweep in sweeps if sweep.name == "claims").run()


async def test_next_gives_the_most_urgent_tip_that_nobody_holds(house: House) -> None:
    held, second, third = (house.file(urgency=urgency) for urgency in (90, 80, 70))
    house.database.write_now(lambda t: claims.claim(t, held, by="wei", now=house.clock()))
    browser = await house.signed_in("chen")
    for tip in (second, third):
        answer = await send(browser, "/", "/next")
        assert answer.headers["location"] == f"/tips/{tip}?done=taken"
        assert house.tip(tip).claimed_by == "chen"
    assert house.acts(second)[-1] == ("chen", "claim-tip")
    assert "you hold it now" in (await browser.get(answer.headers["location"])).text
    answer = await send(browser, "/", "/next")
    assert answer.headers["location"] == "/?none=1"
    assert "Nothing that is chosen here is free" in (await browser.get("/?none=1")).text
    await browser.aclose()


async def test_next_stays_in_what_was_chosen_from_tip_to_tip(house: House) -> None:
    grave, insider, other = house.file(urgency=90), house.file(urgency=5), house.file(urgency=4)
    for tip in (insider, other):
        in_lane(house, tip, Lane.INSIDER)
    browser = await house.signed_in("chen")
    answer = await send(browser, "/?lane=insider", "/next", lane="insider")
    assert answer.headers["location"] == f"/tips/{insider}?done=taken&lane=insider"
    page = (await browser.get(answer.headers["location"])).text
    assert f'action="/tips/{insider}/decide?lane=insider"' in page
    decided = await send(
        browser, f"/tips/{insider}", f"/tips/{insider}/decide?lane=insider", verdict="unfounded", reason="Nothing."
    )
    page = (await browser.get(decided.headers["location"])).text
    assert re.search(r'action="/next".*?name="lane" value="insider"', page, re.DOTALL)
    answer = await send(browser, f"/tips/{insider}", "/next", lane="insider", passing=insider)
    assert answer.headers["location"].startswith(f"/tips/{other}?")
    assert house.tip(grave).claimed_by is None
    await browser.aclose()


async def test_who_let_go_of_a_tip_is_given_another(house: House) -> None:
    first, second = house.file(urgency=9), house.file(urgency=8)
    browser = await house.signed_in("chen")
    await send(browser, "/", "/next")
    await send(browser, f"/tips/{first}", f"/tips/{first}/release")
    answer = await send(browser, f"/tips/{first}", "/next", passing=first)
    assert answer.headers["location"] == f"/tips/{second}?done=taken"
    await browser.aclose()


async def test_what_has_ended_is_given_to_nobody(house: House) -> None:
    free = house.file()
    browser = await house.signed_in("chen")
    answer = await send(browser, "/?state=ended", "/next", state="ended")
    assert answer.headers["location"] == f"/tips/{free}?done=taken"
    await browser.aclose()


async def test_a_hold_lasts_as_long_as_its_holder_works(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    for _ in range(3):
        house.clock.pass_by(timedelta(minutes=25))
        await browser.get(f"/tips/{tip}")
        assert house.tip(tip).claim_until == house.clock() + LEASE
    house.clock.pass_by(timedelta(minutes=25))
    await send(browser, "/account", f"/tips/{tip}/ask", question="Which bank was it?")
    assert house.tip(tip).claim_until == house.clock() + LEASE
    await browser.aclose()


async def test_looking_on_makes_nobody_elses_hold_longer(house: House) -> None:
    tip = house.file()
    house.database.write_now(lambda t: claims.claim(t, tip, by="wei", now=house.clock()))
    before = house.tip(tip).claim_until
    browser = await house.signed_in("chen")
    house.clock.pass_by(timedelta(minutes=25))
    await browser.get(f"/tips/{tip}")
    assert house.tip(tip).claim_until == before
    await browser.aclose()


@pytest.mark.parametrize("form", list(TYPED))
async def test_a_hold_that_ran_out_while_typing_costs_nothing_where_nobody_took_the_tip(
    house: House, form: str
) -> None:
    tip, other = house.file(), house.file(TipBox(telling=("same",), language="en", kind="check"))
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    house.database.write_now(lambda t: claims.claim(t, tip, by="chen", now=house.clock() - LEASE))
    await free_what_ran_out(house)
    assert house.tip(tip).claimed_by is None
    fields = {**TYPED[form], **({"into": other} if form == "merge" else {})}
    answer = await send(browser, "/account", f"/tips/{tip}/{form}", **fields)
    assert answer.status_code == 303
    assert house.tip(tip).state == {"decide": "decided", "merge": "merged", "ask": "waiting"}[form]
    await browser.aclose()


@pytest.mark.parametrize("form", list(TYPED))
@pytest.mark.parametrize("ended", [False, True])
async def test_what_was_typed_comes_back_where_another_took_or_decided_the_tip_meanwhile(
    house: House, form: str, *, ended: bool
) -> None:
    tip, other = house.file(), house.file()
    browser, rival = await house.signed_in("chen"), await house.signed_in("wei")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    house.database.write_now(lambda t: claims.claim(t, tip, by="chen", now=house.clock() - LEASE))
    await free_what_ran_out(house)
    await send(rival, f"/tips/{tip}", f"/tips/{tip}/claim")
    if ended:
        await send(rival, f"/tips/{tip}", f"/tips/{tip}/decide", verdict="unfounded", reason="No sign of it.")
    fields = {**TYPED[form], **({"into": other} if form == "merge" else {})}
    answer = await send(browser, "/account", f"/tips/{tip}/{form}", **fields)
    assert answer.status_code == 409
    assert "An hour&#39;s worth of thought" in answer.text
    assert "wei" in answer.text
    assert house.tip(tip).state == ("decided" if ended else "claimed")
    await browser.aclose()
    await rival.aclose()
