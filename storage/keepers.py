"""What is behind a Database, and the one that keeps it in a SQLite file."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from storage.engine import empty_log, in_our_words, make_engine
from storage.errors import StorageClosed
from storage.transaction import Transaction
from storage.writer import Writer

READERS = 4
"""Reads run beside the writing; this many at once, each with a connection of its own."""

Unit = Callable[[Transaction], Any]


class Keeper(Protocol):
    def submit(self, unit: Unit) -> "Future[Any]": ...

    def ask(self, query: Unit) -> "Future[Any]": ...

    def glance(self, query: Unit) -> "Future[Any]":
        """The same for a query of one statement."""

    def enter(self, key: bytes) -> "Future[None] | None":
        """Done once nobody in another process is inside for this key; None where there is nobody to wait for."""

    def leave(self, key: bytes) -> None: ...

    def scrub(self) -> None: ...

    def close(self) -> None: ...


class FileKeeper:
    """One SQLite file: a thread that writes in groups, and readers beside it."""

    def __init__(self, path: Path, *, busy_timeout_ms: int) -> None:
        self._path = path
        self._writing = make_engine(path, writes=True, busy_timeout_ms=busy_timeout_ms)
        self._reading = make_engine(path, writes=False, connections=READERS, busy_timeout_ms=busy_timeout_ms)
        self.writer = Writer(self._writing)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")

    def submit(self, unit: Unit) -> "Future[Any]":
        return self.writer.submit(unit)

    def ask(self, query: Unit) -> "Future[Any]":
        try:
            return self._readers.submit(self._read, query)
        except RuntimeError as fault:  # the pool's word for "shut down"
            raise StorageClosed from fault

    def glance(self, query: Unit) -> "Future[Any]":
        return self.ask(query)

    def enter(self, key: bytes) -> None:  # noqa: ARG002 - the session's version is enough on one machine
        return None

    def leave(self, key: bytes) -> None:
        pass

    def scrub(self) -> None:
        empty_log(self._path)

    def close(self) -> None:
        self.writer.close()
        self._readers.shutdown(wait=True)
        self._reading.dispose()
        self._writing.dispose()

    def _read(self, query: Unit) -> Any:
        try:
            with self._reading.connect() as connection, connection.begin():
                t = Transaction(connection)
                try:
                    return query(t)
                finally:
                    t.close()
        except Exception as fault:
            ours = in_our_words(fault)
            if ours is fault:
                raise
            raise ours from fault
