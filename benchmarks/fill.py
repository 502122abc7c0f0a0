"""Fills a database with straight rows: tips as they lie there when their work is done, and conversations half told."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import psycopg
from filing import NOW, SESSION, TABLES, noise, same_rows

from storage.chance import crockford
from storage.place import Place, Server

_AT_ONCE = 5_000
_SENT = 60
"""Bytes of the mark that is left of a message."""
_DONE: dict[str, dict[str, object]] = {
    "work": {"state": "done"},
    "outbox": {"state": "sent", "address": None, "body": noise(_SENT)},
}
"""What came of a tip's rows by the time that a million others lie beside it."""

Row = tuple[object, ...]


def fill(place: Place, *, tips: int, sessions: int) -> int:
    """How many bytes the database takes afterwards. Nothing is sealed or encrypted: the sizes are what counts."""
    if isinstance(place, Server):
        return _fill_server(place, tips, sessions)
    return _fill_file(place, tips, sessions)


def _rows(tips: int, now: object) -> Iterator[dict[str, Row]]:
    """Of each tip, by table; its session is erased, as filing erases it."""
    for number in range(tips):
        rows = dict(zip(TABLES, same_rows(now, tip=reference(number)), strict=True))
        for table, changes in _DONE.items():
            given = dict(zip(TABLES[table], rows[table], strict=True))
            rows[table] = tuple({**given, **changes}.values())
        del rows["session"]
        yield rows


def reference(number: int) -> str:
    """Each another, and in no order: of a million drawn at random, two are the same as often as not."""
    code = crockford(number * 0x9E3779B1 % 2**40, 8)
    return f"{code[:4]}-{code[4:]}"


def _sessions(count: int, now: object) -> Iterator[Row]:
    return ((secrets.token_bytes(32), 3, noise(SESSION + 40), now) for _ in range(count))


def _fill_file(path: Path, tips: int, sessions: int) -> int:
    now = NOW.strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        for batch in _batches(_rows(tips, now)):
            connection.execute("BEGIN")
            for table, columns in TABLES.items():
                if table in batch[0]:
                    marks = ", ".join("?" * len(columns))
                    text = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
                    connection.executemany(text, [rows[table] for rows in batch])
            connection.execute("COMMIT")
        connection.execute("BEGIN")
        text = "INSERT INTO session (conversation, version, body, touched_at) VALUES (?, ?, ?, ?)"
        connection.executemany(text, _sessions(sessions, now))
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


def _fill_server(server: Server, tips: int, sessions: int) -> int:
    now = NOW.replace(tzinfo=None)
    with psycopg.connect(server.url, autocommit=True) as connection:
        for batch in _batches(_rows(tips, now)):
            for table, columns in TABLES.items():
                if table in batch[0]:
                    _copy(connection, table, columns, (rows[table] for rows in batch))
        _copy(connection, "session", TABLES["session"], _sessions(sessions, now))
        connection.execute("VACUUM ANALYZE")
        found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert found is not None
        return int(found[0])


def _copy(connection: "psycopg.Connection", table: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _batches(rows: Iterator[dict[str, Row]]) -> Iterator[list[dict[str, Row]]]:
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch
