"""How much waits in the database, asked for when somebody looks at the metrics, and not oftener than need be."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

from bot.app.parts import Clock
from storage import backlog
from storage.database import Database, Transaction
from storage.errors import StorageError

_log = logging.getLogger(__name__)
_EVERY_SECONDS = 10.0
"""However many look, the database is asked no oftener."""

Families = list[Gauge]


class Stored(Collector):
    """Reads `families` off the database. Where it does not answer, `fanzha_stored_read` is 0 and they are missing."""

    def __init__(self, database: Database, families: Callable[[Transaction], Families]) -> None:
        self._database = database
        self._families = families
        self._lock = threading.Lock()
        self._until = 0.0
        self._last: Families = []

    def collect(self) -> Iterable[Gauge]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._last = [*self._read()]
                self._until = time.monotonic() + _EVERY_SECONDS
            return self._last

    def describe(self) -> Iterable[Gauge]:
        """Nothing is read before somebody looks."""
        return ()

    def _read(self) -> Iterator[Gauge]:
        answers = Gauge("fanzha_stored_read", "Whether the database told how much waits in it.")
        try:
            yield from self._database.read_now(self._families)
        except StorageError as fault:
            _log.warning("how much waits could not be read: %s", type(fault).__name__)
            answers.add_metric([], 0)
        else:
            answers.add_metric([], 1)
        yield answers


def watch_citizens(registry: CollectorRegistry, database: Database, channels: tuple[str, ...], clock: Clock) -> None:
    """`channels` are those that write to people."""

    def families(t: Transaction) -> Families:
        found = backlog.of_citizens(t, channels=channels, now=clock())
        sessions = Gauge("fanzha_sessions", "Conversations that are open.", value=found.sessions)
        waiting = Gauge("fanzha_messages_waiting", "Messages to be sent.", labels=["channel"])
        late = Gauge("fanzha_messages_late_seconds", "How overdue the first of them is.", labels=["channel"])
        for channel in channels:
            waiting.add_metric([channel], found.messages[channel])
            late.add_metric([channel], found.late[channel])
        return [sessions, waiting, late]

    registry.register(Stored(database, families))


def watch_staff(registry: CollectorRegistry, database: Database) -> None:
    def families(t: Transaction) -> Families:
        found = backlog.of_staff(t)
        tips = Gauge("fanzha_tips_open", "Tips that wait for staff or their reporter.", labels=["state"])
        work = Gauge("fanzha_work", "Work that is not done.", labels=["kind", "state"])
        for state, count in found.tips.items():
            tips.add_metric([state], count)
        for (kind, state), count in found.work.items():
            work.add_metric([kind, state], count)
        unchained = Gauge("fanzha_audit_unchained", "Audit entries not chained yet.", value=found.unchained)
        return [tips, work, unchained]

    registry.register(Stored(database, families))
