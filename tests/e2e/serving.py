"""One face in this process, served to a real browser: the house behind it can be looked into and its clock stands."""

import asyncio
import socket
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import uvicorn
from fastapi import FastAPI

from tests.ports import free_ports

_T = TypeVar("_T")


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Where it is served, until the end."""
    (port,) = free_ports(1)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=2
    )
    started = threading.Event()
    server = _Server(config, started)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(30), "the face did not start"
    try:
        yield f"http://localhost:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


def done(act: Coroutine[Any, Any, _T]) -> _T:
    """What came of it, awaited in a thread of its own: the browser's driver keeps this thread's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, act).result()


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()
