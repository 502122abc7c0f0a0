"""How staff come in, and who does not."""

import re
from datetime import timedelta

import httpx
import pyotp
import pytest

from bot.services.staffing import first_supervisor_link
from storage import accounts
from storage.accounts import Role
from tests.bot.staff.house import PASSPHRASE, House, send, sign_in


async def first_link(house: House) -> str:
    link = await first_supervisor_link(
        house.database, house.key, "http://console.test/", house.clock, house.chance.randbytes
    )
    assert link is not None
    return link.removeprefix("http://console.test")


def shown_secret(page: httpx.Response) -> str:
    found = re.search(r'class="code secret">([A-Z2-7 ]+)<', page.text)
    assert found
    return found[1].replace(" ", "")


async def test_the_first_supervisor_comes_in_by_link_chooses_both_and_sees_the_queue(house: House) -> None:
    link = await first_link(house)
    async with house.browser() as browser:
        assert (await send(browser, link, link)).headers["location"] == "/enrol"
        page = await browser.get("/enrol")
        assert "<svg" in page.text
        code = pyotp.TOTP(shown_secret(page)).generate_otp(int(house.clock().timestamp()) // 30)
        done = await send(browser, "/enrol", "/enrol", passphrase=PASSPHRASE, code=code)
        assert done.headers["location"] == "/"
        assert (await browser.get("/")).status_code == 200
    assert (
        await first_supervisor_link(house.database, house.key, "http://x", house.clock, house.chance.randbytes) is None
    )
    assert house.acts("account:supervisor") == [
        ("command", "invite-staff"),
        ("supervisor", "use-link"),
        ("supervisor", "enrol"),
    ]


async def test_looking_at_a_link_does_not_use_it_up_and_pressing_its_button_does(house: House) -> None:
    link = await first_link(house)
    async with house.browser() as browser:
        for _ in range(3):
            assert (await browser.get(link)).status_code == 200
        assert (await browser.head(link)).status_code in {200, 405}
        assert (await send(browser, link, link)).status_code == 303
        assert (await browser.get(link)).status_code == 410


async def test_a_link_is_over_after_fifteen_minutes(house: House) -> None:
    link = await first_link(house)
    house.clock.pass_by(timedelta(minutes=15))
    async with house.browser() as browser:
        page = await browser.get(link)
    assert page.status_code == 410
    assert "works once, for 15 minutes" in page.text


async def test_a_session_that_only_enrols_opens_no_page(house: House) -> None:
    link = await first_link(house)
    async with house.browser() as browser:
        await send(browser, link, link)
        assert (await browser.get("/")).headers["location"] == "/sign-in"


@pytest.mark.parametrize("passphrase", ["short", "aaaaaaaaaaaaaaaaaaaa", "supervisorsupervisor"])
async def test_a_weak_passphrase_is_refused_with_the_rule(house: House, passphrase: str) -> None:
    link = await first_link(house)
    async with house.browser() as browser:
        await send(browser, link, link)
        code = pyotp.TOTP(shown_secret(await browser.get("/enrol"))).generate_otp(int(house.clock().timestamp()) // 30)
        page = await send(browser, "/enrol", "/enrol", passphrase=passphrase, code=code)
    assert page.status_code == 422
    assert "at least 14 characters, of at least 6 kinds" in page.text


async def test_name_passphrase_and_code_together_open_the_console(house: House) -> None:
    browser = await house.signed_in("chen")
    page = await browser.get("/")
    assert "chen" in page.text
    cookie = next(cookie for cookie in browser.cookies.jar if cookie.name == "fanzha_staff")
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "strict"


async def test_over_https_the_cookie_is_bound_to_this_host_and_to_https(house: House) -> None:
    house.hire("chen")
    async with house.browser() as browser:
        browser.base_url = httpx.URL("https://console.test")
        answer = await sign_in(browser, "chen", house.code())
    cookies = answer.headers.get_list("set-cookie")
    assert any(cookie.startswith("__Host-fanzha_staff=") and "Secure" in cookie for cookie in cookies)


async def test_every_wrong_part_gets_the_same_answer_as_a_name_that_does_not_exist(house: House) -> None:
    house.hire("chen")
    answers = []
    async with house.browser() as browser:
        for name, passphrase, code in (
            ("nobody", PASSPHRASE, house.code()),
            ("chen", "another passphrase", house.code()),
            ("chen", PASSPHRASE, "000000"),
        ):
            answer = await sign_in(browser, name, code, passphrase)
            # What is made anew with each page.
            text = re.sub(r'name="form_token" value="\w+"|data-options="[^"]*"', "", answer.text)
            text = text.replace(f'value="{name}"', "")
            answers.append((answer.status_code, text))
    assert len(set(answers)) == 1
    assert answers[0][0] == 403
    assert "together" in answers[0][1]


async def test_a_code_works_once(house: House) -> None:
    browser = await house.signed_in("chen")
    async with house.browser() as another:
        assert (await sign_in(another, "chen", house.code())).status_code == 403
        house.clock.pass_by(timedelta(seconds=30))
        assert (await sign_in(another, "chen", house.code())).status_code == 303
    await browser.aclose()


async def test_after_five_failures_even_the_right_passphrase_waits(house: House) -> None:
    house.hire("chen")
    async with house.browser() as browser:
        for _ in range(5):
            assert (await sign_in(browser, "chen", house.code(), "wrong wrong wrong")).status_code == 403
        assert (await sign_in(browser, "chen", house.code())).status_code == 403
        house.clock.pass_by(timedelta(minutes=2))
        assert (await sign_in(browser, "chen", house.code())).status_code == 303


async def test_tries_while_the_account_waits_do_not_make_it_wait_longer(house: House) -> None:
    house.hire("chen")
    async with house.browser() as stranger:
        for _ in range(12):
            await sign_in(stranger, "chen", "000000", "wrong wrong wrong")
    house.clock.pass_by(timedelta(minutes=1, seconds=1))
    async with house.browser(address="192.0.2.9") as chens:
        assert (await sign_in(chens, "chen", house.code())).status_code == 303


async def test_an_address_that_tried_too_often_gets_no_further_whatever_the_name(house: House) -> None:
    house.hire("chen")
    async with house.browser() as stranger, house.browser(address="192.0.2.9") as elsewhere:
        for number in range(20):
            await sign_in(stranger, f"guess{number}", "000000")
        assert (await sign_in(stranger, "chen", house.code())).status_code == 403
        assert (await sign_in(elsewhere, "chen", house.code())).status_code == 303


async def test_a_session_ends_when_idle_and_when_signed_out(house: House) -> None:
    browser = await house.signed_in("chen")
    house.clock.pass_by(timedelta(minutes=29))
    assert (await browser.get("/")).status_code == 200
    house.clock.pass_by(timedelta(minutes=31))
    assert (await browser.get("/")).headers["location"] == "/sign-in"

    house.clock.pass_by(timedelta(minutes=1))
    await sign_in(browser, "chen", house.code())
    kept = dict(browser.cookies)
    assert (await send(browser, "/", "/sign-out")).headers["location"] == "/sign-in"
    browser.cookies.update(kept)
    assert (await browser.get("/")).headers["location"] == "/sign-in"
    await browser.aclose()


async def test_a_session_ends_after_twelve_hours_however_busy(house: House) -> None:
    browser = await house.signed_in("chen")
    for _ in range(25):
        house.clock.pass_by(timedelta(minutes=29))
        answer = await browser.get("/")
    assert answer.headers.get("location") == "/sign-in"
    await browser.aclose()


async def test_a_sign_in_form_without_its_token_is_refused(house: House) -> None:
    house.hire("chen")
    async with house.browser() as browser:
        fields = {"name": "chen", "passphrase": PASSPHRASE, "code": house.code()}
        assert (await browser.post("/sign-in", data=fields)).status_code == 403
        assert (await sign_in(browser, "chen", house.code())).status_code == 303


async def test_a_reset_signs_the_account_out_and_its_old_passphrase_no_longer_works(house: House) -> None:
    chen = await house.signed_in("chen")
    supervisor = await house.signed_in("lin", Role.SUPERVISOR)
    page = await send(supervisor, "/staff", "/staff/chen/reset")
    assert "/join/" in page.text
    assert (await chen.get("/")).headers["location"] == "/sign-in"
    house.clock.pass_by(timedelta(minutes=1))
    assert (await sign_in(chen, "chen", house.code())).status_code == 403
    await chen.aclose()
    await supervisor.aclose()


async def test_where_the_first_supervisor_was_disabled_a_start_makes_no_link_and_does_not_fail(house: House) -> None:
    await first_link(house)
    house.database.write_now(lambda t: accounts.disable(t, "supervisor", now=house.clock()))
    assert (
        await first_supervisor_link(house.database, house.key, "http://x", house.clock, house.chance.randbytes) is None
    )
