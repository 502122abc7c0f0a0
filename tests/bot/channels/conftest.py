"""The web chat over a real intake and a database of the test's own."""

import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI

from bot.channels.webchat import create_webchat
from bot.conversation.book import Book
from bot.services.effects import Effects
from bot.services.intake import Intake
from bot.services.knowing import Known
from bot.services.receiving import Receiver
from bot.web.site import Site
from knowledge.matching import Matcher
from storage.database import Database
from storage.place import Place
from storage.sealing import CHEAPEST, CitizensKeys, StaffSecretKey
from tests.bot.channels.visitor import Visitor
from tests.conftest import StoppedClock

CITIZENS = CitizensKeys(bytes(range(32)))
STAFF = StaffSecretKey(bytes(range(32, 64)))


@dataclass
class House:
    """The web chat and what it stands on. `words`: what a reader finds on any picture."""

    app: FastAPI = field(init=False)
    intake: Intake
    database: Database
    clock: StoppedClock
    place: Place
    words: str = ""
    looked_at: list[bytes] = field(default_factory=list)

    def reads(self, words: str) -> None:
        self.words = words

    async def read(self, content: bytes, /) -> str:
        self.looked_at.append(content)
        return self.words


@pytest.fixture
def house(place: Place, book: Book, matcher: Matcher, clock: StoppedClock) -> Iterator[House]:
    with open_house(place, book, matcher, clock) as opened:
        yield opened


@contextmanager
def open_house(place: Place, book: Book, matcher: Matcher, clock: StoppedClock) -> Iterator[House]:
    """Over an empty database, closed at the end."""
    with Database.open(place) as database:
        known = Known(book, matcher, {})
        effects = Effects(
            database=database,
            citizens=CITIZENS,
            staff=STAFF.public,
            random=secrets.token_bytes,
            receipt_cost=CHEAPEST,
        )
        intake = Intake(
            database=database,
            citizens=CITIZENS,
            known=lambda: known,
            effects=effects,
            clock=clock,
            messages_a_minute=12,
        )
        site = Site(hosts=("chat.test", "127.0.0.1", "localhost"), trusted_proxies=("10.0.0.1",))
        house = House(intake, database, clock, place)
        receiver = Receiver(staff=STAFF.public, read=house.read)
        house.app = create_webchat(intake=intake, receiver=receiver, site=site)
        yield house


@pytest.fixture
async def visit(house: House) -> AsyncIterator[Callable[..., Visitor]]:
    """Opens browsers, each with cookies of its own."""
    async with AsyncExitStack() as stack:

        def open_browser(**told: str) -> Visitor:
            visitor = Visitor(house.app, **told)
            stack.push_async_callback(visitor.http.aclose)
            return visitor

        yield open_browser


@pytest.fixture
async def visitor(visit: Callable[..., Visitor]) -> Visitor:
    """A browser set to British English, on the opening page."""
    opened = visit()
    await opened.open()
    return opened
