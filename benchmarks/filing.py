"""Reports filed a second, durably, on either engine, beside the bare drivers writing the same rows; and turns a second.

    python benchmarks/filing.py [--seconds 5] [--part filing|turns]

A report is what its turn commits: update, session, sealed tip, its work, a message to send and an audit entry. Each is
on disk before it counts. The bare drivers write the same rows of the same size with nothing between them and the
database. PostgreSQL is a server of this program's own (Debian's package, or the wheel), with fsync. On a machine that
others use too the rates are of what is left of it: milliseconds of processor say what one core alone would do.
"""

import argparse
import asyncio
import os
import platform
import secrets
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import psycopg
from turns import run_together

from storage import audit, keyring, outbox, sessions, tips, updates
from storage.chance import random_reference
from storage.database import Database, Transaction
from storage.place import Place
from storage.sealing import INTERACTIVE, SALT_BYTES, CitizensKeys, ReceiptKey
from storage.server_keeper import WRITERS
from tests.postgres import INSTALL, PostgresServer, running_server

NOW = datetime(2026, 11, 27, tzinfo=UTC)
AT_ONCE = 64
"""People who wait for their receipt at the same moment."""
SEALED, SESSION, SAID = 2096, 4096, 600
"""Bytes of a sealed tip, of a session's body and of a message, as they come of a usual telling."""
GROUP = 64

TABLES = {
    "seenupdate": ("digest", "seen_at"),
    "session": ("conversation", "version", "body", "touched_at"),
    "tip": (
        "id", "kind", "dangers", "urgency", "likeness", "pattern", "language", "country", "versions", "sealed",
        "receipt_hash", "receipt_public", "receipt_parameters", "conversation", "state", "filed_at",
    ),
    "work": ("kind", "subject", "state", "run_at", "attempts", "created_at"),
    "outbox": ("conversation", "channel", "address", "body", "state", "created_at", "not_before", "attempts"),
    "audit": ("at", "actor", "act", "subject", "digest", "salt"),
}  # fmt: skip
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Rate:
    """`cpu`: milliseconds of this program's processor time for each; the server's own is not in it."""

    what: str
    a_second: float
    cpu: float
    against: "Rate | None" = None

    def __str__(self) -> str:
        share = "" if self.against is None else f"{self.a_second / self.against.a_second:8.2f}"
        return f"{self.what:50}{self.a_second:10,.0f}{self.cpu:8.2f}{share}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--seconds", type=float, default=5.0)
    arguments.add_argument("--part", choices=["filing", "turns"])
    chosen = arguments.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fanzha-bench-")))
        server = stack.enter_context(running_server(is_durable=True))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; Python {platform.python_version()}")
        print(f"SQLite {sqlite3.sqlite_version}; PostgreSQL {server.version if server else INSTALL}")
        print(f"{'':50}{'a second':>10}{'cpu ms':>8}{'share':>8}")
        if chosen.part != "turns":
            for rate in filing(folder, server, chosen.seconds):
                print(rate, flush=True)
        if chosen.part != "filing":
            for rate in turning(folder, server, chosen.seconds):
                print(rate, flush=True)


def filing(folder: Path, server: PostgresServer | None, seconds: float) -> Iterator[Rate]:
    """The bare drivers first; each in a database of its own."""
    print("reports filed")
    alone = Rate("sqlite3 alone, a commit a report", *bare_sqlite(folder / "one.sqlite3", seconds, group=1))
    yield alone
    ours = through_storage(folder / "ours.sqlite3", seconds)
    yield Rate("  Database on SQLite", *ours, alone)
    grouped = Rate(f"sqlite3 alone, a commit for {GROUP}", *bare_sqlite(folder / "group.sqlite3", seconds, group=GROUP))
    yield grouped
    yield Rate("  Database on SQLite", *ours, grouped)
    yield Rate("a receipt's key, derived slowly on purpose", *deriving())
    if server is not None:
        bare = bare_psycopg(server.make_database().url, seconds)
        against = Rate(f"psycopg alone, {WRITERS} connections, a commit a report", *bare)
        yield against
        yield Rate("  Database on PostgreSQL", *through_storage(server.make_database(), seconds), against)


def deriving(times: int = 10) -> tuple[float, float]:
    """A receipt's key, which each report filed waits for beside the event loop."""
    clock, processor = time.perf_counter(), time.process_time()
    for _ in range(times):
        ReceiptKey.make(secrets.token_hex(8), salt=secrets.token_bytes(SALT_BYTES), cost=INTERACTIVE)
    return measured(times, clock, processor)


def turning(folder: Path, server: PostgresServer | None, seconds: float) -> Iterator[Rate]:
    print("turns taken")
    keyring.make_missing(folder / "keys", random=secrets.token_bytes)
    yield Rate("one process on SQLite", *run_together([folder / "fanzha.sqlite3"], folder, seconds))
    if server is not None:
        one = Rate("one process on PostgreSQL", *run_together([server.make_database()], folder, seconds))
        yield one
        place = server.make_database()
        yield Rate("  two processes on PostgreSQL", *run_together([place, place], folder, seconds), one)


