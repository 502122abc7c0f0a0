"""One turn of a conversation at a time, in the order they came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.database import Database


class Alone:
    """In this process by a lock, which goes when nobody waits for it; among processes by the database's, if it has one:
    the session's version is what holds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._locks: dict[bytes, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def __call__(self, conversation: bytes) -> AsyncIterator[None]:
        lock, users = self._locks.get(conversation, (asyncio.Lock(), 0))
        self._locks[conversation] = (lock, users + 1)
        try:
            async with lock, self._database.alone(conversation):
                yield
        finally:
            lock, users = self._locks[conversation]
            if users == 1:
                del self._locks[conversation]
            else:
                self._locks[conversation] = (lock, users - 1)
