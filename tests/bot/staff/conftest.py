"""The house that every test of the console walks into."""

from collections.abc import Iterator

import pytest

from storage.place import Place
from tests.bot.staff.house import House, open_house


@pytest.fixture
def house(place: Place) -> Iterator[House]:
    with open_house(place) as opened:
        yield opened
