"""Every form of the console, sent as it is meant: what it does stands in the audit log, by who sent it."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

import pytest

from bot.staff import wording
from storage import desk_places
from storage.accounts import Role
from storage.desk_key import DeskKey
from tests.bot.staff.house import House, send, sign_in
from tests.bot.staff.test_account_pages import bind, code_in
from tests.bot.staff.test_passkeys import make
from tests.bot.staff.test_permissions import guarded
from tests.fakes.authenticator import Authenticator

DAY = "2026-03-04"
FORMS: Mapping[str, tuple[str, dict[str, str], str]] = MappingProxyType(
    {
        "/tips/{tip}/claim": ("/tips/{tip}", {}, "claim-tip"),
        "/tips/{tip}/release": ("/tips/{tip}", {}, "release-tip"),
        "/tips/{tip}/decide": ("/tips/{tip}", {"verdict": "unfounded", "reason": "an advert"}, "decide-tip"),
        "/tips/{tip}/merge": ("/tips/{tip}", {"into": "{other}", "merge_reason": "the same call"}, "merge-tip"),
        "/tips/{tip}/ask": ("/tips/{tip}", {"question": "When was that?"}, "ask-reporter"),
        "/tips/{tip}/erase": ("/tips/{tip}", {"erase_reason": "asked for"}, "propose"),
        "/staff/invite": ("/staff", {"name": "wu", "role": "editor"}, "invite-staff"),
        "/staff/{name}/reset": ("/staff", {}, "reset-staff"),
        "/staff/{name}/disable": ("/staff", {}, "disable-staff"),
        "/staff/{name}/role": ("/staff", {"role": "auditor"}, "set-role"),
        "/staff/{name}/unbind": ("/staff", {}, "unbind-desk"),
        "/audit/verify": ("/audit", {}, "verify-audit"),
        "/settings/places/leave": ("/settings", {"chat": "-1001"}, "place-desk"),
        "/account/passkeys/remove": ("/account", {"id": Authenticator().id.hex()}, "remove-passkey"),
        "/account/recovery": ("/account", {}, "make-recovery-codes"),
        "/account/sessions/end-others": ("/account", {}, "end-sessions"),
        "/account/unbind": ("/account", {}, "unbind-desk"),
        "/approvals/export": (
            "/approvals",
            {"state": "all", "first": DAY, "last": DAY, "reason": "the court"},
            "propose",
        ),
        "/approvals/{proposal:int}/refuse": ("/approvals", {}, "refuse-proposal"),
        "/approvals/{proposal:int}/approve": ("/approvals", {}, "approve-proposal"),
    }
)
"""For each form's path: the page it stands on, what is filled in, and what the log says then."""

ELSEWHERE = {
    "/tips/{tip}/exhibits/{exhibit:int}": "test_exhibits",
    "/account/passkeys": "test_passkeys",
    "/account/sessions/end": "test_own_sessions",
    "/approvals/{proposal:int}/fetch": "test_approvals",
    "/approvals/pattern": "test_approvals",
}
"""Forms that need more than a table holds, and where their entries are looked for."""

NO_ACTS = {
    "/account/code": "a code does nothing until somebody binds with it, which is written down",
    "/account/sessions/seen": "only takes a notice away",
}


def test_every_form_of_the_console_is_walked(house: House) -> None:
    posted = {route.path for method, route in guarded(house) if method == "POST"}
    assert posted == FORMS.keys() | ELSEWHERE.keys() | NO_ACTS.keys()
    assert {act for _, _, act in FORMS.values()} <= wording.ACTS.keys()


@pytest.mark.parametrize("path", sorted(FORMS))
async def test_what_a_form_does_is_in_the_log(house: House, path: str) -> None:
    lin = await house.signed_in("lin", Role.SUPERVISOR)
    mei = await house.signed_in("mei", Role.SUPERVISOR)
    tip, other = house.file(), house.file()
    key = DeskKey.of(house.key)
    house.database.write_now(
        lambda t: desk_places.bind(t, key, -1001, has_topics=False, language="en", by="lin", now=house.clock())
    )
    bind(house, code_in((await send(lin, "/account", "/account/code")).text), person=1)
    bind(house, code_in((await send(mei, "/account", "/account/code")).text), person=2)
    await make(lin, Authenticator())
    await send(lin, f"/tips/{tip}", f"/tips/{tip}/claim")
    house.clock.pass_by(timedelta(seconds=30))
    async with house.browser() as second:
        await sign_in(second, "lin", house.code())
    if "{proposal" in path:
        await send(mei, f"/tips/{tip}", f"/tips/{tip}/erase", erase_reason="asked for")
    page, fields, act = FORMS[path]
    before = len(house.acts())
    address = path.replace("{proposal:int}", "1").format(tip=tip, name="mei")
    sent = {name: text.format(other=other) for name, text in fields.items()}
    answer = await send(lin, page.format(tip=tip), address, **sent)
    assert answer.status_code in {200, 303}, answer.text
    assert ("lin", act) in house.acts()[before:]
    for browser in (lin, mei):
        await browser.aclose()


async def test_whoever_is_refused_or_let_in_is_in_the_log_too(house: House) -> None:
    house.hire("chen")
    async with house.browser() as browser:
        await sign_in(browser, "chen", "000000")
        await sign_in(browser, "chen", house.code())
        await send(browser, "/", "/sign-out")
    assert house.acts("account:chen") == [
        ("chen", "refuse-sign-in"),
        ("chen", "sign-in"),
        ("chen", "sign-out"),
    ]
