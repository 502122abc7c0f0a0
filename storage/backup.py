"""A copy of the whole database beside a manifest that says which keys it needs; the keys themselves are never in it."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from storage import audit, keyring
from storage.database import Database, Transaction
from storage.engine import make_engine
from storage.errors import AlreadyExists, BackupUnusable, DatabaseTooNew, KeyMismatch, NotFound
from storage.migrations import HEAD, known_revisions

DATABASE_FILE = "fanzha.sqlite"
MANIFEST_FILE = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `keys` maps "citizens", "staff" and "releases" to the fingerprints it needs;
    `audit_head` is the end of the audit chain it holds."""

    taken_at: datetime
    schema: str
    sha256: str
    keys: Mapping[str, str]
    audit_head: str


def backup(path: Path, directory: Path, *, now: datetime) -> Manifest:
    """Copy the database at `path`, in use or not, into a new directory. Raises NotFound, AlreadyExists."""
    if not path.is_file():
        raise NotFound("database", str(path))
    try:
        directory.mkdir(mode=0o700, parents=True)
    except FileExistsError as fault:
        raise AlreadyExists("directory", str(directory)) from fault
    copy = directory / DATABASE_FILE
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with closing(sqlite3.connect(path, timeout=60)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        # One file, with no log beside it, so that its digest is of all of it.
        target.execute("PRAGMA journal_mode = DELETE")
    manifest = _describe(copy, now)
    text = json.dumps({"format": _FORMAT, **asdict(manifest), "taken_at": now.astimezone(UTC).isoformat()}, indent=2)
    (directory / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")
    return manifest


def read_manifest(directory: Path) -> Manifest:
    """Raises BackupUnusable."""
    path = directory / MANIFEST_FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found.pop("format") != _FORMAT:
            raise BackupUnusable(str(directory), "its format is not one this release knows")
        return Manifest(**{**found, "taken_at": datetime.fromisoformat(found["taken_at"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BackupUnusable(str(directory), f"{MANIFEST_FILE} is missing or damaged") from fault


def restore(directory: Path, path: Path, *, keys: Mapping[str, str], accept_broken_audit: bool = False) -> Manifest:
    """Put the backup at `path`, where no database may be. `keys` are the fingerprints of the keys at hand.

    Everything is checked before anything is written: the digest, the keys, the schema, the audit chain.
    Raises BackupUnusable, AlreadyExists, KeyMismatch, DatabaseTooNew, AuditBroken.
    """
    manifest = read_manifest(directory)
    if path.exists():
        raise AlreadyExists("database", str(path))
    source = directory / DATABASE_FILE
    if not source.is_file() or _sha256(source) != manifest.sha256:
        raise BackupUnusable(str(directory), f"{DATABASE_FILE} is missing or was changed")
    if manifest.schema not in known_revisions():
        raise DatabaseTooNew(manifest.schema, HEAD)
    for name, needed in manifest.keys.items():
        if keys.get(name) != needed:
            raise KeyMismatch(f"{name} key", needed, keys.get(name, "missing"))
    draft = path.with_name(path.name + ".restoring")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        shutil.copyfile(source, draft)
        with Database.open(draft) as database:
            if not accept_broken_audit:
                database.read_now(lambda t: audit.verify(t, known=audit.Head.parse(manifest.audit_head)))
        os.link(draft, path)
    finally:
        for part in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm", ".migrating"))):
            part.unlink(missing_ok=True)
    return manifest


def _describe(copy: Path, now: datetime) -> Manifest:
    # Not through Database.open, which would bring the copy up to date.
    engine = make_engine(copy, writes=False)
    try:
        with engine.connect() as connection, connection.begin(), Session(connection) as session:
            t = Transaction(session)
            schema = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
            keys, head = keyring.bound(t), audit.head_of(t)
    finally:
        engine.dispose()
    return Manifest(taken_at=now, schema=schema, sha256=_sha256(copy), keys=keys, audit_head=str(head))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
