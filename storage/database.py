"""The door to the database: asynchronous for services, blocking for commands, and the same for both engines."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from storage.engine import BUSY_TIMEOUT_MS
from storage.keepers import FileKeeper, Keeper
from storage.migrations import migrate
from storage.place import Place
from storage.transaction import Transaction

__all__ = ["Database", "Transaction"]

T = TypeVar("T")


class Database:
    """One SQLite file, or one database on a PostgreSQL server. Units and queries are plain functions of a Transaction
    that return plain values; each unit sees and does what it would if no other were running.

    A unit may be run more than once before its one commit, so it must be repeatable: no sending, no counting outside.
    """

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    @classmethod
    def open(cls, place: Place, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Self:
        """Open it, made (a file) and brought up to date where needed. Raises DatabaseTooNew, StorageUnavailable."""
        migrate(place)
        if isinstance(place, Path):
            return cls(FileKeeper(place, busy_timeout_ms=busy_timeout_ms))
        # Only here: who has a file need not load PostgreSQL's library.
        from storage.server_keeper import ServerKeeper  # noqa: PLC0415 - as above

        return cls(ServerKeeper(place))

    async def write(self, unit: Callable[[Transaction], T]) -> T:
        """Run the unit and return its result once it is on disk. Cancelled while it runs, it may still be kept."""
        return await asyncio.wrap_future(self._keeper.submit(unit))

    async def read(self, query: Callable[[Transaction], T]) -> T:
        """Run the query on the last committed state; it cannot write."""
        return await asyncio.wrap_future(self._keeper.ask(query))

    async def glance(self, query: Callable[[Transaction], T]) -> T:
        """`read` for a query of one statement, which needs no transaction begun and ended around it."""
        return await asyncio.wrap_future(self._keeper.glance(query))

    def write_now(self, unit: Callable[[Transaction], T]) -> T:
        """`write` for commands: blocks, so never from an event loop."""
        answer: T = self._keeper.submit(unit).result()
        return answer

    def read_now(self, query: Callable[[Transaction], T]) -> T:
        """`read` for commands: blocks, so never from an event loop."""
        answer: T = self._keeper.ask(query).result()
        return answer

    @asynccontextmanager
    async def alone(self, key: bytes) -> AsyncIterator[None]:
        """Nobody in another process is inside for this key, as long as the database can tell; whoever asked first goes
        first. Who must not be wrong checks a version as well. In this process the caller keeps others off."""
        inside = self._keeper.enter(key)
        if inside is not None:
            await asyncio.wrap_future(inside)
        try:
            yield
        finally:
            if inside is not None:
                self._keeper.leave(key)

    async def scrub(self) -> None:
        """Empty what the engine still keeps of what was erased, as far as it can. Call it after a sweep."""
        await asyncio.to_thread(self._keeper.scrub)

    def close(self) -> None:
        """Finish what was given, then let go of the database. Blocks; again is harmless."""
        self._keeper.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
