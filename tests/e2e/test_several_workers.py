"""Two citizens' processes on one PostgreSQL database: everything told to both, the server restarted in the middle."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.app.parts import place_of
from bot.app.preparing import prepare
from bot.settings import Settings
from storage import audit, keyring, sessions
from storage.database import Database
from tests.bot.app.service import command, running
from tests.e2e.telegram_story import Story, count_tips
from tests.fakes.telegram_api import TOKEN, TelegramApi
from tests.ports import free_ports
from tests.postgres import INSTALL, PostgresServer, find_programs

SECRET = "a-secret-of-the-tests"
LINES = [f"第{number:02}句：他说要我先交钱" for number in range(20)]


@pytest.fixture
def mortal() -> Iterator[PostgresServer]:
    """A server that this test may stop."""
    programs = find_programs()
    if programs is None:
        pytest.skip(INSTALL)
    with PostgresServer(programs, is_durable=True) as started:
        yield started


@pytest.mark.timeout(300)  # two starts with all the knowledge, on a machine that may be busy
def test_two_workers_told_everything_twice_lose_and_double_nothing(settings: Settings, mortal: PostgresServer) -> None:
    with ExitStack() as stack:
        api = stack.enter_context(closing(TelegramApi()))
        database_url = SecretStr(mortal.make_empty_database().url)
        one, two = (
            settings.model_copy(
                update={
                    "database_url": database_url,
                    "citizens_port": port,
                    "citizens_token": SecretStr(TOKEN),
                    "telegram_api": api.address,
                    "webhook_url": f"http://127.0.0.1:{port}/telegram/updates",
                    "webhook_secret": SecretStr(SECRET),
                    "burst_seconds": 0.2,
                    "messages_a_minute": 1000,
                    "telegram_messages_a_second": 1000,
                    "telegram_chat_messages_a_second": 1000,
                }
            )
            for port in free_ports(2)
        )
        prepare(one, may_make_keys=True)
        services = [stack.enter_context(running(worker, "citizens")) for worker in (one, two)]
        story = Story(api)
        story.tell()
        messages = [story.person.message(text=line) for line in LINES]
        with ThreadPoolExecutor(8) as threads:
            sent = [
                threads.submit(deliver, worker, number, message)
                for number, message in enumerate(messages, start=9000)
                for worker in (one, two)
            ]
            mortal.stop(mode="immediate")
            mortal.start()
            for delivery in sent:
                delivery.result(120)
        # The pause that makes one telling of them ends a moment later.
        api.wait_until(lambda: all(line in told(one, story.person.chat) for line in LINES))
        said = told(one, story.person.chat)
        assert [said.count(line) for line in LINES] == [1] * len(LINES)
        story.submit()
        with Database.open(place_of(one)) as database:
            assert count_tips(database) == 1
            database.write_now(audit.chain)
            assert database.read_now(audit.verify).count == 1
        assert command(one, "audit", "verify").returncode == 0
        assert not (settings.home / "fanzha.sqlite3").exists()
        assert not any("Traceback" in line for service in services for line in service.lines)
        assert api.wrong == []


def deliver(worker: Settings, number: int, message: dict[str, Any]) -> None:
    """As Telegram does: again, until it is taken."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = httpx.post(
            str(worker.webhook_url),
            json={"update_id": number, "message": message},
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
            timeout=60,
        )
        if answer.status_code == httpx.codes.OK:
            return
        time.sleep(0.1)
    raise TimeoutError(number)


def told(settings: Settings, chat: int) -> str:
    """What was told so far in a conversation that is not filed yet."""
    citizens = keyring.load_citizens(settings.keys)
    name = citizens.conversation_pseudonym("telegram", str(chat))
    with Database.open(place_of(settings)) as database:
        body = database.read_now(lambda t: sessions.load(t, citizens, name)).body
    assert body is not None
    return "\n".join(json.loads(body)["session"]["report"]["lines"])
