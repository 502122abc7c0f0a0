"""Every form of the console, sent as it is meant: what it does stands in the audit log, by who sent it."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

import pytest

from bot.staff import wording
from storage import benign, desk_places, reporter_limits, saved_filters, tips, verdicts
from storage.accounts import Role
from storage.benign import KnownBenign
from storage.database import Transaction
from storage.desk_key import DeskKey
from storage.links import ObservableHash
from tests.bot.staff.house import House, send, sign_in
from tests.bot.staff.test_account_pages import bind, code_in
from tests.bot.staff.test_passkeys import make
from tests.bot.staff.test_permissions import guarded
from tests.fakes.authenticator import Authenticator

DAY = "2026-03-04"
PHONE = "+8695588"
FORMS: Mapping[str, tuple[str, dict[str, str], str]] = MappingProxyType(
    {
        "/tips/{tip}/claim": ("/tips/{tip}", {}, "claim-tip"),
        "/tips/{tip}/release": ("/tips/{tip}", {}, "release-tip"),
        "/tips/{tip}/decide": ("/tips/{tip}", {"verdict": "unfounded", "reason": "an advert"}, "decide-tip"),
        "/tips/{tip}/merge": ("/tips/{tip}", {"into": "{other}", "merge_reason": "the same call"}, "merge-tip"),
        "/tips/{tip}/ask": ("/tips/{tip}", {"question": "When was that?"}, "ask-reporter"),
        "/tips/{tip}/gather": ("/tips/{tip}", {"also-{other}": "on", "gather_reason": "the same call"}, "merge-tip"),
        "/tips/{tip}/unmerge": ("/tips/{tip}", {"unmerge_reason": "another call"}, "unmerge-tip"),
        "/tips/{tip}/limit": ("/tips/{tip}", {"limit_reason": "forty adverts"}, "propose-limit"),
        "/limits/{limit:int}": ("/limits", {"until": "2026-03-10"}, "limit-reporter"),
        "/limits/{limit:int}/end": ("/limits", {}, "lift-limit"),
        "/benign": (
            "/benign",
            {"type": "phone", "value": "+86 10 6400 7799", "why": "the courier's own", "until": "2026-03-10"},
            "mark-benign",
        ),
        "/benign/lift": ("/benign", {"type": "phone", "hash": "{benign}"}, "lift-benign"),
        "/next": ("/", {}, "claim-tip"),
        "/search": ("/search", {"words": "gold account"}, "search-tips"),
        "/bulk/run": ("/", {"act": "release", "tip-{tip}": "1"}, "release-tip"),
        "/filters": ("/filters", {"name": "urgent", "lane": "danger"}, "save-filter"),
        "/filters/{filter:int}/rename": ("/filters", {"name": "grave"}, "save-filter"),
        "/filters/{filter:int}/remove": ("/filters", {}, "remove-filter"),
        "/calls": (
            "/calls",
            {"entry": "00" * 16, "telling": "A man rang me", "kind": "check", "language": "en"},
            "take-call",
        ),
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
    "/tips/{tip}/benign": "test_benign_pages",
}
"""Forms that need more than a table holds, and where their entries are looked for."""

NO_ACTS = {
    "/account/code": "a code does nothing until somebody binds with it, which is written down",
    "/account/sessions/seen": "only takes a notice away",
    "/bulk": "asks once more, and does nothing yet",
    "/tips/{tip}/ask/phrases": "puts a sentence into a field",
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
    _have_beforehand(house, path, tip, other)
    if "{proposal" in path:
        await send(mei, f"/tips/{tip}", f"/tips/{tip}/erase", erase_reason="asked for")
    page, fields, act = FORMS[path]
    before = len(house.acts())
    address = re.sub(r"\{\w+:int\}", "1", path).format(tip=tip, name="mei")
    words = {"tip": tip, "other": other, "benign": house.key.link_hash("phone", PHONE).hex()}
    sent = {name.format(**words): text.format(**words) for name, text in fields.items()}
    answer = await send(lin, page.format(tip=tip), address, **sent)
    assert answer.status_code in {200, 303}, answer.text
    assert ("lin", act) in house.acts()[before:]
    for browser in (lin, mei):
        await browser.aclose()


def _have_beforehand(house: House, path: str, tip: str, other: str) -> None:
    """What a form needs to be there."""

    def unit(t: Transaction) -> None:
        now = house.clock()
        if "/limit" in path:
            tips.load(t, tip).conversation = bytes(32)
        if path.startswith("/limits"):
            reporter_limits.propose(t, tip, by="lin", reason=house.key.public.seal(b"adverts"), now=now)
        if path.endswith("/unmerge"):
            verdicts.merge(t, tip, into=other, by="lin", reason=house.key.public.seal(b"the same"), now=now)
        if path.startswith("/filters/"):
            saved_filters.save(t, "lin", "urgent", "lane=danger", is_shared=False, now=now)
        if path == "/benign/lift":
            known = ObservableHash("phone", house.key.link_hash("phone", PHONE))
            about = house.key.public.seal(json.dumps({"value": PHONE, "why": "the bank's"}).encode())
            benign.mark(t, KnownBenign(known, "lin", now, now + timedelta(days=1), about))

    house.database.write_now(unit)


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
