"""Guessing at the door: from many addresses, at many names, slowly, and beside an owner who comes in all the same."""

from datetime import timedelta

from tests.bot.staff.house import House, sign_in
from tests.bot.staff.test_passkeys import come_in, make
from tests.fakes.authenticator import Authenticator

WRONG = "wrong wrong wrong"


async def guess(house: House, name: str, address: str) -> int:
    async with house.browser(address=address) as stranger:
        return (await sign_in(stranger, name, "000000", WRONG)).status_code


async def is_let_in(house: House, name: str, address: str = "192.0.2.1") -> bool:
    async with house.browser(address=address) as owner:
        return (await sign_in(owner, name, house.code())).status_code == 303


async def test_many_addresses_close_one_account_as_one_address_does(house: House) -> None:
    house.hire("chen")
    assert {await guess(house, "chen", f"203.0.113.{number}") for number in range(5)} == {403}
    assert not await is_let_in(house, "chen")
    house.clock.pass_by(timedelta(minutes=1, seconds=1))
    assert await is_let_in(house, "chen")


async def test_a_thousand_guesses_in_a_day_are_few_that_count(house: House) -> None:
    house.hire("chen")
    # Each from an address of its own, whenever the account is open: as many as any number of machines get.
    counted, until = 0, house.clock() + timedelta(hours=24)
    while house.clock() < until:
        await guess(house, "chen", f"2001:db8:{counted:x}::1")
        counted += 1
        wait = house.account("chen").locked_until
        house.clock.now = max(house.clock() + timedelta(seconds=1), wait or house.clock())
    assert counted <= 5 + 6 + 24


async def test_one_machines_many_addresses_are_one(house: House) -> None:
    house.hire("chen")
    for number in range(20):
        await guess(house, f"guess{number}", f"2001:db8:1:2::{number:x}")
    assert not await is_let_in(house, "chen", "2001:db8:1:2:ffff::1")
    assert await is_let_in(house, "chen", "2001:db8:1:3::1")


async def test_a_day_without_failures_forgives_them(house: House) -> None:
    house.hire("chen")
    for number in range(4):
        await guess(house, "chen", f"203.0.113.{number}")
    house.clock.pass_by(timedelta(hours=24))
    await guess(house, "chen", "203.0.113.9")
    assert await is_let_in(house, "chen")


async def test_an_owner_with_a_passkey_comes_in_while_others_guess_and_gives_them_no_more_tries(house: House) -> None:
    chen, device = await house.signed_in("chen"), Authenticator()
    await make(chen, device)
    for number in range(5):
        await guess(house, "chen", f"203.0.113.{number}")
    closed_until = house.account("chen").locked_until
    async with house.browser() as owner:
        assert (await come_in(owner, device)).status_code == 303
    assert house.account("chen").locked_until == closed_until
    assert closed_until is not None
    await chen.aclose()


async def test_every_guess_stands_in_the_audit_log_without_the_name_that_was_guessed(house: House) -> None:
    house.hire("chen")
    await guess(house, "chen", "203.0.113.1")
    await guess(house, "my-secret-passphrase", "203.0.113.1")
    assert house.acts() == [("chen", "refuse-sign-in"), ("unknown", "refuse-sign-in")]
