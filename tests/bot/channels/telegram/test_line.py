"""The line to the Bot API goes the way that the environment names, and writes forms as Telegram reads them."""

import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.line import Line

_NOWHERE = "http://api.example.test"
_MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}


class Heard:
    """A server that notes what it is asked, and answers as if it had sent a message."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.forms: list[dict[str, list[str]]] = []
        self.address = ""

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        # A proxy is asked for a whole address, a server for a path.
        self.asked.append(request.path_qs if request.url.host == "127.0.0.1" else str(request.url))
        self.forms.append(parse_qs((await request.read()).decode()))
        return web.Response(body=json.dumps({"ok": True, "result": _MESSAGE}).encode())


@pytest.fixture
async def heard(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Heard]:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    noted = Heard()
    async with RawTestServer(noted.answer, host="127.0.0.1") as server:
        noted.address = f"http://127.0.0.1:{server.port}"
        yield noted


async def _send(at: str, text: str = "hi", keys: InlineKeyboardMarkup | None = None) -> None:
    lines = Line(2), Line(2)
    bot = Bot("1:x", base_url=f"{at}/bot", request=lines[0], get_updates_request=lines[1])
    try:
        await lines[0].initialize()
        await bot.send_message(7, text, reply_markup=keys, disable_notification=True)
    finally:
        await lines[0].shutdown()


async def test_through_the_proxy_that_the_environment_names(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", heard.address)
    await _send(_NOWHERE)
    assert heard.asked == [f"{_NOWHERE}/bot1:x/sendMessage"]


async def test_past_it_where_the_environment_says_so(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    await _send(heard.address)
    assert heard.asked == ["/bot1:x/sendMessage"]


async def test_a_form_comes_as_it_was_meant(heard: Heard) -> None:
    text = "转了4万8 & more=?\n😀 100%"
    await _send(heard.address, text, InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="a+b")]]))
    [form] = heard.forms
    assert form["text"] == [text]
    assert json.loads(form["reply_markup"][0]) == {"inline_keyboard": [[{"text": "好", "callback_data": "a+b"}]]}
    assert form["disable_notification"] == ["true"]
