"""Serve one ASGI application until the process is told to stop, or whoever started it is gone."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
import uvloop
from starlette.types import ASGIApp

from bot.app.endpoints import Endpoint
from bot.app.faults import Fault
from bot.app.heads import BoundedHttp

# A page takes milliseconds; who holds a connection open longer than this is not waited for.
GRACE_SECONDS = 3


def listen(endpoint: Endpoint) -> socket.socket:
    """A listening socket. Raises Fault: the port is taken, or the address is none of this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            endpoint.bind, endpoint.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as fault:
        raise Fault(f"Cannot listen on {endpoint.bind}: {fault.strerror}.") from fault
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as fault:
        listener.close()
        raise Fault(
            f"Cannot listen on {endpoint.bind} port {endpoint.port}: {fault.strerror}. "
            f"Stop what listens there, or choose another port with {endpoint.setting}."
        ) from fault
    return listener


def serve(
    app: ASGIApp,
    listener: socket.socket,
    *,
    is_supervised: bool,
    when_ready: Callable[[], None],
    when_stopping: Callable[[], None] = lambda: None,
) -> None:
    """Serve until SIGINT, SIGTERM or, supervised, the end of standard input. Raises Fault if the start fails."""
    # uvloop, and httptools below: more turns a second than with asyncio's own loop and h11.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(app, listener, is_supervised, when_ready, when_stopping))


class _Server(uvicorn.Server):
    """uvicorn, which leaves signals to us (it would raise them again after a clean stop) and says when it is ready."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._when_ready()


async def _serve(
    app: ASGIApp,
    listener: socket.socket,
    is_supervised: bool,
    when_ready: Callable[[], None],
    when_stopping: Callable[[], None],
) -> None:
    # No access log: it would hold addresses. The faces read proxy headers themselves, from trusted proxies alone.
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        http=BoundedHttp,
        ws="none",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config, when_ready)

    def stop() -> None:
        when_stopping()
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    if is_supervised:
        _at_end_of_input(loop, stop)
    await server.serve([listener])
    if not server.started:
        raise Fault("The start failed; the log says why.")


def _at_end_of_input(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    """The supervisor holds the other end and never writes: the end of input says that it is gone, however it went."""
    stream = sys.stdin.fileno()

    def look() -> None:
        if not os.read(stream, 1024):
            loop.remove_reader(stream)
            stop()

    loop.add_reader(stream, look)
