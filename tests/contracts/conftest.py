"""One installation for all the facts, and a way to open each channel of it."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from tests.contracts.channel import TELLING, Channel, Open, Shown
from tests.contracts.house import House, open_house
from tests.contracts.telegram import Telegram
from tests.contracts.terminal import Terminal
from tests.contracts.webchat import WebChat
from tests.databases import POSTGRESQL, SQLITE
from tests.ports import free_ports
from tests.postgres import INSTALL, PostgresServer

CHANNELS = ("terminal", "webchat", "telegram")

OpenNamed = Callable[[str, str], Channel]
"""Opens a channel by its name, for somebody new whose device speaks the language of a tag."""


@pytest.fixture(scope="session", params=[SQLITE, POSTGRESQL])
def house(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_or_none: PostgresServer | None,
) -> Iterator[House]:
    if request.param == POSTGRESQL and postgres_or_none is None:
        pytest.skip(INSTALL)
    on_server = postgres_or_none if request.param == POSTGRESQL else None
    home: Path = tmp_path_factory.mktemp("house") / "home"
    # All the facts file their reports from one address within a minute.
    settings = Settings(
        home=home,
        database_url=None if on_server is None else SecretStr(on_server.make_empty_database().url),
        citizens_port=free_ports(1)[0],
        reports_an_hour=10_000,
        receipts_an_hour=10_000,
        burst_seconds=0.25,
        telegram_messages_a_second=10_000,
        telegram_chat_messages_a_second=10_000,
    )
    with open_house(settings) as opened:
        yield opened
        assert opened.telegram.wrong == [], "every call kept to the Bot API's published rules"


@pytest.fixture(scope="session")
def opens(house: House) -> Iterator[OpenNamed]:
    with ExitStack() as tabs:
        people = itertools.count()

        def open_one(name: str, tag: str) -> Channel:
            if name == "terminal":
                return Terminal(house, f"somebody {next(people)}", tag)
            if name == "telegram":
                return Telegram(house, 5000 + next(people), tag)
            return tabs.enter_context(closing(WebChat(house, tag)))

        yield open_one


@pytest.fixture(params=CHANNELS)
def channel_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def opened(channel_name: str, opens: OpenNamed) -> Open:
    return lambda tag: opens(channel_name, tag)


@pytest.fixture
def elsewhere(channel_name: str, opens: OpenNamed) -> Callable[[str], list[Channel]]:
    """Somebody new in each of the other channels."""
    return lambda tag: [opens(name, tag) for name in CHANNELS if name != channel_name]


@pytest.fixture(scope="session")
def ended(house: House, opens: OpenNamed) -> Callable[[str], tuple[Channel, Shown]]:
    """By a channel's name: half a report told there before every process was ended and started again."""
    begun = {}
    for name in CHANNELS:
        channel = opens(name, "zh-CN")
        channel.say(TELLING)
        begun[name] = channel, channel.press("打过了")
    house.stop()
    house.start()
    return begun.__getitem__
