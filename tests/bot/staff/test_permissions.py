"""Every route of the console, and which roles come through."""

from collections.abc import Iterable
from typing import cast

import pytest
from starlette.routing import Route

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
    ("POST", "/sign-out"),
}
FOR_REVIEWERS = {
    ("GET", "/"),
    ("GET", "/tips/{tip}"),
    ("POST", "/tips/{tip}/claim"),
    ("POST", "/tips/{tip}/release"),
    ("POST", "/tips/{tip}/decide"),
    ("POST", "/tips/{tip}/merge"),
    ("POST", "/tips/{tip}/ask"),
    ("GET", "/search"),
    ("POST", "/search"),
    ("GET", "/account"),
    ("POST", "/account/code"),
    ("POST", "/account/unbind"),
    ("GET", "/tips/{tip}/exhibits/{exhibit:int}"),
    ("POST", "/tips/{tip}/exhibits/{exhibit:int}"),
}
FOR_SUPERVISORS = {
    ("GET", "/staff"),
    ("POST", "/staff/invite"),
    ("POST", "/staff/{name}/reset"),
    ("POST", "/staff/{name}/disable"),
    ("POST", "/staff/{name}/unbind"),
    ("GET", "/audit"),
}
GUARDED = sorted(FOR_REVIEWERS | FOR_SUPERVISORS)


def routes_of(house: House) -> set[tuple[str, str]]:
    routes = cast("Iterable[Route]", house.app.routes)
    return {(method, route.path) for route in routes for method in (route.methods or ()) if method != "HEAD"}


def test_no_route_is_without_its_permission(house: House) -> None:
    assert routes_of(house) == FOR_ANYBODY | FOR_REVIEWERS | FOR_SUPERVISORS


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_comes_through_its_own_routes_and_no_others(house: House, role: Role) -> None:
    browser = await house.signed_in("somebody", role)
    house.hire("other")
    if role is Role.REVIEWER:
        allowed = FOR_REVIEWERS
    else:
        allowed = FOR_REVIEWERS | FOR_SUPERVISORS if role is Role.SUPERVISOR else set()
    token = token_in(await browser.get("/")) if allowed else ""
    refused = set()
    for method, path in GUARDED:
        url = path.replace(":int", "").format(tip=house.file(), name="other", exhibit=1)
        answer = await browser.request(method, url, data={"form_token": token} if method == "POST" else None)
        if answer.status_code == 403:
            refused.add((method, path))
    await browser.aclose()
    assert refused == set(GUARDED) - allowed


async def test_nobody_comes_through_without_signing_in(house: House) -> None:
    async with house.browser() as browser:
        for method, path in GUARDED:
            answer = await browser.request(
                method, path.replace(":int", "").format(tip=house.file(), name="other", exhibit=1)
            )
            assert answer.status_code == (303 if method == "GET" else 403), path
    assert house.acts() == []


async def test_no_act_is_done_without_the_forms_token(house: House) -> None:
    browser = await house.signed_in("lin", Role.SUPERVISOR)
    house.hire("other")
    tip, before = house.file(), house.acts()
    for method, path in GUARDED:
        if method == "POST":
            for fields in ({}, {"form_token": "0" * 64}):
                answer = await browser.post(
                    path.replace(":int", "").format(tip=tip, name="other", exhibit=1), data=fields
                )
                assert answer.status_code == 403, path
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
