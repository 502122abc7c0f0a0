"""A desk for each test, over a database of either kind."""

from collections.abc import AsyncIterator, Iterator
from contextlib import closing

import pytest

from bot.settings import Settings
from storage.database import Database
from storage.place import Place
from storage.sealing import StaffSecretKey
from tests.bot.staff.desk.house import CANARIES, DeskHouse, desk_settings
from tests.conftest import StoppedClock
from tests.fakes.telegram_api import DESK_TOKEN, TelegramApi


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    with closing(TelegramApi(token=DESK_TOKEN)) as opened:
        yield opened


@pytest.fixture
def house(place: Place, settings: Settings, clock: StoppedClock, api: TelegramApi) -> Iterator[DeskHouse]:
    """Not joined yet. Whatever a test does, the rules are kept, and no word of a reporter reaches Telegram."""
    with Database.open(place) as database:
        yield DeskHouse(api, database, StaffSecretKey(bytes(range(32))), clock, desk_settings(settings, api))
    assert api.wrong == []
    said = repr([call.values for call in api.calls])
    assert not [word for word in CANARIES if word in said]


@pytest.fixture
async def desk(house: DeskHouse) -> AsyncIterator[DeskHouse]:
    """Joined."""
    async with house.running():
        yield house
