"""An intake over a database and keys of its own."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.conversation.book import Book
from bot.conversation.events import Event, Pressed, Said
from bot.services.effects import Effects, Limits
from bot.services.exchange import Delivered, Incoming
from bot.services.intake import Intake
from bot.services.knowing import Known
from knowledge.matching import Matcher
from storage import keyring
from storage.database import Database
from storage.place import Place
from storage.sealing import CHEAPEST, CitizensKeys, StaffSecretKey
from tests.conftest import StoppedClock
from tests.databases import everything_in

TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信"


@dataclass
class Service:
    """What a citizens' process has, and the staff's key beside it to look into what was sealed."""

    database: Database
    citizens: CitizensKeys
    staff: StaffSecretKey
    clock: StoppedClock
    make: Callable[[], Intake]
    home: Path
    known: list[Known]
    """One: what is known now."""
    place: Place
    updates: int = 0

    def __post_init__(self) -> None:
        self.intake = self.make()

    def restart(self) -> None:
        """Another process on the same database."""
        self.intake = self.make()

    def written(self) -> bytes:
        """All that is kept."""
        return everything_in(self.place)

    async def send(self, event: Event, *, conversation: str = "someone", update: str | None = None) -> Delivered:
        self.updates += 1
        incoming = Incoming("web", conversation, update or f"update-{self.updates}", event, "zh-CN", "192.0.2.7")
        return await self.intake.receive(incoming)

    async def say(self, text: str, *, conversation: str = "someone") -> Delivered:
        return await self.send(Said(text), conversation=conversation)

    async def press(self, button: str, *, conversation: str = "someone") -> Delivered:
        screen = await self.intake.view("web", conversation, "zh-CN")
        return await self.send(Pressed(button, screen.turn), conversation=conversation)

    async def file(self, *, conversation: str = "someone") -> str:
        """From a telling to its receipt."""
        await self.say(TELLING, conversation=conversation)
        await self.press("money:called", conversation=conversation)
        filed = await self.send(Said("提交"), conversation=conversation)
        return receipt_in(filed)


def receipt_in(delivered: Delivered) -> str:
    once = [reply.text for reply in delivered.screen.replies if reply.once]
    words = [word.strip("*，。 ") for text in once for word in text.replace("**", " ").split()]
    return next(word for word in words if word.count("-") == 3)


@pytest.fixture
def service(place: Place, tmp_path: Path, book: Book, matcher: Matcher, clock: StoppedClock) -> Iterator[Service]:
    keys = tmp_path / "keys"
    keyring.make_missing(keys, random=secrets.token_bytes)
    citizens, public = keyring.load_citizens(keys), keyring.load_staff_public(keys)
    with Database.open(place) as database:
        known = [Known(book, matcher, {"patterns": "test"})]

        def make() -> Intake:
            effects = Effects(
                database=database,
                citizens=citizens,
                staff=public,
                random=secrets.token_bytes,
                receipt_cost=CHEAPEST,
                limits=Limits(receipts=5, reports=4),
            )
            return Intake(database=database, citizens=citizens, known=lambda: known[0], effects=effects, clock=clock)

        yield Service(database, citizens, keyring.load_staff_secret(keys, None), clock, make, tmp_path, known, place)
