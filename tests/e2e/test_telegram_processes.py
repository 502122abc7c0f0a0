"""Telegram and real processes: killed at every point, told everything twice and in any order; nothing is lost."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import httpx
import pytest
from pydantic import SecretStr

from bot.app.crashing import POINTS, VARIABLE, crash_hook
from bot.app.faults import Fault
from bot.app.parts import place_of
from bot.app.preparing import prepare
from bot.settings import Settings
from storage import keyring, outbox, sessions, work
from storage.database import Database
from tests.bot.app.service import Service, running
from tests.e2e.telegram_story import TELLING, Story, count_tips
from tests.fakes.telegram_api import TOKEN, TelegramApi
from tests.fakes.telegram_http import Answer

SECRET = "a-secret-of-the-tests"


@dataclass
class Place:
    api: TelegramApi
    service: Service
    settings: Settings

    def count_tips(self) -> int:
        with closing(Database.open(place_of(self.settings))) as database:
            return count_tips(database)

    def is_settled(self) -> bool:
        """Nothing waits to be read or said: who taps now taps what is the newest."""
        with closing(Database.open(place_of(self.settings))) as database:
            waiting = database.read_now(lambda t: (outbox.counts(t).get("pending"), work.counts(t).get("waiting")))
        return not any(waiting)

    def saved(self, chat: int) -> str:
        """What is kept of a conversation that is not filed yet."""
        citizens = keyring.load_citizens(self.settings.keys)
        name = citizens.conversation_pseudonym("telegram", str(chat))
        with closing(Database.open(place_of(self.settings))) as database:
            body = database.read_now(lambda t: sessions.load(t, citizens, name)).body
        return json.dumps(json.loads(body or b"{}"), ensure_ascii=False)


@contextmanager
def place(settings: Settings, *, webhook: bool = False, crash_at: str = "") -> Iterator[Place]:
    with closing(TelegramApi()) as api:
        joined = settings.model_copy(
            update={
                "citizens_token": SecretStr(TOKEN),
                "telegram_api": api.address,
                "burst_seconds": 0.2,
                "telegram_messages_a_second": 1000,
                "telegram_chat_messages_a_second": 1000,
                **({"webhook_url": hook(settings), "webhook_secret": SecretStr(SECRET)} if webhook else {}),
            }
        )
        prepare(joined, may_make_keys=True)
        with running(joined, "citizens", **{VARIABLE: crash_at}) as service:
            yield Place(api, service, joined)
        assert api.wrong == []
        assert not any(TOKEN in line or SECRET in line or "4万8" in line for line in service.lines)


def hook(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.citizens_port}/telegram/updates"


@pytest.mark.timeout(300)  # two starts with all the knowledge, and a lease that runs out between them
@pytest.mark.parametrize("point", sorted(POINTS - {"fetched"}))  # a file's has a story of its own
def test_killed_at_any_point_it_goes_on_and_files_once(settings: Settings, point: str) -> None:
    # At the first of some there is nothing behind yet that could be lost.
    number = 2
    with place(settings, crash_at=f"{point}:{number}") as here:
        story = Story(here.api)
        story.tell()
        receipt = story.submit()
        assert (settings.home / f"crashed-{point}-{number}").exists()
        assert here.count_tips() == 1
        assert story.receipts == [receipt]


@pytest.mark.timeout(300)
def test_by_webhook_killed_in_the_middle_of_a_burst_no_word_is_lost(settings: Settings) -> None:
    with place(settings, webhook=True, crash_at="committed:7") as here:
        here.api.wait_until(lambda: bool(here.api.methods.webhook))
        story = Story(here.api)
        lines = [f"第{number}句：他说要我先交钱" for number in range(20)]
        numbers = story.person.forward(lines)
        here.api.wait_until(lambda: bool(story.person.messages))
        here.api.wait_until(lambda: {n for n, status in here.api.deliveries if status == 200} == set(numbers))
        assert (settings.home / "crashed-committed-7").exists()
        here.api.wait_until(lambda: all(line in here.saved(story.person.chat) for line in lines))


@pytest.mark.timeout(200)
def test_by_webhook_what_comes_twice_and_in_another_order_is_one_report(settings: Settings) -> None:
    with place(settings, webhook=True) as here:
        here.api.wait_until(lambda: bool(here.api.methods.webhook))
        story = Story(here.api)
        story.tell()
        updates = [{"message": story.person.message(text=text)} for text in ("他姓欧阳", "自称经理", "叫我别告诉家人")]
        seen = len(story.person.messages)
        for number, update in reversed(list(enumerate(updates, start=9000))):
            for _ in range(2):
                here.api.deliver(update, number=number)
        here.api.wait_until(lambda: len(story.person.messages) > seen)
        here.api.wait_until(lambda: len([1 for n, status in here.api.deliveries if n >= 9000 and status == 200]) == 6)
        here.api.wait_until(here.is_settled)
        story.submit()
        assert here.count_tips() == 1


def test_a_webhook_without_the_secret_or_with_nonsense_changes_nothing(settings: Settings) -> None:
    with place(settings, webhook=True) as here:
        here.api.wait_until(lambda: bool(here.api.methods.webhook))
        person = here.api.person(1)
        update = {"update_id": 1, "message": person.message(text=TELLING)}
        header = "X-Telegram-Bot-Api-Secret-Token"
        for headers in ({}, {header: "wrong"}, {header: SECRET[:-1]}):
            assert httpx.post(hook(settings), json=update, headers=headers).status_code == 403
        for body in (b"", b"[]", b"null", b"\xff", b'{"update_id": "x"}', b"[" * 100_000):
            assert httpx.post(hook(settings), content=body, headers={header: SECRET}).status_code == 200
        assert httpx.get(hook(settings)).status_code in {404, 405}
        assert person.messages == []


@pytest.mark.timeout(200)
def test_web_chat_and_telegram_are_one_process_and_one_outlives_the_others_trouble(settings: Settings) -> None:
    with place(settings) as here:
        here.api.fail("*", Answer.of({"ok": False}, 500), times=3)
        assert httpx.get(here.settings.citizens_address).status_code == 200
        story = Story(here.api)
        story.tell()
        assert any("Telegram, for citizens" in line for line in here.service.lines)


def test_a_crash_is_refused_outside_tests(settings: Settings) -> None:
    real = settings.model_copy(update={"citizens_token": SecretStr(TOKEN)})
    with pytest.raises(Fault, match="own tests"):
        crash_hook(real, {VARIABLE: "sent:1"})
    with pytest.raises(Fault, match="name one of"):
        crash_hook(real.model_copy(update={"telegram_api": "http://127.0.0.1:1"}), {VARIABLE: "lunch:1"})
    crash_hook(real, {})("sent")
