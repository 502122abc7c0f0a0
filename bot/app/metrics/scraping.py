"""`/metrics` of one role, on a port of its own, for who watches this installation and nobody else."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, MetricsHandler

PATH = "/metrics"
_PATIENCE_SECONDS = 10
"""Who asks and does not go on is not waited for."""


@contextmanager
def scraped(registry: CollectorRegistry, listener: socket.socket | None) -> Iterator[None]:
    """Answers while entered, from threads of its own, so that a busy role is seen to be busy. Nowhere without a
    listener, which stays the caller's to close."""
    if listener is None:
        yield
        return

    class Handler(MetricsHandler):
        timeout = _PATIENCE_SECONDS

        def do_GET(self) -> None:  # noqa: N802 - the name the standard library calls
            if urlsplit(self.path).path == PATH:
                super().do_GET()
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

    Handler.registry = registry
    server = _Server(listener.getsockname(), Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Who went away in the middle is no fault of ours, and their address is not for the log."""
