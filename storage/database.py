"""The door to the database: asynchronous for services, blocking for commands, one writer thread behind both."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from storage.engine import BUSY_TIMEOUT_MS, empty_log, in_our_words, make_engine
from storage.errors import StorageClosed
from storage.migrations import migrate
from storage.writer import Transaction, Writer

__all__ = ["Database", "Transaction"]

# Reads run beside the writer (WAL); this many at once, each with a connection of its own.
READERS = 4

T = TypeVar("T")


class Database:
    """One SQLite file. Units and queries are plain functions of a Transaction that return plain values.

    A unit may be run more than once before its one commit, so it must be repeatable: no sending, no counting outside.
    """

    def __init__(self, path: Path, writing: Engine, reading: Engine) -> None:
        self._path = path
        self._writing = writing
        self._reading = reading
        self._writer = Writer(writing)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")

    @classmethod
    def open(cls, path: Path, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Self:
        """Open the file, made and brought up to date where needed. Raises DatabaseTooNew, StorageUnavailable."""
        migrate(path)
        return cls(
            path,
            make_engine(path, writes=True, busy_timeout_ms=busy_timeout_ms),
            make_engine(path, writes=False, connections=READERS, busy_timeout_ms=busy_timeout_ms),
        )

    async def write(self, unit: Callable[[Transaction], T]) -> T:
        """Run the unit and return its result once it is on disk. Cancelled while it runs, it may still be kept."""
        return await asyncio.wrap_future(self._submit(unit))

    async def read(self, query: Callable[[Transaction], T]) -> T:
        """Run the query on the last committed state; it cannot write."""
        return await asyncio.wrap_future(self._ask(query))

    def write_now(self, unit: Callable[[Transaction], T]) -> T:
        """`write` for commands: blocks, so never from an event loop."""
        return self._submit(unit).result()

    def read_now(self, query: Callable[[Transaction], T]) -> T:
        """`read` for commands: blocks, so never from an event loop."""
        return self._ask(query).result()

    async def scrub(self) -> None:
        """Empty the write-ahead log, so that what was erased is gone from it too. Call it after a sweep."""
        await asyncio.to_thread(empty_log, self._path)

    def close(self) -> None:
        """Finish what was given, then let go of the file. Blocks; again is harmless."""
        self._writer.close()
        self._readers.shutdown(wait=True)
        self._reading.dispose()
        self._writing.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _submit(self, unit: Callable[[Transaction], T]) -> "Future[T]":
        return self._writer.submit(unit)

    def _ask(self, query: Callable[[Transaction], T]) -> "Future[T]":
        try:
            return self._readers.submit(self._read, query)
        except RuntimeError as fault:  # the pool's word for "shut down"
            raise StorageClosed from fault

    def _read(self, query: Callable[[Transaction], T]) -> T:
        try:
            with self._reading.connect() as connection, connection.begin(), Session(connection) as session:
                return query(Transaction(session))
        except Exception as fault:
            ours = in_our_words(fault)
            if ours is fault:
                raise
            raise ours from fault
