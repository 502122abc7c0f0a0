"""As much of HTTP/1.1 as Bot API clients speak, on a loopback socket in a thread of its own."""

import asyncio
import json
import ssl
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fakes.telegram_facts import File

UNTRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For clients that only speak plain HTTP: without one, each reads every certificate of the machine."""


@dataclass(frozen=True)
class Request:
    """`form` holds the query and the body, whichever of the four ways it was sent in."""

    path: str
    form: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """`closes`: the line is cut without a word; `hangs`: nothing comes, for so many seconds."""

    status: int = 200
    body: bytes = b""
    closes: bool = False
    hangs: float = 0
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, content: object, status: int = 200) -> "Answer":
        return cls(status, json.dumps(content).encode(), headers={"Content-Type": "application/json"})


Handler = Callable[[Request], Awaitable[Answer]]


class HttpServer:
    """Serves until it is closed. `call` runs a coroutine in its thread, for those outside."""

    def __init__(self, handler: Handler, port: int = 0) -> None:
        self._handler = handler
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self.call(asyncio.start_server(self._serve, "127.0.0.1", port))
        self.port: int = self._server.sockets[0].getsockname()[1]

    def call(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    def close(self) -> None:
        self.call(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _end(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (request := await _read(reader)) is not None:
                answer = await self._handler(request)
                if answer.hangs:
                    await asyncio.sleep(answer.hangs)
                if answer.closes or answer.hangs:
                    break
                writer.write(_written(answer))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    line = await reader.readline()
    if not line:
        return None
    _method, target, _ = line.decode("latin-1").split(" ", 2)
    headers: dict[str, str] = {}
    while (line := await reader.readline()).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().casefold()] = value.strip()
    body = await _body(reader, headers)
    parts = urlsplit(target)
    form: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
    form.update(_form(headers.get("content-type", ""), body))
    return Request(unquote(parts.path), form)


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").casefold() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


def _form(kind: str, body: bytes) -> dict[str, Any]:
    if kind.startswith("application/json"):
        content = json.loads(body)
        return content if isinstance(content, dict) else {}
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    if not kind.startswith("multipart/form-data"):
        return {}
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    form: dict[str, Any] = {}
    for part in message.iter_parts():
        disposition = part["content-disposition"].params
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        form[disposition["name"]] = File(content) if "filename" in disposition else content.decode()
    return form


def _written(answer: Answer) -> bytes:
    head = {"Content-Length": str(len(answer.body)), "Connection": "keep-alive", **answer.headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"HTTP/1.1 {answer.status} Status\r\n{lines}\r\n".encode() + answer.body