def measured(count: int, clock: float, processor: float) -> tuple[float, float]:
    """How many a second, and milliseconds of processor for each, since both clocks were read."""
    return count / (time.perf_counter() - clock), (time.process_time() - processor) * 1000 / count


def through_storage(place: Place, seconds: float) -> tuple[float, float]:
    return asyncio.run(_through_storage(place, seconds))


def filing_unit() -> Callable[[Transaction], None]:
    """What a turn that files commits."""
    keys = CitizensKeys(bytes(range(32)))
    sealed, body, said = (secrets.token_bytes(size) for size in (SEALED, SESSION, SAID))

    def unit(t: Transaction) -> None:
        conversation = secrets.token_bytes(32)
        assert updates.remember(t, "web", conversation.hex(), now=NOW)
        sessions.save(t, keys, conversation, body, expected=0, now=NOW)
        tip = tips.file(t, new_tip(sealed, conversation), random=secrets.token_bytes)
        audit.record(t, audit.Entry(NOW, "reporter", "file", tip), random=secrets.token_bytes)
        outbox.put(t, keys, conversation=conversation, channel="web", address="1", body=said, now=NOW)

    return unit


async def _through_storage(place: Place, seconds: float) -> tuple[float, float]:
    unit, filed = filing_unit(), 0
    with Database.open(place) as database:

        async def person(until: float) -> None:
            nonlocal filed
            while time.perf_counter() < until:
                await database.write(unit)
                filed += 1

        clock, processor = time.perf_counter(), time.process_time()
        await asyncio.gather(*(person(clock + seconds) for _ in range(AT_ONCE)))
        rate = measured(filed, clock, processor)
        assert database.read_now(tips.counts) == {"new": filed}
    return rate


def new_tip(sealed: bytes, conversation: bytes) -> tips.NewTip:
    return tips.NewTip(
        kind="cheated",
        dangers=("money-gone",),
        urgency=2,
        likeness="warn",
        pattern="fake-loan",
        language="zh-Hans",
        country="CN",
        versions={"release": "0.1.0", "patterns": "0123456789ab"},
        sealed=sealed,
        filed_at=NOW,
        receipt_hash=secrets.token_bytes(32),
        receipt_public=bytes(32),
        receipt_parameters=bytes(28),
        conversation=conversation,
    )


@cache
def noise(size: int) -> bytes:
    """What was encrypted cannot be made smaller: zeros would be, by PostgreSQL."""
    return secrets.token_bytes(size)


def same_rows(now: object = NOW.strftime("%Y-%m-%d %H:%M:%S.%f"), *, tip: str | None = None) -> Rows:
    """The rows of one report, in the order of TABLES. Encrypting adds 40 bytes."""
    who, tip = secrets.token_bytes(32), tip or random_reference(secrets.token_bytes)
    versions = '{"patterns": "0123456789ab", "release": "0.1.0"}'
    return [
        (secrets.token_bytes(32), now),
        (who, 1, noise(SESSION + 40), now),
        (
            tip, "cheated", "money-gone", 2, "warn", "fake-loan", "zh-Hans", "CN", versions, noise(SEALED),
            secrets.token_bytes(32), bytes(32), bytes(28), who, "new", now,
        ),
        ("link-tip", tip, "waiting", now, 0, now),
        (who, "web", bytes(41), noise(SAID + 40), "pending", now, now, 0),
        (now, "reporter", "file", tip, secrets.token_bytes(32), bytes(16)),
    ]  # fmt: skip


def statements(mark: str) -> list[str]:
    return [
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"  # noqa: S608 - names of this file
        for table, columns in TABLES.items()
    ]


def bare_sqlite(path: Path, seconds: float, *, group: int) -> tuple[float, float]:
    Database.open(path).close()
    texts = statements("?")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        filed, clock, processor = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() < clock + seconds:
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(group):
                for text, row in zip(texts, same_rows(), strict=True):
                    connection.execute(text, row)
                filed += 1
            connection.execute("COMMIT")
        return measured(filed, clock, processor)


def bare_psycopg(url: str, seconds: float) -> tuple[float, float]:
    texts = [text.encode() for text in statements("%s")]
    start = threading.Barrier(WRITERS)

    def write(_: int) -> int:
        filed = 0
        with psycopg.connect(url) as connection, connection.cursor() as cursor:
            start.wait()
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                for text, row in zip(texts, same_rows(NOW.replace(tzinfo=None)), strict=True):
                    cursor.execute(text, row)
                connection.commit()
                filed += 1
        return filed

    with ThreadPoolExecutor(WRITERS) as threads:
        clock, processor = time.perf_counter(), time.process_time()
        filed = sum(threads.map(write, range(WRITERS)))
        return measured(filed, clock, processor)


if __name__ == "__main__":
    main()
