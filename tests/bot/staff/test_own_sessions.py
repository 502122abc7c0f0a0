"""One's own sign-ins: listed and ended; one that is used from elsewhere, and what asks again who is there."""

import re
from datetime import timedelta

import httpx
import pytest

from bot.services.whence import Whence
from bot.settings import Binding
from storage.accounts import Role
from tests.bot.staff.house import CHROME, FIREFOX, House, send, sign_in, token_in
from tests.bot.staff.test_passkeys import make, options_in
from tests.fakes.authenticator import Authenticator

HOME, AWAY = "192.0.2.1", "203.0.113.77"


def rows(page: httpx.Response) -> list[str]:
    found = re.search(r'id="sessions".*?</section>', page.text, re.DOTALL)
    assert found
    return re.findall(r'<td data-name="From where">(.*?)</td>', found[0])


def stolen(house: House, owner: httpx.AsyncClient, *, address: str = AWAY, agent: str = FIREFOX) -> httpx.AsyncClient:
    """A browser elsewhere with the owner's cookie."""
    thief = house.browser(address=address, agent=agent)
    thief.cookies.update(dict(owner.cookies))
    return thief


async def test_they_are_listed_with_browser_and_place_but_no_address(house: House) -> None:
    chen = await house.signed_in("chen")
    async with house.browser(address=AWAY, agent=CHROME) as phone:
        house.clock.pass_by(timedelta(seconds=30))
        await sign_in(phone, "chen", house.code())
        page = await chen.get("/account")
        assert sorted(rows(page)) == ["<strong>this one</strong>", "from another network or browser"]
        assert "Firefox · Windows" in page.text
        assert "Chrome · Linux" in page.text
        assert HOME not in page.text
        assert AWAY not in page.text
    await chen.aclose()


async def test_one_or_all_others_are_ended(house: House) -> None:
    chen, browsers = await house.signed_in("chen"), []
    for _ in range(3):
        house.clock.pass_by(timedelta(seconds=30))
        browsers.append(house.browser())
        await sign_in(browsers[-1], "chen", house.code())
    page = await chen.get("/account")
    ids = re.findall(r'name="id" value="([0-9a-f]{16})"', page.text)
    assert len(ids) == 3
    await send(chen, "/account", "/account/sessions/end", id=ids[0])
    assert sorted([(await one.get("/")).status_code for one in browsers]) == [200, 200, 303]
    await send(chen, "/account", "/account/sessions/end-others")
    assert [(await one.get("/")).headers.get("location") for one in browsers] == ["/sign-in"] * 3
    assert (await chen.get("/")).status_code == 200
    assert house.acts("account:chen").count(("chen", "end-sessions")) == 2


async def test_nobody_ends_anothers(house: House) -> None:
    chen, lin = await house.signed_in("chen"), await house.signed_in("lin", Role.SUPERVISOR)
    house.clock.pass_by(timedelta(seconds=30))
    async with house.browser() as second:
        await sign_in(second, "chen", house.code())
        (one,) = re.findall(r'name="id" value="([0-9a-f]{16})"', (await chen.get("/account")).text)
        await send(lin, "/account", "/account/sessions/end", id=one)
        assert (await second.get("/")).status_code == 200


async def test_a_stolen_session_shows_its_thief_nothing_and_its_owner_that_it_was_tried(house: House) -> None:
    chen, tip = await house.signed_in("chen"), house.file()
    async with stolen(house, chen) as thief:
        for path in ("/", f"/tips/{tip}", "/account"):
            page = await thief.get(path)
            assert page.status_code == 403
            assert "Is it you?" in page.text
            assert "gold account" not in page.text
        refused = await thief.post(f"/tips/{tip}/claim", data={"form_token": token_in(await thief.get("/"))})
        assert refused.status_code == 403
    assert house.tip(tip).claimed_by is None
    assert house.acts(tip) == []
    assert house.acts("account:chen").count(("unknown", "use-session-elsewhere")) == 1
    # The owner goes on undisturbed, and is told.
    page = await chen.get("/")
    assert page.status_code == 200
    assert "One of your sign-ins was used from another place" in page.text
    page = await chen.get("/account")
    assert "If that was not you, sign out everywhere else now" in page.text
    await send(chen, "/account", "/account/sessions/seen")
    assert "was used from another place" not in (await chen.get("/")).text


