"""One conversation at a time among all processes on a PostgreSQL server, by the server's own advisory locks."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import psycopg

_log = logging.getLogger(__name__)

AGAIN_SECONDS = 0.005
"""How long until a lock that another process holds is asked for again; a turn takes about as long."""
PATIENCE_SECONDS = 20.0
"""Then the turn begins all the same: the session's version still keeps two from being saved."""

# Those asked for in one statement are tried in its order, so that the first to come is the first to go in.
_ENTER = (
    "SELECT pg_try_advisory_lock(key) FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (key, place) ORDER BY place"
)
_LEAVE = "SELECT pg_advisory_unlock(key) FROM unnest(%s::bigint[]) AS held (key)"


@dataclass(frozen=True, slots=True)
class _Asking:
    key: int
    since: float
    inside: "Future[None]" = field(default_factory=Future)


class Gate:
    """One connection holds the locks of all conversations in turn in this process, which are few; a lock goes with it.

    Whoever enters must have made sure of being alone in this process: the server lets one connection in twice.
    """

    def __init__(self, connect: "Callable[[], psycopg.Connection[Any]]", *, patience: float = PATIENCE_SECONDS) -> None:
        self._connect = connect
        self._patience = patience
        self._connection: psycopg.Connection[Any] | None = None
        self._news: queue.SimpleQueue[_Asking | int | None] = queue.SimpleQueue()
        self._outside: list[_Asking] = []
        self._thread = threading.Thread(target=self._run, name="storage-gate", daemon=True)
        self._thread.start()

    def enter(self, key: bytes) -> "Future[None]":
        """Done once nobody else is inside; cancelled before, the lock is not kept."""
        asking = _Asking(_number(key), time.monotonic())
        self._news.put(asking)
        return asking.inside

    def leave(self, key: bytes) -> None:
        """Let the next one in."""
        self._news.put(_number(key))

    def close(self) -> None:
        """Let go of everything."""
        self._news.put(None)
        self._thread.join()

    def _run(self) -> None:
        is_open = True
        while is_open:
            leaving, is_open = self._listen()
            try:
                self._turn(leaving)
            except Exception as fault:  # noqa: BLE001 - the server is away; with the thread gone, nobody would ever go in
                _log.warning("conversations are not kept in order among processes now: %s", type(fault).__name__)
                self._let_go()
                self._admit(self._outside, kept=False)
        self._admit(self._outside, kept=False)
        self._let_go()

    def _listen(self) -> tuple[list[int], bool]:
        """What has come since; waits for it, but not long while somebody is outside."""
        leaving: list[int] = []
        wait: float | None = AGAIN_SECONDS if self._outside else None
        while True:
            try:
                news = self._news.get(timeout=wait) if wait != 0 else self._news.get_nowait()
            except queue.Empty:
                return leaving, True
            if news is None:
                return leaving, False
            if isinstance(news, int):
                leaving.append(news)
            else:
                self._outside.append(news)
            wait = 0

    def _turn(self, leaving: list[int]) -> None:
        self._outside = [asking for asking in self._outside if not asking.inside.cancelled()]
        if leaving and self._connection is not None:
            self._connection.execute(_LEAVE, [leaving])
        if not self._outside:
            return
        if self._connection is None:
            self._connection = self._connect()
        asked = list(self._outside)
        answers = self._connection.execute(_ENTER, [[asking.key for asking in asked]]).fetchall()
        self._admit([asking for asking, (is_ours,) in zip(asked, answers, strict=True) if is_ours], kept=True)
        late = time.monotonic() - self._patience
        self._admit([asking for asking in self._outside if asking.since < late], kept=False)

    def _admit(self, admitted: list[_Asking], *, kept: bool) -> None:
        for asking in list(admitted):
            self._outside.remove(asking)
            if asking.inside.set_running_or_notify_cancel():
                asking.inside.set_result(None)
            elif kept:
                self._news.put(asking.key)

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _number(key: bytes) -> int:
    return int.from_bytes(key[:8], "big", signed=True)
