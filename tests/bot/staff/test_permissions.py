"""Every route of the console, walked by every role: each comes as far as the table of permissions says."""

import re
from collections.abc import Iterable
from typing import cast

import pytest
from starlette.routing import Route

from bot.services.permissions import PERMISSIONS, STANDING_IN, Act
from bot.staff.door import Guarded
from storage.accounts import Role
from tests.bot.staff.house import House, token_in

FOR_ANYBODY = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/static/{digest}/{name}"),
    ("GET", "/join/{token}"),
    ("POST", "/join/{token}"),
    ("GET", "/enrol"),
    ("POST", "/enrol"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/confirm"),
    ("POST", "/sign-out"),
}
"""What a stranger needs in order to come in, and health checks: nothing else may stand here."""

READING = {Act.SEE_QUEUE, Act.OPEN_TIP, Act.OPEN_EXHIBIT}
SHARED = {Act.KEEP_ACCOUNT}


def guarded(house: House) -> list[tuple[str, Guarded]]:
    """Each route that asks for an act, with its method."""
    routes = [route for route in house.app.routes if isinstance(route, Guarded)]
    return sorted(
        ((method, route) for route in routes for method in route.methods or () if method != "HEAD"),
        key=lambda one: (one[1].path, one[0]),
    )


def filled(house: House, path: str) -> str:
    """The path with something real in each place: a tip, a member of staff, or the number 1."""
    path = re.sub(r"\{tip\w*\}", lambda _: house.file(), path)
    path = re.sub(r"\{\w+:int\}", "1", path)
    return re.sub(r"\{\w+\}", "other", path)


def test_every_route_asks_for_an_act_or_is_one_of_the_few_that_strangers_need(house: House) -> None:
    routes = cast("Iterable[Route]", house.app.routes)
    unguarded = {
        (method, route.path)
        for route in routes
        if not isinstance(route, Guarded)
        for method in (route.methods or ())
        if method != "HEAD"
    }
    assert unguarded == FOR_ANYBODY


def test_the_table_gives_each_role_what_its_work_needs_and_no_more() -> None:
    assert PERMISSIONS[Role.AUDITOR] == SHARED | {Act.SEE_STAFF, Act.SEE_AUDIT, Act.VERIFY_AUDIT, Act.SEE_DASHBOARD}
    assert not PERMISSIONS[Role.ADMINISTRATOR] & (READING | {Act.CLAIM, Act.DECIDE, Act.PUBLISH_PATTERN, Act.SEE_AUDIT})
    assert not PERMISSIONS[Role.EDITOR] & (READING | STANDING_IN | {Act.SEE_STAFF, Act.SEE_AUDIT})
    for role in Role:
        keeps_accounts = {Act.INVITE, Act.RESET, Act.DISABLE, Act.SET_ROLE, Act.SEE_SETTINGS} <= PERMISSIONS[role]
        assert keeps_accounts == (role is Role.ADMINISTRATOR)
        assert PERMISSIONS[role] >= SHARED


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_comes_through_its_own_routes_and_no_others(house: House, role: Role) -> None:
    house.hire("root", Role.ADMINISTRATOR)
    browser = await house.signed_in("somebody", role)
    house.hire("other")
    token = token_in(await browser.get("/account"))
    came_through, expected = {}, {}
    for method, route in guarded(house):
        answer = await browser.request(
            method, filled(house, route.path), data={"form_token": token} if method == "POST" else None
        )
        # The first page is for everybody: who has no queue is led to what they have.
        is_led_on = route.path == "/" and answer.status_code == 303
        came_through[method, route.path] = answer.status_code != 403 and not is_led_on
        expected[method, route.path] = route.act in PERMISSIONS[role]
    await browser.aclose()
    assert came_through == expected


@pytest.mark.parametrize("role", list(Role))
async def test_whoever_signs_in_is_led_to_a_page_of_theirs(house: House, role: Role) -> None:
    house.hire("root", Role.ADMINISTRATOR)
    browser = await house.signed_in("somebody", role)
    browser.follow_redirects = True
    page = await browser.get("/")
    assert page.status_code == 200
    # What the page leads on to, they may see.
    for path in set(re.findall(r'<a href="(/[a-z]*)"', page.text)):
        assert (await browser.get(path)).status_code == 200, path
    await browser.aclose()


async def test_a_supervisor_keeps_the_accounts_until_an_administrator_can_sign_in(house: House) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    routes = [(method, route) for method, route in guarded(house) if route.act in STANDING_IN]
    assert {route.path for _, route in routes} >= {"/staff/invite", "/settings", "/staff/{name}/role"}
    assert (await lin.get("/settings")).status_code == 200
    house.hire("root", Role.ADMINISTRATOR)
    house.hire("other")
    token = token_in(await lin.get("/staff"))
    for method, route in routes:
        answer = await lin.request(method, filled(house, route.path), data={"form_token": token})
        assert answer.status_code == 403, route.path
    await lin.aclose()


async def test_nobody_comes_through_without_signing_in(house: House) -> None:
    async with house.browser() as browser:
        for method, route in guarded(house):
            answer = await browser.request(method, filled(house, route.path))
            assert answer.status_code == (303 if method == "GET" else 403), route.path
            assert answer.headers.get("location", "/sign-in") == "/sign-in"
    assert house.acts() == []


async def test_no_act_is_done_without_the_forms_token(house: House) -> None:
    browser = await house.signed_in("lin", Role.SUPERVISOR)
    house.hire("other")
    before = house.acts()
    for method, route in guarded(house):
        if method == "POST":
            for fields in ({}, {"form_token": "0" * 64}):
                answer = await browser.post(filled(house, route.path), data=fields)
                assert answer.status_code == 403, route.path
    assert house.acts() == before
    await browser.aclose()


async def test_an_act_asked_for_by_another_site_is_refused(house: House) -> None:
    browser = await house.signed_in("chen")
    tip = house.file()
    token = token_in(await browser.get(f"/tips/{tip}"))
    answer = await browser.post(
        f"/tips/{tip}/claim", data={"form_token": token}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert house.tip(tip).claimed_by is None
    await browser.aclose()
