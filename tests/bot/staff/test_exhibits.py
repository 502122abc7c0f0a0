"""What people sent, in the console: listed by what it is, opened on the second click, on the record, never shown."""

import json
from dataclasses import replace

import httpx
import pytest

from bot.services.tipbox import TipBox
from storage import exhibits, withdrawals
from storage.accounts import Role
from storage.exhibits import NewExhibit
from tests.bot.staff.house import House, send, token_in

TRAP = b"<html><script>alert(1)</script> an invented picture"


def told(*dangers: str, pictured: tuple[str, ...] = ()) -> TipBox:
    telling = ("He sent me this", *pictured)
    return TipBox(telling=telling, language="en", kind="check", dangers=dangers, pictured=pictured)


def sent_with(house: House, tip: str, *, kind: str = "picture", type_: str = "image/jpeg") -> int:
    about = json.dumps({"type": type_, "size": len(TRAP)}).encode()
    seal = house.key.public.seal
    new = NewExhibit(kind=kind, about=seal(about), sealed=seal(TRAP))
    return house.database.write_now(lambda t: exhibits.add(t, new, conversation=None, tip=tip, now=house.clock()))


async def download(browser: httpx.AsyncClient, path: str) -> httpx.Response:
    return await send(browser, path, path)


async def test_a_tip_lists_what_was_sent_with_it_and_shows_nothing_of_it(house: House) -> None:
    tip = house.file(told())
    number = sent_with(house, tip)
    browser = await house.signed_in("ana")
    page = await browser.get(f"/tips/{tip}")
    assert "Picture" in page.text
    assert "image/jpeg" in page.text
    assert f'href="/tips/{tip}/exhibits/{number}"' in page.text
    assert "<img" not in page.text
    assert "an invented picture" not in page.text


async def test_it_is_opened_on_the_second_click_as_a_file_that_no_browser_runs(house: House) -> None:
    tip = house.file(told())
    number = sent_with(house, tip)
    browser = await house.signed_in("ana")
    path = f"/tips/{tip}/exhibits/{number}"
    asked = await browser.get(path)
    assert asked.status_code == 200
    assert "an invented picture" not in asked.text
    assert ("ana", "open-exhibit") not in house.acts(tip)
    answer = await download(browser, path)
    assert answer.content == TRAP
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{tip}-{number}.jpg"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert house.acts(tip)[-1] == ("ana", "open-exhibit")


async def test_a_look_at_the_address_alone_opens_nothing(house: House) -> None:
    tip = house.file(told())
    path = f"/tips/{tip}/exhibits/{sent_with(house, tip)}"
    browser = await house.signed_in("ana")
    # Neither a form of another page, nor one without a token.
    for fields in ({}, {"form_token": "0" * 64}):
        answer = await browser.post(path, data=fields)
        assert answer.status_code == 403
    assert ("ana", "open-exhibit") not in house.acts(tip)


async def test_of_a_tip_about_a_minor_nothing_is_opened(house: House) -> None:
    tip = house.file(told("minor"))
    path = f"/tips/{tip}/exhibits/{sent_with(house, tip)}"
    browser = await house.signed_in("boss", Role.SUPERVISOR)
    page = await browser.get(f"/tips/{tip}")
    assert "concerns a minor" in page.text
    assert path not in page.text
    asked = await browser.get(path)
    assert asked.status_code == 403
    assert "opened for nobody" in asked.text
    answer = await browser.post(path, data={"form_token": token_in(page)})
    assert answer.status_code == 403
    assert TRAP not in answer.content
    assert ("boss", "open-exhibit") not in house.acts(tip)


async def test_one_tips_exhibit_is_not_reached_through_another(house: House) -> None:
    first, second = house.file(told()), house.file(told("minor"))
    number = sent_with(house, second)
    browser = await house.signed_in("ana")
    page = await browser.get(f"/tips/{first}")
    path = f"/tips/{first}/exhibits/{number}"
    assert (await browser.get(path)).status_code == 404
    assert (await browser.post(path, data={"form_token": token_in(page)})).status_code == 404


async def test_what_was_taken_back_is_opened_no_more(house: House) -> None:
    tip = house.file(told())
    path = f"/tips/{tip}/exhibits/{sent_with(house, tip)}"
    browser = await house.signed_in("ana")
    token = token_in(await browser.get(path))
    house.database.write_now(lambda t: withdrawals.withdraw(t, tip, now=house.clock()))
    assert path not in (await browser.get(f"/tips/{tip}")).text
    assert (await browser.post(path, data={"form_token": token})).status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR])
async def test_who_may_not_open_tips_may_not_open_what_came_with_them(house: House, role: Role) -> None:
    tip = house.file(told())
    path = f"/tips/{tip}/exhibits/{sent_with(house, tip)}"
    browser = await house.signed_in("eve", role)
    assert (await browser.get(path)).status_code == 403


async def test_what_a_program_read_is_told_from_what_a_person_wrote(house: House) -> None:
    box = told(pictured=("Your parcel is held",))
    assert TipBox.from_bytes(box.to_bytes()) == box
    assert TipBox.from_bytes(replace(box, pictured=()).to_bytes()).pictured == ()
    browser = await house.signed_in("ana")
    page = await browser.get(f"/tips/{house.file(box)}")
    assert "may have misread" in page.text
    plain = await browser.get(f"/tips/{house.file(told())}")
    assert "may have misread" not in plain.text
