"""The pages of whoever keeps the accounts."""

import re

from storage import accounts
from storage.accounts import Role
from tests.bot.staff.house import House, send


async def test_an_invitation_is_a_link_that_is_shown_once(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    page = await send(lin, "/staff", "/staff/invite", name="Wei", role="reviewer")
    found = re.search(r"http://console\.test(/join/[0-9a-f]{64})", page.text)
    assert found
    assert found[1] not in (await lin.get("/staff")).text
    async with house.browser() as wei:
        assert (await wei.get(found[1])).status_code == 200
    await lin.aclose()


async def test_a_name_that_is_taken_or_unusable_comes_back_with_the_reason(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    taken = await send(lin, "/staff", "/staff/invite", name="lin", role="reviewer")
    assert taken.status_code == 422
    assert "There is an account named lin already." in taken.text
    unusable = await send(lin, "/staff", "/staff/invite", name="<b>x", role="reviewer")
    assert "A name has 1 to 40 letters" in unusable.text
    assert 'value="&lt;b&gt;x"' in unusable.text
    await lin.aclose()


async def test_nobody_is_invited_into_a_role_that_does_not_exist(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    assert (await send(lin, "/staff", "/staff/invite", name="wei", role="king")).status_code == 400
    assert ">wei<" not in (await lin.get("/staff")).text
    await lin.aclose()


async def test_another_role_signs_out_at_once_and_nobody_gives_themselves_one(house: House) -> None:
    root, chen = await house.signed_in("root", Role.ADMINISTRATOR), await house.signed_in("chen")
    await send(root, "/staff", "/staff/chen/role", role="editor")
    assert (await chen.get("/")).headers["location"] == "/sign-in"
    assert house.acts("account:chen")[-1] == ("root", "set-role")
    assert house.database.read_now(lambda t: accounts.get(t, "chen")).role is Role.EDITOR
    assert (await send(root, "/staff", "/staff/root/role", role="supervisor")).status_code == 403
    assert (await send(root, "/staff", "/staff/nobody/role", role="editor")).status_code == 404
    before = house.acts()
    await send(root, "/staff", "/staff/chen/role", role="editor")
    assert house.acts() == before
    await root.aclose()
    await chen.aclose()


async def test_a_disabled_member_is_out_at_once_and_a_supervisor_cannot_disable_themselves(house: House) -> None:
    lin, chen = await house.signed_in("lin", Role.SUPERVISOR), await house.signed_in("chen")
    await send(lin, "/staff", "/staff/chen/disable")
    assert (await chen.get("/")).headers["location"] == "/sign-in"
    assert (await send(lin, "/staff", "/staff/lin/disable")).status_code == 403
    assert (await lin.get("/")).status_code == 200
    await lin.aclose()
    await chen.aclose()


async def test_resetting_nobody_is_not_found(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    assert (await send(lin, "/staff", "/staff/nobody/reset")).status_code == 404
    await lin.aclose()


async def test_a_page_number_of_thousands_of_digits_is_a_page_like_any_other(house: House) -> None:
    anna = await house.signed_in("anna")
    assert (await anna.get("/?page=" + "9" * 5000)).status_code == 200
    assert (await anna.get("/?page=0")).status_code == 200
    await anna.aclose()
