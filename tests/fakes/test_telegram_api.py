"""The Bot API of the tests is as strict as the published one, with the library that citizens' bots use."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import httpx
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.error import BadRequest, Forbidden, NetworkError, TimedOut

from tests.fakes.telegram_api import TelegramApi
from tests.fakes.telegram_http import Answer

SOMEBODY = 4711
WIDE = "字" * 22


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    with closing(TelegramApi()) as opened:
        yield opened


def bot(api: TelegramApi) -> Bot:
    return Bot(api.token, base_url=f"{api.address}/bot", base_file_url=f"{api.address}/file/bot")


def call(api: TelegramApi, method: str, **values: object) -> httpx.Response:
    return httpx.post(f"{api.address}/bot{api.token}/{method}", json=values)


async def test_the_library_sends_polls_and_answers_without_a_fault(api: TelegramApi) -> None:
    person = api.person(SOMEBODY)
    person.write("你好")
    async with bot(api) as citizens:
        (update,) = await citizens.get_updates(timeout=1)
        assert update.message is not None
        assert update.message.text == "你好"
        assert api.undelivered == [update.update_id]
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="x" * 64)]])
        await citizens.send_message(
            SOMEBODY,
            "<b>喂</b> &lt;3",
            parse_mode="HTML",
            reply_markup=keyboard,
            disable_notification=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        await citizens.set_my_commands([BotCommand("help", "帮助")], language_code="zh")
        (message,) = person.messages
        person.press(message, "好")
        (pressed,) = await citizens.get_updates(offset=update.update_id + 1, timeout=1)
        assert pressed.callback_query is not None
        await citizens.answer_callback_query(pressed.callback_query.id)
        await citizens.delete_messages(SOMEBODY, [message.id])
    assert (message.text, message.is_silent, message.has_preview) == ("喂 <3", True, False)
    assert message.marked == (("b", "喂"),)
    assert person.messages == []
    assert api.undelivered == [pressed.update_id]
    assert api.wrong == []


@pytest.mark.parametrize(
    ("method", "values", "fault"),
    [
        ("sendLetter", {}, "there is no method sendLetter"),
        ("sendMessage", {"chat_id": 1}, "sendMessage needs text"),
        ("sendMessage", {"chat_id": 1, "text": "a", "colour": "red"}, "sendMessage has no parameter colour"),
        ("sendMessage", {"chat_id": [], "text": "a"}, "sendMessage.chat_id is no Integer or String: list"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "answerCallbackQuery.text has 201"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": WIDE}]]}},
            "callback_data has 66 bytes; 1 to 64 fit",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"label": "a"}]]}},
            "(InlineKeyboardButton) has no field label",
        ),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "b"}]}, "command has 33 characters"),
    ],
)  # fmt: skip
def test_a_call_that_breaks_the_rules_is_refused_and_noted(
    api: TelegramApi, method: str, values: dict[str, object], fault: str
) -> None:
    assert call(api, method, **values).status_code in {400, 404}
    assert any(fault in wrong for wrong in api.wrong), api.wrong


async def test_a_text_too_long_or_badly_marked_is_refused(api: TelegramApi) -> None:
    api.person(SOMEBODY).write("你好")
    async with bot(api) as citizens:
        await citizens.send_message(SOMEBODY, "字" * 4096)
        for text in ("字" * 4097, "<b>a", "a < b", "<script>", "&nbsp;", " "):
            with pytest.raises(BadRequest):
                await citizens.send_message(SOMEBODY, text, parse_mode="HTML")
    assert len(api.wrong) == 6


async def test_faults_come_on_demand(api: TelegramApi) -> None:
    person = api.person(SOMEBODY)
    person.write("你好")
    async with bot(api) as citizens:
        api.fail("sendMessage", Answer.of({"ok": False}, 500))
        with pytest.raises(NetworkError):
            await citizens.send_message(SOMEBODY, "a")
        api.fail("sendMessage", Answer(closes=True))
        with pytest.raises(NetworkError):
            await citizens.send_message(SOMEBODY, "a")
        api.fail("sendMessage", Answer(hangs=5))
        with pytest.raises(TimedOut):
            await citizens.send_message(SOMEBODY, "a", read_timeout=0.1)
        assert person.messages == []
        api.fail("sendMessage", Answer(closes=True), before=False)
        with pytest.raises(NetworkError):
            await citizens.send_message(SOMEBODY, "a")
        assert len(person.messages) == 1
        person.block()
        with pytest.raises(Forbidden):
            await citizens.send_message(SOMEBODY, "a")
    api.flood("sendMessage", 3)
    refused = call(api, "sendMessage", chat_id=SOMEBODY, text="a")
    assert (refused.status_code, refused.json()["parameters"]) == (429, {"retry_after": 3})


async def test_a_webhook_is_given_each_update_with_its_secret_until_it_is_taken(api: TelegramApi) -> None:
    heard: list[tuple[str, int]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n", maxsplit=1)[0])
        update = Update.de_json(json.loads(await reader.readexactly(length)), None)
        heard.append((head.split("secret-token: ")[1].split("\r\n", maxsplit=1)[0], update.update_id))
        status = "503 Later" if len(heard) == 1 else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, bot(api) as citizens:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        await citizens.set_webhook(url, secret_token="very-secret")
        number = api.person(SOMEBODY).write("你好")
        await asyncio.to_thread(api.wait_until, lambda: (number, 200) in api.deliveries)
        refused = await asyncio.to_thread(call, api, "getUpdates")
    assert heard == [("very-secret", number)] * 2
    assert refused.status_code == 409


async def test_old_messages_cannot_be_deleted(api: TelegramApi) -> None:
    person = api.person(SOMEBODY)
    person.write("你好")
    async with bot(api) as citizens:
        await citizens.send_message(SOMEBODY, "a")
        api.methods.sent[0] = replace(api.methods.sent[0], at=time.time() - 49 * 3600)
        with pytest.raises(BadRequest):
            await citizens.delete_messages(SOMEBODY, [person.messages[0].id])
