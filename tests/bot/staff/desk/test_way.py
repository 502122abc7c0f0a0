"""The desk's bot goes to the Bot API by the way that the environment names."""

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

from bot.services.polling import Unreached
from bot.staff.desk.api import Api

_NOWHERE = "http://api.example.test"
_TOKEN = "1:x"


class Heard:
    """A server that notes what it is asked, and answers as the Bot API does when asked for a bot's name."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.address = ""

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        # A proxy is asked for a whole address, a server for a path.
        self.asked.append(request.path_qs if request.url.host == "127.0.0.1" else str(request.url))
        bot = {"id": 1, "is_bot": True, "first_name": "Desk", "username": "desk_bot"}
        return web.Response(body=json.dumps({"ok": True, "result": bot}).encode(), content_type="application/json")


@pytest.fixture
async def heard(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Heard]:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    noted = Heard()
    async with RawTestServer(noted.answer, host="127.0.0.1") as server:
        noted.address = f"http://127.0.0.1:{server.port}"
        yield noted


async def _name(at: str) -> str:
    api = Api(_TOKEN, at)
    try:
        return (await api.me())[1]
    finally:
        await api.close()


async def test_through_the_proxy_that_the_environment_names(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", heard.address)

    assert await _name(_NOWHERE) == "desk_bot"
    assert heard.asked == [f"{_NOWHERE}/bot{_TOKEN}/getMe"]


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
        await _name(_NOWHERE)
    assert _TOKEN not in str(refused.value)
    assert not heard.asked
