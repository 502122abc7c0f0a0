"""The desk and real processes: both bots brought up together, killed at every point; each act is done once."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom

import httpx
import pyotp
import pytest
from pydantic import SecretStr

from bot.app.crashing import VARIABLE
from bot.app.parts import place_of
from bot.app.preparing import give_desk_its_key, prepare
from bot.services.tipbox import TipBox
from bot.settings import Settings
from storage import accounts, audit, desk_bindings, outbox, queueing, tips
from storage.accounts import Role
from storage.database import Database, Transaction
from storage.desk_key import DeskKey
from storage.keyring import give_desk, load_staff_secret
from storage.sealing import CHEAPEST, hash_passphrase
from storage.tips import NewTip, Tip, TipState
from tests.bot.app.service import Service, running
from tests.bot.staff.house import PASSPHRASE, SECRET, send, sign_in
from tests.conftest import environment
from tests.e2e.telegram_story import PAYEE, TELLING, Story
from tests.fakes.telegram_api import DESK_TOKEN, TOKEN, TelegramApi
from tests.fakes.telegram_methods import Message
from tests.fakes.telegram_people import Person

CHANCE = SystemRandom().randbytes
REASON = "The caller named a fee in a cobalt envelope."


@dataclass
class Place:
    citizens: TelegramApi
    desk: TelegramApi
    settings: Settings
    service: Service

    def hire(self, name: str, role: Role = Role.REVIEWER) -> str:
        return hire(self.settings, name, role)

    def tip(self, reference: str) -> Tip:
        with closing(Database.open(place_of(self.settings))) as database:
            return database.read_now(lambda t: tips.get(t, reference))

    def only_tip(self) -> Tip:
        with closing(Database.open(place_of(self.settings))) as database:
            return database.read_now(lambda t: queueing.queue(t, queueing.QueueFilter(states=tuple(TipState)))).tips[0]

    def acts(self, subject: str) -> list[tuple[str, str]]:
        with closing(Database.open(place_of(self.settings))) as database:
            entries = database.read_now(lambda t: audit.list_entries(t, subject=subject, limit=100))
        return [(entry.actor, entry.act) for entry in reversed(entries)]

    def is_quiet(self) -> bool:
        with closing(Database.open(place_of(self.settings))) as database:
            return not self.desk.undelivered and not database.read_now(outbox.counts).get("pending")

    def bind(self, name: str, number: int, code: str | None = None) -> Person:
        """With a code that was made for them; without one, signed in to the console, and the code taken there."""
        code = code or asyncio.run(self._code(name))
        person = self.desk.person(number, "en")
        person.write(f"/start {code}")
        person.wait(0)
        return person

    async def _code(self, name: str) -> str:
        async with httpx.AsyncClient(base_url=self.settings.console_address, timeout=60) as browser:
            signed_in = await sign_in(browser, name, pyotp.TOTP(SECRET).now())
            assert signed_in.status_code == 303, signed_in.text
            page = await send(browser, "/account", "/account/code")
        return page.text.split("/start ")[1].split("<")[0].strip()


@contextmanager
def place(settings: Settings, *roles: str, crash_at: str = "") -> Iterator[Place]:
    with closing(TelegramApi()) as citizens, closing(TelegramApi(token=DESK_TOKEN, beside=citizens)) as desk:
        joined = settings.model_copy(
            update={
                "citizens_token": SecretStr(TOKEN),
                "desk_token": SecretStr(DESK_TOKEN),
                "telegram_api": citizens.address,
                "burst_seconds": 0.2,
                # So that no digest and no deadline comes between.
                "desk_digest": f"{(datetime.now(UTC).hour + 12) % 24:02}:00",
                "desk_time_zone": "UTC",
            }
        )
        if roles:
            prepare(joined, may_make_keys=True)
            give_desk(joined.desk_key_directory, load_staff_secret(joined.keys, None))
        with running(joined, *roles, **{VARIABLE: crash_at}) as service:
            yield Place(citizens, desk, joined, service)
        assert citizens.wrong == desk.wrong == []
        assert not any(TOKEN in line or DESK_TOKEN in line or "4万8" in line for line in service.lines)
        told = repr([call.values for call in desk.calls])
        assert not [word for word in (TELLING[:8], "4万8", "京东", PAYEE[5:15], "欧阳") if word in told]


def hire(settings: Settings, name: str, role: Role = Role.REVIEWER) -> str:
    """A code that binds them to the desk."""
    key = load_staff_secret(settings.keys, None)

    def unit(t: Transaction) -> str:
        accounts.create(t, name, role, now=datetime.now(UTC))
        accounts.set_passphrase(t, name, hash_passphrase(PASSPHRASE, cost=CHEAPEST))
        accounts.set_totp(t, key, name, SECRET)
        return desk_bindings.make_code(t, DeskKey.of(key), name, random=CHANCE, now=datetime.now(UTC))

    with closing(Database.open(place_of(settings))) as database:
        return database.write_now(unit)


def file(settings: Settings) -> str:
    """An urgent tip, as a citizens' process files it."""
    key = load_staff_secret(settings.keys, None)
    new = NewTip(
        kind="cheated",
        dangers=("money-gone",),
        urgency=700,
        likeness="warn",
        pattern="fake-customer-service",
        language="zh-Hans",
        country="CN",
        versions={},
        sealed=key.public.seal(TipBox(telling=(TELLING,), language="zh-Hans", kind="cheated").to_bytes()),
        filed_at=datetime.now(UTC),
        receipt_hash=None,
        receipt_public=None,
        receipt_parameters=None,
    )
    with closing(Database.open(place_of(settings))) as database:
        return database.write_now(lambda t: tips.file(t, new, random=CHANCE))


