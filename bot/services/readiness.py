"""Whether a turn could be saved now: a full disk, or a server that only reads, still answers every question."""

import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta

from storage import limits
from storage.database import Database

_WINDOW = timedelta(minutes=1)


async def can_save(database: Database, clock: Callable[[], datetime]) -> bool:
    """Commits one small row of this process's own, which the jobs sweep away. Raises StorageError where it cannot."""
    # Of its own: processes that are asked at the same moment must not get in each other's way.
    process = f"{socket.gethostname()}:{os.getpid()}".encode()
    await database.write(lambda t: limits.hit(t, "ready", process, window=_WINDOW, now=clock()))
    return True
