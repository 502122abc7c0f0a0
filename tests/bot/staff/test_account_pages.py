"""One's own account in the console: a code for the desk, shown once; who is bound, and the way out of it."""

from storage import desk_bindings
from storage.accounts import Role
from storage.desk_key import DeskKey
from tests.bot.staff.house import House, send


def bind(house: House, code: str, person: int = 7) -> str:
    """As the desk does with what was sent to it."""
    key = DeskKey.of(house.key)
    return house.database.write_now(
        lambda t: desk_bindings.use_code(t, key, code, person=person, language="en", now=house.clock())
    ).name


def code_in(text: str) -> str:
    return text.split("/start ")[1].split("<", maxsplit=1)[0].strip()


async def test_a_code_is_shown_once_and_binds_whoever_asked_for_it(house: House) -> None:
    browser = await house.signed_in("chen")
    page = await send(browser, "/account", "/account/code")
    code = code_in(page.text)
    assert "for 10 minutes" in page.text
    assert code not in (await browser.get("/account")).text
    assert bind(house, code) == "chen"
    assert "Your Telegram is bound since" in (await browser.get("/account")).text


async def test_the_page_names_the_bot_once_it_ran_and_no_other(house: House) -> None:
    browser = await house.signed_in("chen")
    assert "No desk bot has run here yet" in (await browser.get("/account")).text
    key = DeskKey.of(house.key)
    house.database.write_now(lambda t: desk_bindings.name_bot(t, key, "fanzha_desk_bot"))
    page = await send(browser, "/account", "/account/code")
    assert f"https://t.me/fanzha_desk_bot?start={code_in(page.text)}" in page.text
    # Whoever else can write to the database cannot send staff to a bot of theirs.
    house.database.write_now(lambda t: desk_bindings.name_bot(t, DeskKey(bytes(32)), "their_bot"))
    assert "their_bot" not in (await send(browser, "/account", "/account/code")).text


async def test_unbound_by_oneself_or_a_supervisor_it_is_over_and_audited(house: House) -> None:
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    bind(house, code_in((await send(chen, "/account", "/account/code")).text))
    assert "<time" in (await lin.get("/staff")).text.split(">chen<")[1].split("</tr>")[0]
    await send(lin, "/staff", "/staff/chen/unbind")
    assert "Not bound." in (await chen.get("/account")).text
    bind(house, code_in((await send(chen, "/account", "/account/code")).text))
    await send(chen, "/account", "/account/unbind")
    assert [act for act in house.acts("account:chen") if "desk" in act[1]] == [
        ("lin", "unbind-desk"),
        ("chen", "unbind-desk"),
    ]


async def test_a_disabled_or_reset_account_has_no_telegram_any_more(house: House) -> None:
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    for path in ("/staff/chen/reset", "/staff/chen/disable"):
        code = house.database.write_now(
            lambda t: desk_bindings.make_code(
                t, DeskKey.of(house.key), "chen", random=house.chance.randbytes, now=house.clock()
            )
        )
        bind(house, code)
        await send(lin, "/staff", path)
        assert house.database.read_now(desk_bindings.bound_since) == {}
    assert chen is not lin