def newest(person: Person, label: str) -> Message:
    """Waits for it; after a crash a message may be there twice, and the newest is tapped."""
    person._api.wait_until(lambda: any(label in one.buttons for one in person.messages), 90)
    return next(one for one in reversed(person.messages) if label in one.buttons)


def says(person: Person, words: str) -> Message:
    person._api.wait_until(lambda: any(words in one.text for one in person.messages), 90)
    return next(one for one in reversed(person.messages) if words in one.text)


@pytest.mark.timeout(300)  # a start with all the knowledge, and five processes on a machine that may be busy
def test_with_two_tokens_both_bots_come_up_and_a_report_goes_from_one_to_the_other(settings: Settings) -> None:
    with place(settings) as here:
        assert any("Telegram, for citizens" in line for line in here.service.lines)
        assert any("Telegram, for staff" in line for line in here.service.lines)
        assert here.service.health("desk") == "ok"
        here.hire("chen")
        member = here.bind("chen", 7)
        story = Story(here.citizens)
        story.tell()
        receipt = story.submit()
        card = newest(member, "Claim")
        tip = here.only_tip()
        assert card.text.splitlines()[0] == "🟠 Money has left and may still be stopped"
        assert f"{tip.id} · Was cheated · " in card.text
        member.press(card, "Claim")
        member.press(newest(member, "Ask the reporter"), "Ask the reporter")
        member.reply(says(member, "your question, in"), "Which app?")
        says(member, "Asked.")
        # The reporter reads the question with the receipt, from the other bot.
        story.person.write(receipt)
        here.citizens.wait_until(lambda: any("Which app?" in one.text for one in story.person.messages))
        assert here.acts(tip.id)[-2:] == [("chen", "claim-tip"), ("chen", "ask-reporter")]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("point", ["arrived:2", "committed:2", "committed:5", "leased:3", "sent:3", "settled:3"])
def test_killed_at_any_point_it_goes_on_and_each_act_is_done_once(settings: Settings, point: str) -> None:
    with place(settings, "desk", crash_at=point) as here:
        member = here.bind("chen", 7, here.hire("chen"))
        tip = file(here.settings)
        member.press(newest(member, "Claim"), "Claim")
        member.press(newest(member, "Decide"), "Decide")
        member.press(newest(member, "Unfounded: no sign of fraud"), "Unfounded: no sign of fraud")
        member.reply(says(member, "Why?"), REASON)
        says(member, f"{tip} is decided")
        here.desk.wait_until(here.is_quiet)
        assert (here.settings.home / f"crashed-{point.replace(':', '-')}").exists()
        assert here.tip(tip).state is TipState.DECIDED
        assert here.acts(tip) == [("chen", "claim-tip"), ("chen", "decide-tip")]
        assert here.acts("account:chen")[-1] == ("chen", "bind-desk")
        # What was answered was taken away again, and stands in nothing that was sent.
        assert REASON not in repr([call.values for call in here.desk.calls])
        assert not any("Why?" in one.text for one in member.messages)


@pytest.mark.timeout(200)
def test_two_desks_at_once_tell_each_tip_once_and_do_each_act_once(settings: Settings) -> None:
    with place(settings, "desk") as here:
        member = here.bind("chen", 7, here.hire("chen"))
        other = here.settings.model_copy(update={"desk_port": here.settings.citizens_port})
        with running(other, "desk"):
            told = [file(here.settings) for _ in range(3)]
            here.desk.wait_until(lambda: all(any(tip in one.text for one in member.messages) for tip in told), 90)
            card = next(one for one in member.messages if told[0] in one.text)
            member.press(card, "Claim")
            here.desk.wait_until(lambda: here.tip(told[0]).claimed_by == "chen", 90)
            here.desk.wait_until(here.is_quiet, 90)
            assert [sum(tip in one.text for one in member.messages) for tip in told] == [1, 1, 1]
            assert here.acts(told[0]) == [("chen", "claim-tip")]


def test_the_desk_is_given_its_key_by_a_process_that_ends_with_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(settings, may_make_keys=True)
    for name, value in environment(settings).items():
        monkeypatch.setitem(os.environ, name, value)
    give_desk_its_key(settings)
    made = settings.keys / "desk.key"
    assert made.stat().st_mode & 0o777 == 0o600
    before = made.read_bytes()
    give_desk_its_key(settings)
    assert made.read_bytes() == before
