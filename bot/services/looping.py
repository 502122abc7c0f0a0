"""Doing what is due again and again: at once when woken, at a moment that was named, and now and then regardless."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from storage.errors import StorageClosed, StorageError

_log = logging.getLogger(__name__)
_IDLE_SECONDS = 1.0
"""After how long it looks by itself: for what another process, or one that died, has left."""


class Loop:
    """`once` does some of what is due, and says whether any was. Its faults are logged by class, never by words."""

    def __init__(self, name: str, once: Callable[[], Awaitable[bool]], *, idle: float = _IDLE_SECONDS) -> None:
        self._name = name
        self._once = once
        self._idle = idle
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self, after: float = 0) -> None:
        """Look now, or so many seconds from now."""
        if after <= 0:
            self._woken.set()
        else:
            asyncio.get_running_loop().call_later(after, self._woken.set)

    def stop(self) -> None:
        """Finish what was begun."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Until stopped."""
        while not self._stopping:
            self._woken.clear()
            try:
                if await self._once():
                    continue
            except StorageClosed:
                return
            except StorageError as fault:
                _log.error("%s: %s", self._name, type(fault).__name__)
            except Exception as fault:  # noqa: BLE001 - the boundary of a loop: one bad round must not be the last
                _log.error("%s: %s", self._name, type(fault).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._idle):
                    await self._woken.wait()
