"""Copying a SQLite file that may be in use, and putting a copy in its place."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from storage import audit, keyring
from storage.database import Database, Transaction
from storage.engine import make_engine


@dataclass(frozen=True, slots=True)
class Held:
    """What a copy holds, for its manifest."""

    schema: str
    keys: Mapping[str, str]
    audit_head: str


def copy_file(path: Path, copy: Path) -> Held:
    _make_private(copy)
    with closing(sqlite3.connect(path, timeout=60)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        # One file, with no log beside it, so that its digest is of all of it.
        target.execute("PRAGMA journal_mode = DELETE")
    # Not through Database.open, which would bring the copy up to date.
    engine = make_engine(copy, writes=False)
    try:
        with engine.connect() as connection, connection.begin():
            return describe(connection)
    finally:
        engine.dispose()


def put_file(source: Path, path: Path, check: Callable[[Database], None]) -> None:
    """Bring a draft of the copy up to date, check it, and only then give it its name."""
    with draft_of(source, path.with_name(path.name + ".restoring")) as draft:
        with Database.open(draft) as database:
            check(database)
        os.link(draft, path)


@contextmanager
def draft_of(source: Path, draft: Path) -> Iterator[Path]:
    """A copy to work on, private, and gone afterwards with all that was made beside it."""
    draft.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft.unlink(missing_ok=True)
    _make_private(draft)
    try:
        shutil.copyfile(source, draft)
        yield draft
    finally:
        for part in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm", ".migrating"))):
            part.unlink(missing_ok=True)


def describe(connection: Connection) -> Held:
    """What the database holds, in the connection's transaction, on either engine."""
    schema = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
    t = Transaction(connection)
    try:
        return Held(schema, keyring.bound(t), str(audit.head_of(t)))
    finally:
        t.close()


def _make_private(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