async def test_from_elsewhere_with_a_second_factor_it_goes_on_there(house: House) -> None:
    chen, tip = await house.signed_in("chen"), house.file()
    house.clock.pass_by(timedelta(seconds=30))
    async with stolen(house, chen, agent=FIREFOX) as away:
        page = await away.get(f"/tips/{tip}")
        wrong = await away.post(
            "/confirm", data={"form_token": token_in(page), "back": f"/tips/{tip}", "proof_code": "000000"}
        )
        assert wrong.status_code == 403
        assert "That code or passkey was not taken" in wrong.text
        done = await away.post(
            "/confirm", data={"form_token": token_in(wrong), "back": f"/tips/{tip}", "proof_code": house.code()}
        )
        assert done.headers["location"] == f"/tips/{tip}"
        assert (await away.get(f"/tips/{tip}")).status_code == 200
        # Where it was used before is elsewhere now.
        assert (await chen.get("/")).status_code == 403
    acts = house.acts("account:chen")
    assert ("unknown", "refuse-proof") in acts
    assert ("chen", "prove-oneself") in acts


@pytest.mark.parametrize("back", ["//evil.test/", "https://evil.test/", "/\\evil.test", ""])
async def test_what_comes_after_is_a_page_of_this_console(house: House, back: str) -> None:
    chen = await house.signed_in("chen")
    house.clock.pass_by(timedelta(minutes=1))
    page = await chen.get("/")
    done = await chen.post("/confirm", data={"form_token": token_in(page), "back": back, "proof_code": house.code()})
    assert done.headers["location"] == "/"


async def test_codes_are_not_guessed_within_a_session(house: House) -> None:
    chen = await house.signed_in("chen")
    async with stolen(house, chen) as thief:
        answers = []
        for _ in range(11):
            page = await thief.get("/")
            if page.status_code != 403:
                break
            sent = {"form_token": token_in(page), "back": "/", "proof_code": "000000"}
            answers.append((await thief.post("/confirm", data=sent)).status_code)
    assert answers == [403] * 10 + [303]
    # The session is over, for the owner too, who signs in anew.
    assert (await chen.get("/")).headers["location"] == "/sign-in"


async def test_what_cannot_be_undone_asks_again_after_ten_minutes_and_goes_on_with_what_was_filled_in(
    house: House,
) -> None:
    root, device = await house.signed_in("root", Role.ADMINISTRATOR), Authenticator()
    await make(root, device)
    house.clock.pass_by(timedelta(minutes=10))
    asked = await send(root, "/staff", "/staff/invite", name="wei", role="editor")
    assert asked.status_code == 403
    assert 'name="role" value="editor"' in asked.text
    assert "invite-staff" not in [act for _, act in house.acts()]
    sent = {"form_token": token_in(asked), "name": "wei", "role": "editor"}
    told = device.use(options_in(asked, "use"))
    done = await root.post("/staff/invite", data={**sent, "proof_passkey": told})
    assert "A link for wei" in done.text
    # Within ten minutes nothing is asked.
    house.clock.pass_by(timedelta(minutes=9))
    assert (await send(root, "/staff", "/staff/wei/disable")).headers["location"] == "/staff"
    await root.aclose()


@pytest.mark.parametrize(
    ("binding", "one", "other", "is_same"),
    [
        (Binding.NETWORK, Whence(HOME, FIREFOX), Whence("192.0.2.200", FIREFOX), True),
        (Binding.NETWORK, Whence(HOME, FIREFOX), Whence(AWAY, FIREFOX), False),
        (Binding.NETWORK, Whence(HOME, FIREFOX), Whence(HOME, CHROME), False),
        (Binding.NETWORK, Whence(HOME, FIREFOX), Whence(HOME, FIREFOX.replace("145", "146")), True),
        (Binding.NETWORK, Whence("2001:db8:1:2::3", FIREFOX), Whence("2001:db8:1:9::8", FIREFOX), True),
        (Binding.NETWORK, Whence("2001:db8:1:2::3", FIREFOX), Whence("2001:db8:2:2::3", FIREFOX), False),
        (Binding.BROWSER, Whence(HOME, FIREFOX), Whence(AWAY, FIREFOX), True),
        (Binding.BROWSER, Whence(HOME, FIREFOX), Whence(AWAY, CHROME), False),
        (Binding.NOTHING, Whence(HOME, FIREFOX), Whence(AWAY, CHROME), True),
        (Binding.BROWSER, Whence(HOME, "curl/8.1"), Whence(HOME, "curl/8.2"), True),
        (Binding.BROWSER, Whence(HOME, "curl/8.1"), Whence(HOME, "wget/1.2"), False),
    ],
)
def test_what_counts_as_the_same_place(
    house: House, binding: Binding, one: Whence, other: Whence, *, is_same: bool
) -> None:
    assert (one.origin(house.key, binding) == other.origin(house.key, binding)) == is_same
