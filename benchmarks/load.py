"""Many people in Telegram at once: updates posted to a webhook, and the Bot API that takes what is answered."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from turns import TELLING

# Written, or the label of the button that is pressed: a card, its answer, the review twice, and nothing filed.
SCRIPT = (TELLING, "打过了", "银行转账 6217 0001 2345 6789 019 建行 王某某 14:05", "对方自称姓王 工号 3021", "不提交")
PRESSED = frozenset({"打过了", "不提交"})
LAST = "帮助"
"""Stands under the last message of a turn and no other; who answers "ok" has no buttons at all."""
START_SECONDS = 60.0
BEGUN_WITHIN = 1.0
"""Seconds over which the conversations begin, one after the other: about as long as one takes here."""


@dataclass(frozen=True)
class Measured:
    turns: int
    seconds: float
    latencies: tuple[float, ...]
    """Sorted, in seconds."""

    @property
    def a_second(self) -> float:
        return self.turns / self.seconds

    @property
    def p50(self) -> float:
        return self.latencies[len(self.latencies) // 2]

    @property
    def p99(self) -> float:
        return self.latencies[len(self.latencies) * 99 // 100]


class Chat:
    """One person's: what came last, and under it the buttons."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.buttons: dict[str, str] = {}
        self.came = asyncio.Event()
        self.came_at = 0.0


class Load:
    """In one event loop, as light as can be: it shares the machine with what it measures."""

    def __init__(self, *, port: int, path: str, secret: str) -> None:
        self.port = port
        self._path = path
        self._secret = secret
        self._chats: dict[int, Chat] = {}
        # Telegram numbers updates once: those of an earlier run on the same database are known there.
        self._number = time.time_ns() // 1000
        self._latencies: list[float] = []

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """The Bot API's address."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def wait_until_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                line = await Line.open(self.port, self._path, self._secret)
                if await line.post({"update_id": 1}) == 200:
                    return
            except (OSError, asyncio.IncompleteReadError):
                pass
            await asyncio.sleep(0.02)
        raise TimeoutError("the bot did not start")

    async def talk(self, conversations: int, seconds: float, *, in_step: bool = False) -> Measured:
        """`in_step`: all begin at the same moment, and tell their tellings, which take longest, all at once."""
        self._latencies = []
        began = time.perf_counter()
        apart = 0.0 if in_step else BEGUN_WITHIN / conversations
        await asyncio.gather(*(self._person(began + seconds, after=apart * at) for at in range(conversations)))
        took = time.perf_counter() - began
        return Measured(len(self._latencies), took, tuple(sorted(self._latencies)))

    async def _person(self, until: float, after: float) -> None:
        await asyncio.sleep(after)
        line = await Line.open(self.port, self._path, self._secret)
        while True:
            chat = Chat(secrets.randbelow(2**50))
            self._chats[chat.number] = chat
            for said in SCRIPT:
                if time.perf_counter() >= until:
                    line.close()
                    return
                await self._turn(line, chat, said)
            del self._chats[chat.number]

    async def _turn(self, line: "Line", chat: Chat, said: str) -> None:
        self._number += 1
        update = {"update_id": self._number, **_update(chat, self._number, said)}
        chat.came.clear()
        began = time.perf_counter()
        status = await line.post(update)
        assert status == 200, status
        async with asyncio.timeout(60):
            await chat.came.wait()
        self._latencies.append(chat.came_at - began)

    # The Bot API.

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                body = await reader.readexactly(_length(head))
                path = head.split(b" ", 2)[1]
                result = self._answer(path.rpartition(b"/")[2].decode(), body)
                content = json.dumps({"ok": True, "result": result}).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(content), content))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.close()

    def _answer(self, method: str, body: bytes) -> Any:
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Fanzha", "username": "fanzha_bench_bot"}
        if method != "sendMessage":
            return True
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        number = int(form["chat_id"])
        self._number += 1
        chat = self._chats.get(number)
        if chat is not None:
            rows = json.loads(form.get("reply_markup", "{}")).get("inline_keyboard", [])
            buttons = {button["text"]: button["callback_data"] for row in rows for button in row}
            if form["text"] == "ok" or LAST in buttons:
                chat.buttons = buttons
                chat.came_at = time.perf_counter()
                chat.came.set()
        return {"message_id": self._number, "date": 1, "chat": {"id": number, "type": "private"}, "text": "x"}


class Line:
    """A connection to the webhook."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> None:
        self._reader, self._writer, self._head = reader, writer, head

    @classmethod
    async def open(cls, port: int, path: str, secret: str) -> "Line":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: "
        )
        return cls(reader, writer, head.encode())

    async def post(self, update: dict[str, Any]) -> int:
        body = json.dumps(update).encode()
        self._writer.write(b"%s%d\r\n\r\n%s" % (self._head, len(body), body))
        head = await self._reader.readuntil(b"\r\n\r\n")
        await self._reader.readexactly(_length(head))
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        self._writer.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def _update(chat: Chat, number: int, said: str) -> dict[str, Any]:
    who = {"id": chat.number, "is_bot": False, "first_name": "P", "language_code": "zh-hans"}
    place = {"id": chat.number, "type": "private", "first_name": "P"}
    if said not in PRESSED:
        return {"message": {"message_id": number, "date": 1, "chat": place, "from": who, "text": said}}
    message = {"message_id": number, "date": 1, "chat": place, "text": "x"}
    # Who answers "ok" shows no buttons: something is pressed all the same.
    data = chat.buttons.get(said, "none")
    assert data != "none" or not chat.buttons, (said, list(chat.buttons))
    return {"callback_query": {"id": str(number), "from": who, "chat_instance": "1", "message": message, "data": data}}
