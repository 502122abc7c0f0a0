"""An abusive reporter: proposed by a reviewer, limited and freed by a supervisor, and known to nobody by name."""

from datetime import timedelta

from storage import reporter_limits, tips
from storage.accounts import Role
from storage.database import Transaction
from tests.bot.staff.house import House, send

WHO = b"\xc0\xff\xee" * 10 + b"\x00\x00"


def told(house: House) -> str:
    """A tip that came from a conversation."""
    tip = house.file()

    def unit(t: Transaction) -> None:
        tips.load(t, tip).conversation = WHO

    house.database.write_now(unit)
    return tip


def is_limited(house: House) -> bool:
    return house.database.read_now(lambda t: reporter_limits.is_limited(t, WHO, now=house.clock()))


async def test_from_a_proposal_to_a_limit_to_its_lifting(house: House) -> None:
    tip = told(house)
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    await send(chen, f"/tips/{tip}", f"/tips/{tip}/limit", limit_reason="Forty invented tips since noon.")
    assert not is_limited(house)
    assert (await chen.get("/limits")).status_code == 403
    listed = (await lin.get("/limits")).text
    assert "Forty invented tips since noon." in listed
    assert tip in listed
    (limit,) = house.database.read_now(lambda t: reporter_limits.every(t, now=house.clock()))
    refused = await send(lin, "/limits", f"/limits/{limit.id}", until="2026-12-31")
    assert "within 90 days" in refused.text
    await send(lin, "/limits", f"/limits/{limit.id}", until="2026-03-10")
    assert is_limited(house)
    assert "Their new tips wait at the end until 11 Mar 2026 00:00 UTC." in (await chen.get(f"/tips/{tip}")).text
    await send(lin, "/limits", f"/limits/{limit.id}/end")
    assert not is_limited(house)
    again = await send(lin, "/limits", f"/limits/{limit.id}/end")
    assert "This was ended already" in again.text
    acts = [act for _, act in house.acts(tip) if "limit" in act]
    assert acts == ["propose-limit", "limit-reporter", "lift-limit"]
    await chen.aclose()
    await lin.aclose()


async def test_a_limit_ends_by_itself(house: House) -> None:
    tip = told(house)
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    await send(lin, f"/tips/{tip}", f"/tips/{tip}/limit", limit_reason="Invented.")
    (limit,) = house.database.read_now(lambda t: reporter_limits.every(t, now=house.clock()))
    await send(lin, "/limits", f"/limits/{limit.id}", until="2026-03-05")
    house.clock.pass_by(timedelta(days=2))
    assert not is_limited(house)
    await lin.aclose()


async def test_no_page_shows_the_pseudonym(house: House) -> None:
    tip = told(house)
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    await send(lin, f"/tips/{tip}", f"/tips/{tip}/limit", limit_reason="Invented.")
    for path in (f"/tips/{tip}", "/limits", "/", "/audit"):
        page = (await lin.get(path)).text
        assert WHO.hex() not in page
        assert "coffee" not in page.replace("c0ffee", "coffee")
    await lin.aclose()


async def test_a_tip_of_no_conversation_offers_no_limit_and_refuses_one(house: House) -> None:
    tip = house.file()
    chen = await house.signed_in("chen")
    assert "This reporter abuses the service" not in (await chen.get(f"/tips/{tip}")).text
    answer = await send(chen, f"/tips/{tip}", f"/tips/{tip}/limit", limit_reason="My long reason.")
    assert answer.status_code == 409
    assert "not known any more which conversation" in answer.text
    await chen.aclose()
