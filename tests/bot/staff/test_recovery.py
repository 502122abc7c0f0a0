"""One-time recovery codes: shown once, kept as hashes, each good once in place of the six digits."""

import re
from datetime import timedelta

import httpx
from sqlmodel import select

from storage.account_tables import RecoveryCode
from storage.accounts import Role
from tests.bot.staff.house import House, send, sign_in


def codes_in(page: httpx.Response) -> list[str]:
    return re.findall(r'<li class="code">([0-9A-Z]{5}-[0-9A-Z]{5})</li>', page.text)


async def test_ten_are_shown_once_and_lie_nowhere_in_the_clear(house: House) -> None:
    chen = await house.signed_in("chen")
    assert "None are left." in (await chen.get("/account")).text
    codes = codes_in(await send(chen, "/account", "/account/recovery"))
    assert len(set(codes)) == 10
    again = await chen.get("/account")
    assert codes_in(again) == []
    assert "10 are left." in again.text
    kept = house.database.read_now(lambda t: [bytes(row.code) for row in t.session.exec(select(RecoveryCode))])
    assert len(kept) == 10
    assert not [code for code in codes if code.encode() in b"".join(kept)]
    assert house.acts("account:chen")[-1] == ("chen", "make-recovery-codes")
    await chen.aclose()


async def test_each_opens_once_however_it_is_written_and_its_use_is_told(house: House) -> None:
    chen = await house.signed_in("chen")
    first, second, *_ = codes_in(await send(chen, "/account", "/account/recovery"))
    async with house.browser() as browser:
        assert (await sign_in(browser, "chen", f" {first.lower().replace('-', ' ')} ")).status_code == 303
        assert "9 are left." in (await browser.get("/account")).text
    async with house.browser() as browser:
        assert (await sign_in(browser, "chen", first)).status_code == 403
        assert (await sign_in(browser, "chen", second, "wrong wrong wrong")).status_code == 403
        assert (await sign_in(browser, "chen", second)).status_code == 303
    assert house.acts("account:chen").count(("chen", "use-recovery-code")) == 2
    await chen.aclose()


async def test_new_ones_end_the_old_and_are_nobody_elses(house: House) -> None:
    chen = await house.signed_in("chen")
    house.hire("lin")
    (old, *_) = codes_in(await send(chen, "/account", "/account/recovery"))
    (new, *_) = codes_in(await send(chen, "/account", "/account/recovery"))
    async with house.browser() as browser:
        assert (await sign_in(browser, "chen", old)).status_code == 403
        assert (await sign_in(browser, "lin", new)).status_code == 403
        assert (await sign_in(browser, "chen", new)).status_code == 303
    await chen.aclose()


async def test_a_reset_ends_them(house: House) -> None:
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    await send(chen, "/account", "/account/recovery")
    await send(lin, "/staff", "/staff/chen/reset")
    assert house.database.read_now(lambda t: t.session.exec(select(RecoveryCode)).all()) == []
    await chen.aclose()
    await lin.aclose()


async def test_making_them_asks_for_a_second_factor_that_was_just_shown(house: House) -> None:
    chen = await house.signed_in("chen")
    house.clock.pass_by(timedelta(minutes=11))
    asked = await send(chen, "/account", "/account/recovery")
    assert (asked.status_code, codes_in(asked)) == (403, [])
    assert "Is it you?" in asked.text
    await chen.aclose()
