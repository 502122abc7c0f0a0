"""The desk's bot goes to the Bot API by the way that the environment names."""

from collections.abc import AsyncIterator

import pytest

from bot.services.polling import Unreached
from bot.staff.desk.api import Api
from tests.fakes.way import NOWHERE, Heard, listening

_BOT = {"id": 1, "is_bot": True, "first_name": "Desk", "username": "desk_bot"}
_TOKEN = "1:x"


@pytest.fixture
async def heard(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Heard]:
    async with listening(monkeypatch, _BOT) as noted:
        yield noted


async def _name(at: str) -> str:
    api = Api(_TOKEN, at)
    try:
        return (await api.me())[1]
    finally:
        await api.close()


async def test_through_the_proxy_that_the_environment_names(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", heard.address)

    assert await _name(NOWHERE) == "desk_bot"
    assert heard.asked == [f"{NOWHERE}/bot{_TOKEN}/getMe"]


async def test_past_it_where_the_environment_says_so(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    assert await _name(heard.address) == "desk_bot"
    assert heard.asked == [f"/bot{_TOKEN}/getMe"]


async def test_a_proxy_that_is_not_there_is_said_without_the_token(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    with pytest.raises(Unreached) as refused:
        await _name(NOWHERE)
    assert _TOKEN not in str(refused.value)
    assert not heard.asked
