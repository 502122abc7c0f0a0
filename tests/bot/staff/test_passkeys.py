"""Passkeys: made on one's account's page, used to come in alone or beside the passphrase, refused when it is off."""

import copy
import json
import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from bot.services.ceremony import RelyingParty
from storage import passkeys
from storage.accounts import Role
from tests.bot.staff.house import PASSPHRASE, House, send, sign_in, token_in
from tests.fakes.authenticator import Authenticator, decoded, encoded


def options_in(page: httpx.Response, which: str) -> str:
    """What the page hands to its script."""
    found = re.search(rf'data-passkey="{which}" data-options="([^"]*)"', page.text)
    assert found, page.text
    return unescape(found[1])


async def make(browser: httpx.AsyncClient, device: Authenticator, name: str = "office key") -> httpx.Response:
    page = await browser.get("/account")
    told = device.make(options_in(page, "make"))
    return await browser.post("/account/passkeys", data={"form_token": token_in(page), "name": name, "passkey": told})


async def come_in(browser: httpx.AsyncClient, device: Authenticator, **fields: str) -> httpx.Response:
    page = await browser.get("/sign-in")
    told = device.use(options_in(page, "use"))
    return await browser.post(
        "/sign-in", data={"form_token": token_in(page), "name": "", "passphrase": "", "passkey": told, **fields}
    )


@pytest.fixture
async def device(house: House) -> Authenticator:
    """Chen's, with a passkey on it."""
    chen, device = await house.signed_in("chen"), Authenticator()
    assert (await make(chen, device)).headers["location"] == "/account#passkeys"
    await chen.aclose()
    return device


async def test_a_passkey_alone_opens_the_console(house: House, device: Authenticator) -> None:
    async with house.browser() as browser:
        assert (await come_in(browser, device)).headers["location"] == "/"
        page = (await browser.get("/account")).text
    assert "office key" in page
    assert house.acts("account:chen")[-2:] == [("chen", "add-passkey"), ("chen", "sign-in-by-passkey")]


async def test_several_are_kept_by_name_and_removed_one_by_one(house: House, device: Authenticator) -> None:
    second = Authenticator(id=b"credential-of-the-second-device")
    async with house.browser() as browser:
        await come_in(browser, device)
        await make(browser, second, "<b>phone</b>")
        page = (await browser.get("/account")).text
        assert "office key" in page
        assert "&lt;b&gt;phone&lt;/b&gt;" in page
        assert "excludeCredentials" in unescape(page)
        await send(browser, "/account", "/account/passkeys/remove", id=device.id.hex())
        await send(browser, "/account", "/account/passkeys/remove", id=device.id.hex())
        await send(browser, "/account", "/account/passkeys/remove", id="no digits")
    async with house.browser() as browser:
        assert (await come_in(browser, device)).status_code == 403
        assert (await come_in(browser, second)).status_code == 303
    assert house.acts("account:chen").count(("chen", "remove-passkey")) == 1


async def test_without_a_pin_or_finger_it_opens_only_beside_the_passphrase(house: House, device: Authenticator) -> None:
    device.knows_owner = False
    async with house.browser() as browser:
        assert (await come_in(browser, device)).status_code == 403
        assert (await come_in(browser, device, name="chen", passphrase="wrong words here")).status_code == 403
        answer = await come_in(browser, device, name="chen", passphrase=PASSPHRASE)
        assert answer.headers["location"] == "/"
    assert house.acts("account:chen")[-1] == ("chen", "sign-in")


async def test_it_is_no_second_factor_for_another_account(house: House, device: Authenticator) -> None:
    house.hire("lin")
    async with house.browser() as browser:
        assert (await come_in(browser, device, name="lin", passphrase=PASSPHRASE)).status_code == 403


async def test_one_answer_opens_once_and_only_the_browser_it_was_asked_of(house: House, device: Authenticator) -> None:
    async with house.browser() as browser, house.browser() as thief:
        page = await browser.get("/sign-in")
        told, fields = device.use(options_in(page, "use")), {"name": "", "passphrase": ""}
        stolen = token_in(await thief.get("/sign-in"))
        answer = await thief.post("/sign-in", data={"form_token": stolen, "passkey": told, **fields})
        assert answer.status_code == 403
        sent = {"form_token": token_in(page), "passkey": told, **fields}
        assert (await browser.post("/sign-in", data=sent)).status_code == 303
        assert (await browser.post("/sign-in", data=sent)).status_code == 403


async def test_an_answer_is_too_late_after_ten_minutes(house: House, device: Authenticator) -> None:
    async with house.browser() as browser:
        page = await browser.get("/sign-in")
        house.clock.pass_by(timedelta(minutes=10, seconds=1))
        sent = {"form_token": token_in(page), "passphrase": "", "passkey": device.use(options_in(page, "use"))}
        answer = await browser.post("/sign-in", data=sent)
    assert answer.status_code == 403
    assert "it took too long" in answer.text


