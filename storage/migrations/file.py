"""Bringing a SQLite file up to date."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from storage import migrations
from storage.engine import in_our_words, make_engine
from storage.errors import StorageUnavailable


def migrate_file(path: Path) -> None:
    """Make the file if it is missing and bring its schema to HEAD. Two processes may do so at once: one waits."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(path):
            found = _revision(path)
            if found == migrations.HEAD:
                return
            engine = make_engine(path, writes=True)
            try:
                with engine.connect() as connection, connection.begin():
                    migrations.upgrade(connection, found)
            finally:
                engine.dispose()
    except DBAPIError as fault:
        raise in_our_words(fault) from fault
    except (OSError, sqlite3.Error) as fault:
        raise StorageUnavailable(f"{path}: {fault}") from fault


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock file beside the database: switching to WAL cannot wait for another process on SQLite's own locks."""
    lock = os.open(path.with_name(path.name + ".migrating"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _revision(path: Path) -> str | None:
    """The schema's revision, or None for a new file. The file is made here, readable by its owner alone."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(path, timeout=60)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])
