"""The keeper of a database on a PostgreSQL server."""

from concurrent.futures import Future
from typing import Any

from storage.gate import Gate
from storage.keepers import READERS, Unit
from storage.place import Server
from storage.pool import Pool
from storage.server import connect, make_server_engine, vacuum

WRITERS = 6
"""While one waits for the disk, others compute, and they share its wait."""


class ServerKeeper:
    """A database on a PostgreSQL server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._writing = make_server_engine(server, writes=True, connections=WRITERS)
        self._reading = make_server_engine(server, writes=False, connections=READERS)
        self.writers = Pool(self._writing, WRITERS, name="storage-writer")
        self._readers = Pool(self._reading, READERS, name="storage-reader")
        self._gate = Gate(lambda: connect(server))

    def submit(self, unit: Unit) -> "Future[Any]":
        return self.writers.submit(unit)

    def ask(self, query: Unit) -> "Future[Any]":
        return self._readers.submit(query)

    def glance(self, query: Unit) -> "Future[Any]":
        return self._readers.submit(query, is_one_statement=True)

    def enter(self, key: bytes) -> "Future[None]":
        return self._gate.enter(key)

    def leave(self, key: bytes) -> None:
        self._gate.leave(key)

    def scrub(self) -> None:
        vacuum(self._server)

    def close(self) -> None:
        self.writers.close()
        self._readers.close()
        self._gate.close()
        self._reading.dispose()
        self._writing.dispose()
