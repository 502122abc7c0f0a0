"""A server that is a proxy or the Bot API itself, and notes by which way it was asked."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

NOWHERE = "http://api.example.test"
"""What nothing but a proxy can lead to."""


class Heard:
    """What it was asked: where, and with which fields."""

    def __init__(self, result: Mapping[str, Any]) -> None:
        self.asked: list[str] = []
        self.forms: list[dict[str, list[str]]] = []
        self.address = ""
        self._result = result

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        # A proxy is asked for a whole address, a server for a path.
        self.asked.append(request.path_qs if request.url.host == "127.0.0.1" else str(request.url))
        self.forms.append(parse_qs((await request.read()).decode()))
        return web.json_response({"ok": True, "result": self._result})


@asynccontextmanager
async def listening(monkeypatch: pytest.MonkeyPatch, result: Mapping[str, Any]) -> AsyncIterator[Heard]:
    """It answers every call with `result`; the environment names no proxy until the test says so."""
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    heard = Heard(result)
    async with RawTestServer(heard.answer, host="127.0.0.1") as server:
        heard.address = f"http://127.0.0.1:{server.port}"
        yield heard
