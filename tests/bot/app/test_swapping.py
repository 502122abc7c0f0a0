"""Two processes of the service take a release that was published, and none that is damaged."""

import asyncio
import json
from dataclasses import replace

import httpx
import pytest
from sqlmodel import col, select

from bot.app.parts import Staff, open_staff
from bot.app.preparing import prepare
from bot.services.permissions import Actor
from bot.services.tipbox import TipBox
from bot.services.triage import Triage
from bot.settings import Settings
from knowledge.catalogue import Catalogue
from knowledge.release import Release, pack
from knowledge.shipped import fingerprint, shipped_release
from storage import keyring, releases, tables, tips
from storage.accounts import Role
from storage.database import Transaction
from storage.releases import NewRelease, ReleaseState
from storage.sealing import CitizensKeys
from tests.bot.app.service import Service, running
from tests.bot.channels.visitor import PageReader
from tests.knowledge.test_lesson import CANARY, assert_nowhere

ROLES = ("citizens", "console")


@pytest.fixture
def installed(settings: Settings) -> Settings:
    quick = settings.model_copy(update={"release_seconds": 0.1})
    prepare(quick, may_make_keys=True)
    return quick


# Two processes with all the knowledge, on a machine that may be busy.
@pytest.mark.timeout(300)
def test_two_processes_switch_to_what_is_published_and_stay_when_it_is_damaged(installed: Settings) -> None:
    packed = pack(renamed("Loan sharks of the sea"))
    with open_staff(installed) as staff, running(installed, *ROLES) as service:
        assert publish(staff, packed) == 1
        for role in ROLES:
            wait_for(service, role, "release 1 serves from now on")
        assert read_with(installed) == "1:renamed"

        assert publish(staff, packed[: len(packed) // 2]) == 2
        for role in ROLES:
            wait_for(service, role, "release 2 is not taken (ReleaseError); 1 goes on serving")
        assert read_with(installed) == "1:renamed"

        staff.database.write_now(lambda t: tampered(t, staff, packed + b"!"))
        for role in ROLES:
            wait_for(service, role, "release 3 is not taken (ReleaseUnproved); 1 goes on serving")
        assert read_with(installed) == "1:renamed"

        publish(staff, pack(renamed("Loan sharks of the land")))
        for role in ROLES:
            wait_for(service, role, "release 4 serves from now on")
        assert read_with(installed) == "4:renamed"
        assert [service.health(role) for role in ROLES] == ["ok", "ok"]


# It learns all that ships, beside other processes, on a machine that may be busy.
@pytest.mark.timeout(900)
def test_what_staff_confirm_is_learned_by_staff_jobs_and_taken_by_the_citizens_side(
    installed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.bot.app.service.PATIENCE", 600)
    with open_staff(installed) as staff:
        tip = asyncio.run(confirm(staff, CANARY))
    with running(installed, "citizens", "staff-jobs") as service:
        wait_for(service, "staff-jobs", "release 1 is published")
        wait_for(service, "citizens", "release 1 serves from now on")
        assert service.stop() == 0
        assert not any(word in line for line in service.lines for word in ("Wilhelmina", tip, "Traceback"))
    with open_staff(installed) as staff:
        release = staff.database.read_now(lambda t: releases.get(t, 1))
        assert_nowhere(CANARY, staff.database.read_now(lambda t: releases.content(t, staff.key.releases, 1))[1])
    assert release.examples == {"fake-loan": 1}


async def confirm(staff: Staff, telling: str) -> str:
    """A tip filed and confirmed; its reference."""
    chen = Actor("chen", Role.REVIEWER)
    new = tips.NewTip(
        kind="cheated",
        dangers=(),
        urgency=1,
        likeness="unknown",
        pattern=None,
        language="en",
        country=None,
        versions={},
        sealed=staff.key.public.seal(TipBox((telling,), "en", "cheated").to_bytes()),
        filed_at=staff.clock(),
        receipt_hash=None,
        receipt_public=None,
        receipt_parameters=None,
    )
    triage = Triage(staff.database, staff.key, clock=staff.clock, random=staff.random)
    tip = await staff.database.write(lambda t: tips.file(t, new, random=staff.random))
    await triage.claim(chen, tip)
    await triage.decide(chen, tip, tips.Verdict.CONFIRMED, "Seen.", "fake-loan")
    return tip


def renamed(name: str) -> Release:
    """What ships, but that one pattern has another name."""
    shipped = shipped_release()
    loan = replace(shipped.catalogue["fake-loan"], name={**shipped.catalogue["fake-loan"].name, "en": name})
    return Release("renamed", Catalogue({**shipped.catalogue.by_id, "fake-loan": loan}), shipped.ground)


def publish(staff: Staff, packed: bytes) -> int:
    return staff.database.write_now(lambda t: _publish(t, staff, packed))


def tampered(t: Transaction, staff: Staff, packed: bytes) -> None:
    """Published, and changed by whoever can write to the database before any process has seen it."""
    number = _publish(t, staff, packed)
    digest = t.session.exec(select(tables.Release.content).where(col(tables.Release.number) == number)).one()
    row = t.session.get(tables.ReleaseContent, digest)
    assert row is not None
    row.packed = packed + b"?"


def _publish(t: Transaction, staff: Staff, packed: bytes) -> int:
    new = NewRelease(
        name="renamed",
        ground=fingerprint(),
        learned_from="l",
        state=ReleaseState.PUBLISHED,
        packed=packed,
        examples={},
    )
    return releases.publish(t, staff.key, new, now=staff.clock())


def wait_for(service: Service, role: str, said: str) -> None:
    """Whichever role said it first: a line that was read while another was waited for counts too."""

    def is_it(line: str) -> bool:
        return line.startswith(f"{role} ") and said in line

    while not any(is_it(line) for line in service.lines):
        service.wait_for(said)


def read_with(settings: Settings) -> str:
    """The release that a conversation begun now was read with, as its session says."""
    home = settings.citizens_address.rstrip("/")
    with httpx.Client(base_url=home, headers={"Origin": home}) as visitor:
        (form,) = (form for form in PageReader(visitor.get("/").text).forms if form.action == "/say")
        parts = {name: (None, value.encode()) for name, value in {**form.fields, "text": "hello"}.items()}
        assert visitor.post("/say", files=parts).status_code < 400
    citizens = keyring.load_citizens(settings.keys)
    return newest_session(settings, citizens)


def newest_session(settings: Settings, citizens: CitizensKeys) -> str:
    with open_staff(settings) as staff:
        row = staff.database.read_now(
            lambda t: t.session.exec(select(tables.Session).order_by(col(tables.Session.touched_at).desc())).first()
        )
    assert row is not None
    assert row.body is not None
    body = citizens.decrypt(f"session:{row.conversation.hex()}", row.body)
    return str(json.loads(body)["versions"]["release"])
