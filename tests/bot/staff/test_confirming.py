"""A tip confirmed as a known scam, on its page; and the line that says that learning was held back."""

from collections.abc import Iterator

import pytest

from bot.services import held_back
from knowledge.catalogue import shipped_catalogue
from knowledge.gate import Fall, Figure
from storage import examples, releases
from storage.examples import Confirmed
from storage.place import Place
from storage.releases import NewRelease, ReleaseState
from tests.bot.staff.house import House, open_house, send, told


@pytest.fixture
def house(place: Place) -> Iterator[House]:
    """One whose console knows what ships."""
    with open_house(place, shipped_catalogue()) as opened:
        yield opened


async def test_the_scam_that_a_telling_is_like_is_chosen_to_begin_with_and_any_other_can_be(house: House) -> None:
    tip = house.file(told("They said close the account or else", "close the account"))
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    page = (await browser.get(f"/tips/{tip}")).text
    assert '<option value="fake-customer-service" selected>' in page
    assert page.count('value="fake-customer-service"') == 1
    for pattern in shipped_catalogue():
        assert f'value="{pattern.id}"' in page
    await browser.aclose()


async def test_a_tip_confirmed_as_a_known_scam_is_an_example_of_it(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/decide", verdict="confirmed", reason="Seen.", pattern="fake-loan")
    assert house.database.read_now(lambda t: examples.confirmed(t, house.key)) == (Confirmed(tip, "fake-loan", None),)
    assert shipped_catalogue()["fake-loan"].name["en"] in (await browser.get(f"/tips/{tip}")).text
    await browser.aclose()


@pytest.mark.parametrize(("verdict", "pattern"), [("confirmed", ""), ("unfounded", "fake-loan")])
async def test_what_is_not_confirmed_as_one_is_no_example(house: House, verdict: str, pattern: str) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/decide", verdict=verdict, reason="Seen.", pattern=pattern)
    assert house.tip(tip).verdict == verdict
    assert house.database.read_now(lambda t: examples.confirmed(t, house.key)) == ()
    await browser.aclose()


async def test_a_scam_that_is_not_known_is_refused_and_the_reason_is_given_back(house: House) -> None:
    tip = house.file()
    browser = await house.signed_in("chen")
    await send(browser, f"/tips/{tip}", f"/tips/{tip}/claim")
    answer = await send(
        browser, f"/tips/{tip}", f"/tips/{tip}/decide", verdict="confirmed", reason="My reason.", pattern="no-scam"
    )
    assert answer.status_code == 409
    assert "That scam is not known any more." in answer.text
    assert "My reason." in answer.text
    assert house.tip(tip).is_open
    await browser.aclose()


async def test_learning_that_was_held_back_is_said_above_the_queue_with_its_figures(house: House) -> None:
    browser = await house.signed_in("chen")
    assert "Learning was held back" not in (await browser.get("/")).text
    falls = (Fall(Figure.FIRST, 0.8, 0.7), Fall(Figure.ONE_PATTERN, 0.9, 0.2, "fake-loan"))
    new = NewRelease(
        name="n",
        ground="g",
        learned_from="l",
        state=ReleaseState.HELD,
        packed=b"packed",
        examples={},
        held_by=held_back.dump(falls),
    )
    house.database.write_now(lambda t: releases.publish(t, house.key, new, now=house.clock()))
    page = (await browser.get("/")).text
    assert "Learning was held back (release 1)" in page
    assert "0.800 → 0.700" in page
    assert shipped_catalogue()["fake-loan"].name["en"] in page
    await browser.aclose()