@pytest.mark.parametrize(
    ("part", "value"),
    [("origin", "http://evil.test"), ("site", "evil.test"), ("id", b"another"), ("key", Authenticator().key)],
)
async def test_another_site_key_or_passkey_opens_nothing(
    house: House, device: Authenticator, part: str, value: object
) -> None:
    setattr(device, part, value)
    async with house.browser() as browser:
        assert (await come_in(browser, device)).status_code == 403


async def test_a_copy_whose_counter_lags_behind_is_refused_and_written_down(
    house: House, device: Authenticator
) -> None:
    copied = copy.copy(device)
    async with house.browser() as browser:
        for _ in range(2):
            assert (await come_in(browser, device)).status_code == 303
        assert (await come_in(browser, copied)).status_code == 403
    assert ("chen", "refuse-copied-passkey") in house.acts("account:chen")
    kept = house.database.read_now(lambda t: passkeys.find(t, device.id))
    assert kept is not None
    assert kept.counter == 2


async def test_one_that_never_counts_works_again_and_again(house: House) -> None:
    chen, device = await house.signed_in("chen"), Authenticator(counts=False)
    await make(chen, device)
    for _ in range(3):
        async with house.browser() as browser:
            assert (await come_in(browser, device)).status_code == 303
    await chen.aclose()


async def test_an_account_closed_by_others_failures_still_lets_its_owner_in(
    house: House, device: Authenticator
) -> None:
    async with house.browser(address="203.0.113.5") as stranger:
        for _ in range(6):
            await sign_in(stranger, "chen", "000000", "wrong wrong wrong")
    house.clock.pass_by(timedelta(seconds=30))
    async with house.browser() as browser:
        assert (await sign_in(browser, "chen", house.code())).status_code == 403
        assert (await come_in(browser, device)).status_code == 303


async def test_a_disabled_or_reset_account_has_no_way_in_by_passkey(house: House, device: Authenticator) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    await send(lin, "/staff", "/staff/chen/disable")
    async with house.browser() as browser:
        assert (await come_in(browser, device)).status_code == 403
    await send(lin, "/staff", "/staff/chen/reset")
    assert house.database.read_now(lambda t: passkeys.of_account(t, "chen")) == ()
    await lin.aclose()


async def test_a_passkey_is_one_accounts_alone(house: House, device: Authenticator) -> None:
    lin = await house.signed_in("lin")
    answer = await make(lin, device)
    assert answer.status_code == 422
    assert "That passkey was not taken" in answer.text
    await lin.aclose()


@pytest.mark.parametrize("told", ["", "{}", "[]", "null", "x" * 100_000, '{"id": 1}', '{"id":"AA","response":[]}'])
async def test_nonsense_is_refused_with_a_sentence(house: House, told: str) -> None:
    chen = await house.signed_in("chen")
    page = await chen.get("/account")
    sent = {"form_token": token_in(page), "name": "x", "passkey": told}
    assert (await chen.post("/account/passkeys", data=sent)).status_code == 422
    async with house.browser() as browser:
        page = await browser.get("/sign-in")
        answer = await browser.post("/sign-in", data={"form_token": token_in(page), "passkey": told, "passphrase": ""})
    assert answer.status_code == 403
    await chen.aclose()


async def test_an_answer_with_any_bit_turned_opens_nothing(house: House, device: Authenticator) -> None:
    async with house.browser() as browser:
        for part in ("clientDataJSON", "authenticatorData", "signature"):
            for place in range(0, 60, 7):
                page = await browser.get("/sign-in")
                told = json.loads(device.use(options_in(page, "use")))
                raw = bytearray(decoded(told["response"][part]))
                raw[place % len(raw)] ^= 1 << (place % 8)
                told["response"][part] = encoded(bytes(raw))
                sent = {"form_token": token_in(page), "passphrase": "", "passkey": json.dumps(told)}
                assert (await browser.post("/sign-in", data=sent)).status_code == 403, (part, place)
                house.clock.pass_by(timedelta(minutes=1))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://staff.example.org/", RelyingParty("staff.example.org", "https://staff.example.org")),
        ("https://staff.example.org:8443/", RelyingParty("staff.example.org", "https://staff.example.org:8443")),
        ("http://localhost:8081/", RelyingParty("localhost", "http://localhost:8081")),
        ("http://127.0.0.1:8081/", None),
        ("https://[::1]:8081/", None),
        ("http://staff.example.org/", None),
    ],
)
def test_passkeys_are_for_a_name_over_https_or_this_very_machine(address: str, expected: RelyingParty | None) -> None:
    assert RelyingParty.of(address) == expected
