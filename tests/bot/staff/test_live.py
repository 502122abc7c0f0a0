"""What an open page is told: what others do, to whoever may see it, and without keeping anybody signed in."""

import asyncio
import json
from datetime import timedelta

import httpx
import pytest

from bot.services.pulse import PAUSE, Pulse
from storage import news
from storage.accounts import Role
from storage.audit import Recorded
from storage.database import Transaction
from storage.signins import IDLE_LASTS
from tests.bot.staff.house import House, send


def told(answer: httpx.Response) -> list[dict[str, str]]:
    """The data of each change."""
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [event.splitlines() for event in answer.text.split("\n\n") if event]
    assert events[0][0] == "event: place"
    return [json.loads(line[6:]) for event in events[1:] for line in event if line.startswith("data: ")]


async def test_what_others_did_is_told_once_in_the_readers_language_and_ones_own_is_not(house: House) -> None:
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    lin.headers["Accept-Language"] = "zh-CN"
    tip, own = house.file(), house.file()
    begun = await lin.get("/live")
    assert told(begun) == []
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/claim")
    await send(lin, f"/tips/{own}", f"/tips/{own}/claim")
    # A second later, for there is one look into the log a second, however many ask.
    await asyncio.sleep(PAUSE)
    answer = await lin.get("/live", headers={"Last-Event-ID": "0"})
    (event,) = told(answer)
    assert event["tip"] == tip
    assert event["said"].startswith("chen ")
    assert "claimed" not in event["said"]
    place = [line for line in answer.text.splitlines() if line.startswith("id: ")][-1].removeprefix("id: ")
    assert told(await lin.get("/live", headers={"Last-Event-ID": place})) == []
    assert told(await lin.get("/live?after=0")) == [event]
    assert told(await lin.get(f"/live?after={place}")) == []
    assert told(await lin.get("/live?after=0", headers={"Last-Event-ID": place})) == []
    await chen.aclose()
    await lin.aclose()


async def test_looking_at_a_tip_changes_nothing(house: House) -> None:
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    await lin.get("/live")
    await chen.get(f"/tips/{house.file()}")
    await asyncio.sleep(PAUSE)
    assert told(await lin.get("/live", headers={"Last-Event-ID": "0"})) == []
    await chen.aclose()
    await lin.aclose()


async def test_a_page_that_lies_open_keeps_nobody_signed_in(house: House) -> None:
    chen = await house.signed_in("chen")
    house.clock.pass_by(IDLE_LASTS - timedelta(minutes=2))
    assert (await chen.get("/live")).status_code == 200
    assert (await chen.get("/", headers={"Fanzha-Live": "1"})).status_code == 200
    house.clock.pass_by(timedelta(minutes=3))
    assert (await chen.get("/live")).headers["location"] == "/sign-in"
    assert (await chen.get("/")).headers["location"] == "/sign-in"
    await chen.aclose()


async def test_who_works_stays_signed_in(house: House) -> None:
    chen = await house.signed_in("chen")
    house.clock.pass_by(IDLE_LASTS - timedelta(minutes=2))
    assert (await chen.get("/")).status_code == 200
    house.clock.pass_by(timedelta(minutes=3))
    assert (await chen.get("/")).status_code == 200
    await chen.aclose()


async def test_many_pages_are_one_look_a_second(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, looked = [0.0], []
    after = news.after

    def counting(t: Transaction, number: int) -> tuple[Recorded, ...]:
        looked.append(number)
        return after(t, number)

    monkeypatch.setattr(news, "after", counting)
    pulse = Pulse(house.database, clock=lambda: seconds[0])
    await pulse.place()
    looked.clear()
    for _ in range(50):
        await pulse.after(0)
    assert len(looked) == 0
    seconds[0] += PAUSE
    for _ in range(50):
        await pulse.after(0)
    assert len(looked) == 1


async def test_a_place_of_a_process_that_is_gone_is_told_what_is_kept(house: House) -> None:
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    tip = house.file()
    await lin.get("/live")
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/claim")
    await asyncio.sleep(PAUSE)
    for place in ("99999", "nonsense", "-1", "9" * 40):
        answer = await lin.get("/live", headers={"Last-Event-ID": place})
        assert answer.status_code == 200
    assert [one["tip"] for one in told(await lin.get("/live", headers={"Last-Event-ID": "99999"}))] == [tip]
    await chen.aclose()
    await lin.aclose()
