"""What others do to tips while a page is open: one look into the log a second, however many pages watch."""

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.services.permissions import Act
from storage import news
from storage.database import Database

PAUSE = 1.0
"""Seconds between two looks."""
_KEPT = 500
"""Changes that are kept for whoever asks later."""
_TIP = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
_CHANGES_NOTHING = frozenset({Act.OPEN_TIP, Act.OPEN_EXHIBIT, Act.EXPORT})


@dataclass(frozen=True, slots=True)
class Change:
    """Something done to a tip, as the audit log calls it; `place` counts the changes since this process began."""

    place: int
    tip: str
    by: str
    act: str


class Pulse:
    """Asked by every page that watches; `clock` counts seconds."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._lock = asyncio.Lock()
        self._looked_at: float | None = None
        self._newest = 0
        self._seen: deque[int] = deque(maxlen=_KEPT)
        self._changes: deque[Change] = deque(maxlen=_KEPT)
        self._place = 0

    async def place(self) -> int:
        """Where who begins to watch now goes on from."""
        await self._look()
        return self._place

    async def after(self, place: int) -> tuple[Change, ...]:
        """What was done since that place; all that is kept for a place that is not yet reached, of another process."""
        await self._look()
        return tuple(change for change in self._changes if change.place > place or place > self._place)

    async def _look(self) -> None:
        async with self._lock:
            is_first = self._looked_at is None
            if self._looked_at is not None and self._clock() - self._looked_at < PAUSE:
                return
            if is_first:
                self._newest = await self._database.read(news.newest)
            newest = self._newest
            for one in await self._database.read(lambda t: news.after(t, newest)):
                if one.id in self._seen:
                    continue
                self._seen.append(one.id)
                self._newest = max(self._newest, one.id)
                if not is_first and _TIP.fullmatch(one.subject) and one.act not in _CHANGES_NOTHING:
                    self._place += 1
                    self._changes.append(Change(self._place, one.subject, one.actor, one.act))
            self._looked_at = self._clock()
