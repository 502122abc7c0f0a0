"""The citizens' bot in this process, over a database of its own and a Bot API on loopback."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.parts import Public, utc_now
from bot.app.telegram import CitizensBot
from bot.conversation.book import Book
from bot.services.effects import Effects
from bot.services.intake import Intake
from bot.services.knowing import Known
from bot.services.pushing import LEASE
from bot.services.receiving import ReadsPictures, Receiver, read_nothing
from bot.settings import Settings
from knowledge.matching import Matcher
from storage import keyring, outbox, work
from storage.database import Database, Transaction
from storage.place import Place
from storage.sealing import CHEAPEST, StaffSecretKey
from tests.fakes.telegram_api import TelegramApi
from tests.fakes.telegram_methods import Message
from tests.fakes.telegram_people import Person

WAYS_OUT = {"Quick way out", "快速退出", "快速離開"}


@dataclass
class Joined:
    """The bot is joined while `running` is entered."""

    api: TelegramApi
    parts: Public
    intake: Intake
    settings: Settings
    key: StaffSecretKey
    """What opens what was sealed."""
    read: ReadsPictures = read_nothing
    bot: CitizensBot = field(init=False)

    @asynccontextmanager
    async def running(self, **changes: object) -> AsyncIterator["Joined"]:
        settings = self.settings.model_copy(update=changes)
        token = settings.citizens_token
        assert token is not None
        receiver = Receiver(staff=self.parts.staff, read=self.read)
        self.bot = CitizensBot(token.get_secret_value(), settings, self.parts, self.intake, receiver)
        async with self.bot.run(None):
            yield self

    async def until(self, true: Callable[[], bool]) -> None:
        """Without holding up the bot, which runs in this loop."""
        await asyncio.to_thread(self.api.wait_until, true, 20)

    async def answer(self, person: Person, act: Callable[[], object]) -> list[Message]:
        """What the bot says to it, up to a turn's last message."""
        seen = len(person.messages)
        act()
        await self.until(lambda: any(WAYS_OUT & one.buttons.keys() for one in person.messages[seen:]))
        return person.messages[seen:]

    async def tell(self, person: Person, text: str) -> list[Message]:
        return await self.answer(person, lambda: person.write(text))

    async def press(self, person: Person, label: str) -> list[Message]:
        message = next(one for one in reversed(person.messages) if label in one.buttons)
        return await self.answer(person, lambda: person.press(message, label))

    async def settled(self) -> None:
        """All that came is confirmed, and nothing waits to be done or sent."""
        await self.until(lambda: not self.api.undelivered)
        while await self.parts.database.read(_is_busy):  # noqa: ASYNC110 - nothing but the database tells of it
            await asyncio.sleep(0.01)


def _is_busy(t: Transaction) -> bool:
    return bool(outbox.counts(t).get("pending") or work.counts(t).get("waiting"))


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    with closing(TelegramApi()) as opened:
        yield opened


@pytest.fixture
async def house(tmp_path: Path, place: Place, book: Book, matcher: Matcher, api: TelegramApi) -> AsyncIterator[Joined]:
    """Not joined yet."""
    keys = tmp_path / "keys"
    keyring.make_missing(keys, random=secrets.token_bytes)
    citizens, public = keyring.load_citizens(keys), keyring.load_staff_public(keys)
    settings = Settings(
        home=tmp_path,
        citizens_token=SecretStr(api.token),
        telegram_api=api.address,
        burst_seconds=0.05,
        telegram_messages_a_second=1000,
        telegram_chat_messages_a_second=1000,
    )
    with Database.open(place) as database:
        known = Known(book, matcher, {})
        effects = Effects(
            database=database,
            citizens=citizens,
            staff=public,
            random=secrets.token_bytes,
            receipt_cost=CHEAPEST,
        )
        intake = Intake(
            database=database, citizens=citizens, known=lambda: known, effects=effects, clock=utc_now, lease=LEASE
        )
        staff = keyring.load_staff_secret(keys, None)
        yield Joined(api, Public(database, citizens, public), intake, settings, staff)


@pytest.fixture
async def joined(house: Joined) -> AsyncIterator[Joined]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(house.running())
        assert house.api.wrong == []
