"""SQLite as this project uses it: the pragmas, explicit transactions, and its errors in our words."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import StorageBusy, StorageError, StorageFull, StorageUnavailable

BUSY_TIMEOUT_MS = 30_000


def make_engine(path: Path, *, writes: bool, connections: int = 1, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """An engine on the file. A writing one begins with BEGIN IMMEDIATE; a reading one cannot write."""
    engine = create_engine(
        f"sqlite:///{path}",
        pool_size=connections,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": busy_timeout_ms / 1000},
    )

    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        # The driver's own BEGIN comes too late (before the first change, not the first read) and never IMMEDIATE:
        # two processes that read, then write, would fail with "database is locked" without waiting.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {busy_timeout_ms}",
            "foreign_keys = ON",
            "secure_delete = ON",
            "synchronous = FULL",
            f"query_only = {'OFF' if writes else 'ON'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def is_in_transaction(connection: Connection) -> bool:
    """Whether SQLite itself is in a transaction: some faults (a full disk) end it behind SQLAlchemy's back."""
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and driver.in_transaction


def in_our_words(fault: BaseException) -> BaseException:
    """SQLite's environment faults as StorageError; everything else as it is."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    if not isinstance(cause, sqlite3.Error):
        return fault
    return _by_code(getattr(cause, "sqlite_errorcode", 0) & 0xFF, str(cause)) or fault


def _by_code(code: int, text: str) -> StorageError | None:
    match code:
        case sqlite3.SQLITE_FULL:
            return StorageFull()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StorageBusy()
        case (
            sqlite3.SQLITE_IOERR
            | sqlite3.SQLITE_CORRUPT
            | sqlite3.SQLITE_NOTADB
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_PERM
        ):
            return StorageUnavailable(text)
        case _:
            return None
