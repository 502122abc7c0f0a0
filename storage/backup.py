"""A copy of the whole database beside a manifest that says which keys it needs; the keys themselves are never in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from storage import audit, copying
from storage.database import Database
from storage.errors import AlreadyExists, BackupUnusable, DatabaseTooNew, KeyMismatch, NotFound
from storage.migrations import HEAD, known_revisions
from storage.place import Place

# ruff: noqa: PLC0415 - who has a file need not load what a server needs

DATABASE_FILE = "fanzha.sqlite"
DUMP_FILE = "fanzha.dump"
MANIFEST_FILE = "manifest.json"
_FORMAT = 1


class Engine(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `keys` maps the names of keys, as "citizens", to the fingerprints it needs;
    `audit_head` is the end of the audit chain it holds."""

    taken_at: datetime
    schema: str
    sha256: str
    keys: Mapping[str, str]
    audit_head: str
    engine: str = Engine.SQLITE

    @property
    def file(self) -> str:
        return DATABASE_FILE if self.engine == Engine.SQLITE else DUMP_FILE


def backup(place: Place, directory: Path, *, now: datetime) -> Manifest:
    """Copy the database, in use or not, into a new directory. Raises NotFound, AlreadyExists, StorageUnavailable, and
    ProgramMissing where PostgreSQL's own programs are needed."""
    if isinstance(place, Path) and not place.is_file():
        raise NotFound("database", str(place))
    try:
        directory.mkdir(mode=0o700, parents=True)
    except FileExistsError as fault:
        raise AlreadyExists("directory", str(directory)) from fault
    if isinstance(place, Path):
        engine, copy = Engine.SQLITE, directory / DATABASE_FILE
        held = copying.copy_file(place, copy)
    else:
        from storage import dumping

        engine, copy = Engine.POSTGRESQL, directory / DUMP_FILE
        try:
            held = dumping.dump(place, copy)
        except BaseException:
            copy.unlink(missing_ok=True)
            directory.rmdir()
            raise
    manifest = Manifest(now, held.schema, _sha256(copy), held.keys, held.audit_head, engine)
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
        manifest = Manifest(**{**found, "taken_at": datetime.fromisoformat(found["taken_at"])})
        Engine(manifest.engine)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BackupUnusable(str(directory), f"{MANIFEST_FILE} is missing or damaged") from fault
    return manifest


def restore(directory: Path, place: Place, *, keys: Mapping[str, str], accept_broken_audit: bool = False) -> Manifest:
    """Put the backup at a place where there is no database yet: no file, or nothing in the server's. `keys` are the
    fingerprints of the keys at hand. A copy of a file can also be put on a server: so one moves there.

    Everything is checked before anybody can see it: the digest, the keys, the schema, the audit chain; what does not
    hold leaves nothing behind. Raises BackupUnusable, AlreadyExists, KeyMismatch, DatabaseTooNew, AuditBroken,
    StorageUnavailable, ProgramMissing.
    """
    manifest = read_manifest(directory)
    if isinstance(place, Path) and place.exists():
        raise AlreadyExists("database", str(place))
    source = directory / manifest.file
    if not source.is_file() or _sha256(source) != manifest.sha256:
        raise BackupUnusable(str(directory), f"{manifest.file} is missing or was changed")
    if manifest.schema not in known_revisions():
        raise DatabaseTooNew(manifest.schema, HEAD)
    for name, needed in manifest.keys.items():
        if keys.get(name) != needed:
            raise KeyMismatch(f"{name} key", needed, keys.get(name, "missing"))

    def check(database: Database) -> None:
        if not accept_broken_audit:
            database.read_now(lambda t: audit.verify(t, known=audit.Head.parse(manifest.audit_head)))

    if isinstance(place, Path):
        if manifest.engine != Engine.SQLITE:
            raise BackupUnusable(str(directory), "it is of a PostgreSQL server, and no address of one is set")
        copying.put_file(source, place, check)
    else:
        from storage import dumping, moving

        put = moving.move_file if manifest.engine == Engine.SQLITE else dumping.put_dump
        dumping.into_empty(place, lambda: put(source, place), check)
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
