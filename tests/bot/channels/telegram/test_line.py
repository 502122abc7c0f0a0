"""The line to the Bot API goes the way that the environment names, and writes forms as Telegram reads them."""

import json
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.line import Line
from tests.fakes.way import NOWHERE, Heard, listening

_MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}


@pytest.fixture
async def heard(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Heard]:
    async with listening(monkeypatch, _MESSAGE) as noted:
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
    await _send(NOWHERE)
    assert heard.asked == [f"{NOWHERE}/bot1:x/sendMessage"]


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
