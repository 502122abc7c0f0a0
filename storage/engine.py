"""SQLite as this project uses it: the pragmas, explicit transactions, and its errors in our words."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import StorageBusy, StorageError, StorageFull, StorageUnavailable

BUSY_TIMEOUT_MS = 30_000


def make_engine(path: Path, *, writes: bool, connections: int = 1, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> Engine:
    """An engine on the file. A writing one begins with BEGIN IMMEDIATE; a reading one cannot write."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # or every fault would quote what people wrote, wherever it is logged
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
            # What lies in two megabytes is not enough to find one's way in gigabytes: the upper levels of each index.
            f"cache_size = {'-8192' if writes else '-2048'}",
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


def empty_log(path: Path) -> None:
    """As much as readers allow; those that still need an older state make it wait for the next call."""
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_in_transaction(connection: Connection) -> bool:
    """Whether SQLite itself is in a transaction: some faults (a full disk) end it behind SQLAlchemy's back."""
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and driver.in_transaction


def in_our_words(fault: BaseException) -> BaseException:
    """SQLite's environment faults as StorageError; everything else as it is."""
    if not isinstance(fault, SQLAlchemyError | sqlite3.Error):
        return fault
    # A full disk takes the savepoint with it, so that what arrives is "no such savepoint", raised in its wake.
    cause: BaseException | None = fault
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            ours = _by_code(getattr(cause, "sqlite_errorcode", 0) & 0xFF, str(cause))
            if ours is not None:
                return ours
        cause = cause.__cause__ or cause.__context__
    return fault


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
