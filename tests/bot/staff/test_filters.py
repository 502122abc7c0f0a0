"""Filters of the queue: what can be chosen together, and what is kept of it by a name."""

from datetime import timedelta

import pytest

from bot.services.filters import LONGEST_NAME, MOST
from bot.services.tipbox import TipBox
from bot.staff.choosing import Chosen
from storage import claims
from storage.accounts import Role
from tests.bot.staff.house import House, send

HOSTILE = "<script>alert(1)</script>"


def about(kind: str, country: str = "GB", language: str = "en") -> TipBox:
    return TipBox(telling=("something",), language=language, kind=kind, country=country)


async def test_what_is_chosen_narrows_together_and_the_address_says_it(house: House) -> None:
    wanted = house.file(about("cheated", "TW", "zh-Hant"))
    others = [house.file(about("check", "TW")), house.file(about("cheated"))]
    house.clock.pass_by(timedelta(days=2))
    young = house.file(about("cheated", "TW", "zh-Hant"))
    browser = await house.signed_in("chen")
    page = (await browser.get("/?kind=cheated&country=TW&language=zh-Hant&age=1&state=new")).text
    assert wanted in page
    assert not [tip for tip in (*others, young) if tip in page]
    house.database.write_now(lambda t: claims.claim(t, wanted, by="chen", now=house.clock()))
    assert wanted not in (await browser.get("/?kind=cheated&country=TW&language=zh-Hant&age=1&state=new")).text
    await browser.aclose()


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("lane=danger&state=mine&kind=held&news=1", "lane=danger&state=mine&kind=held&news=1"),
        ("pattern=fake-loan&country=tw&language=zh-Hant&age=7", "pattern=fake-loan&country=TW&language=zh-Hant&age=7"),
        ("deadline=missed", "deadline=missed"),
        ("lane=x&state=open&kind=&age=2&country=TWN&pattern=" + "a" * 61, ""),
        ("pattern=%27%3B--&country=1A&news=yes&deadline=soon&language=xx", ""),
    ],
)
def test_an_address_keeps_what_is_a_choice_and_nothing_else(query: str, kept: str) -> None:
    assert Chosen.parse(query).query == kept
    assert Chosen.parse(kept) == Chosen.parse(query)


async def test_a_kept_filter_is_a_tab_that_can_be_renamed_and_removed(house: House) -> None:
    browser = await house.signed_in("chen")
    saved = await send(browser, "/?kind=held&country=TW", "/filters", kind="held", country="TW", name="  Held in   TW ")
    assert saved.headers["location"] == "/?kind=held&country=TW"
    page = (await browser.get("/?kind=held&country=TW")).text
    assert '<a class="chip" href="/?kind=held&amp;country=TW" aria-current="true">Held in TW</a>' in page
    await send(browser, "/filters", "/filters/1/rename", name="The islands")
    page = (await browser.get("/")).text
    assert "The islands" in page
    assert "Held in TW" not in page
    await send(browser, "/filters", "/filters/1/remove")
    assert "The islands" not in (await browser.get("/")).text
    assert house.acts("filter 1") == [("chen", "save-filter"), ("chen", "save-filter"), ("chen", "remove-filter")]
    await browser.aclose()


async def test_saving_under_the_same_name_takes_the_old_ones_place_and_renaming_to_it_is_refused(house: House) -> None:
    browser = await house.signed_in("chen")
    for kind in ("held", "mule"):
        await send(browser, "/", "/filters", kind=kind, name="Today")
    await send(browser, "/", "/filters", kind="check", name="Other")
    page = (await browser.get("/filters")).text
    assert page.count("/rename") == 2
    assert 'href="/?kind=mule"' in page
    refused = await send(browser, "/filters", "/filters/2/rename", name="Today")
    assert refused.status_code == 409
    assert "There is a tab of that name already" in refused.text
    await browser.aclose()


async def test_only_a_supervisor_shares_and_only_supervisors_take_away_what_is_shared(house: House) -> None:
    lin, chen = await house.signed_in("lin", Role.SUPERVISOR), await house.signed_in("chen")
    await send(lin, "/", "/filters", kind="held", name="Held", shared="1")
    await send(lin, "/", "/filters", kind="mule", name="Mine alone")
    page = (await chen.get("/")).text
    assert "Held" in page
    assert "Mine alone" not in page
    for path in ("/filters/1/remove", "/filters/2/remove", "/filters/1/rename"):
        assert (await send(chen, "/filters", path, name="x")).status_code == 403
    assert (await send(chen, "/", "/filters", kind="held", name="Ours", shared="1")).status_code == 403
    assert "Ours" not in (await lin.get("/")).text
    mei = await house.signed_in("mei", Role.SUPERVISOR)
    assert (await send(mei, "/filters", "/filters/2/remove")).status_code == 403
    assert (await send(mei, "/filters", "/filters/1/remove")).status_code == 303
    assert (await send(mei, "/filters", "/filters/1/remove")).status_code == 404
    for browser in (lin, chen, mei):
        await browser.aclose()


async def test_a_name_that_cannot_be_kept_comes_back_with_what_was_chosen(house: House) -> None:
    browser = await house.signed_in("chen")
    for name, said in (("x" * (LONGEST_NAME + 1), "at most 40 characters"), (" ", "Write a sentence")):
        refused = await send(browser, "/", "/filters", kind="held", name=name)
        assert refused.status_code == 409
        assert said in refused.text
        assert 'name="kind" value="held"' in refused.text
    for number in range(MOST):
        await send(browser, "/", "/filters", kind="held", name=f"tab {number}")
    refused = await send(browser, "/", "/filters", kind="held", name="one more")
    assert "which is the most" in refused.text
    assert refused.text.count("/rename") == MOST
    await browser.aclose()


async def test_a_hostile_name_is_only_text(house: House) -> None:
    browser = await house.signed_in("chen")
    await send(browser, "/", "/filters", kind="held", name=HOSTILE)
    for path in ("/", "/filters"):
        assert HOSTILE not in (await browser.get(path)).text
        assert "&lt;script&gt;" in (await browser.get(path)).text
    await browser.aclose()
