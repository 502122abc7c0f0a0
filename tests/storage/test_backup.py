"""Facts about copies of the whole database."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from storage import audit, claims, dumping, keyring, queueing, tips, verdicts
from storage.backup import MANIFEST_FILE, backup, read_manifest, restore
from storage.database import Database
from storage.errors import (
    AlreadyExists,
    AuditBroken,
    BackupUnusable,
    DatabaseTooNew,
    KeyMismatch,
    NotFound,
    ProgramMissing,
)
from storage.place import Place, Server
from tests.databases import POSTGRESQL, SQLITE
from tests.postgres import PostgresServer
from tests.storage.conftest import NOW, Chance
from tests.storage.test_audit import tamper

Filed = Callable[..., str]
KEYS = {"citizens": "aaaa", "staff": "bbbb"}


@pytest.fixture
def used(database: Database, filed: Filed, chance: Chance) -> list[str]:
    """A database with tips, bound keys and a chained log; the ids of the tips."""
    database.write_now(lambda t: keyring.bind(t, KEYS))
    filings = [filed(receipt=bytes([number]) * 32) for number in range(3)]
    for tip in filings:
        database.write_now(lambda t, tip=tip: audit.record(t, audit.Entry(NOW, "bot", "file", tip), random=chance))  # type: ignore[misc] # mypy cannot infer a lambda with a default
    database.write_now(audit.chain)
    return filings


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "fanzha.sqlite"


@pytest.fixture
def empty(postgres: PostgresServer) -> Iterator[Server]:
    made = postgres.make_empty_database()
    yield made
    postgres.drop(made)


@pytest.fixture
def target(place: Place, request: pytest.FixtureRequest) -> Place:
    """Where there is none yet, of the same kind."""
    found: Place = request.getfixturevalue("elsewhere" if isinstance(place, Path) else "empty")
    return found


def is_untouched(target: Place) -> bool:
    if isinstance(target, Path):
        return not target.parent.exists() or list(target.parent.iterdir()) == []
    with psycopg.connect(target.url) as connection:
        left = connection.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchall()
        left += connection.execute("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace").fetchall()
    return left == []


def test_a_restored_copy_has_every_tip_and_a_sound_log(
    database: Database, used: list[str], place: Place, copy: Path, target: Place
) -> None:
    head = database.read_now(audit.verify)
    backup(place, copy, now=NOW)
    restore(copy, target, keys=KEYS)
    with Database.open(target) as restored:
        assert {restored.read_now(lambda t, tip=tip: tips.content(t, tip)) for tip in used} == {b"sealed"}  # type: ignore[misc] # as above
        assert restored.read_now(lambda t: audit.verify(t, known=head)) == head
        assert restored.read_now(keyring.bound) == KEYS
    if isinstance(target, Path):
        assert sorted(file.name for file in target.parent.iterdir()) == ["fanzha.sqlite", "fanzha.sqlite.migrating"]


def test_a_copy_says_what_it_is_and_which_keys_it_needs(used: list[str], place: Place, copy: Path) -> None:
    manifest = backup(place, copy, now=NOW)
    assert read_manifest(copy) == manifest
    assert (manifest.taken_at, manifest.keys, manifest.audit_head.split(":")[0]) == (NOW, KEYS, "3")


def test_a_copy_is_its_owners_alone_and_holds_no_key(used: list[str], place: Place, copy: Path) -> None:
    held = backup(place, copy, now=NOW).file
    assert {file.name for file in copy.iterdir()} == {held, MANIFEST_FILE}
    assert (copy.stat().st_mode & 0o777, (copy / held).stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.usefixtures("used")
def test_a_copy_of_a_database_in_use_is_what_it_was_then(
    database: Database, filed: Filed, place: Place, copy: Path, target: Place
) -> None:
    backup(place, copy, now=NOW)
    later = filed()
    restore(copy, target, keys=KEYS)
    with Database.open(target) as restored:
        assert restored.read_now(tips.counts) == {"new": 3}
        with pytest.raises(NotFound):
            restored.read_now(lambda t: tips.get(t, later))


@pytest.mark.parametrize("keys", [{}, {"citizens": "aaaa"}, {**KEYS, "staff": "cccc"}, {**KEYS, "citizens": "bbbb"}])
def test_a_wrong_or_missing_key_is_refused_by_fingerprint(
    used: list[str], place: Place, copy: Path, target: Place, keys: dict[str, str]
) -> None:
    backup(place, copy, now=NOW)
    with pytest.raises(KeyMismatch, match="does not belong") as refused:
        restore(copy, target, keys=keys)
    assert refused.value.expected in ("aaaa", "bbbb")
    assert is_untouched(target)


def test_nothing_is_written_over(used: list[str], place: Place, copy: Path) -> None:
    backup(place, copy, now=NOW)
    with pytest.raises(AlreadyExists):
        backup(place, copy, now=NOW)
    with pytest.raises(AlreadyExists):
        restore(copy, place, keys=KEYS)


def test_there_is_no_copy_of_a_database_that_is_not_there(tmp_path: Path, copy: Path) -> None:
    with pytest.raises(NotFound):
        backup(tmp_path / "nothing.sqlite", copy, now=NOW)
    assert not copy.exists()
    assert not (tmp_path / "nothing.sqlite").exists()


def test_there_is_no_copy_of_a_server_with_nothing_in_it(empty: Server, copy: Path) -> None:
    with pytest.raises(NotFound):
        backup(empty, copy, now=NOW)
    assert not copy.exists()


def test_without_postgresqls_programs_a_sentence_says_what_to_install(
    server: Server, copy: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dumping, "_DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match=r"pg_dump is needed .* apt-get install postgresql-client"):
        backup(server, copy, now=NOW)
    assert not copy.exists()


@pytest.mark.parametrize("place", [SQLITE], indirect=True)
def test_a_copy_of_a_file_moves_to_a_server_with_all_it_holds(
    database: Database, used: list[str], place: Path, copy: Path, empty: Server, chance: Chance
) -> None:
    for tip in used[:2]:
        database.write_now(lambda t, tip=tip: claims.claim(t, tip, by="wei", now=NOW))  # type: ignore[misc] # as above
    # A tip that comes first and points at one that comes later, for the server checks each row as it comes.
    database.write_now(lambda t: verdicts.merge(t, used[0], into=used[1], by="wei", reason=b"r", now=NOW))
    head = database.read_now(audit.verify)
    backup(place, copy, now=NOW)
    restore(copy, empty, keys=KEYS)
    with Database.open(empty) as moved:
        queue = queueing.QueueFilter(states=frozenset(tips.TipState))
        assert moved.read_now(lambda t: queueing.queue(t, queue)) == database.read_now(
            lambda t: queueing.queue(t, queue)
        )
        assert moved.read_now(lambda t: audit.verify(t, known=head)) == head
        moved.write_now(lambda t: audit.record(t, audit.Entry(NOW, "bot", "file", "next"), random=chance))
        moved.write_now(audit.chain)
        assert moved.read_now(audit.verify).count == head.count + 1


@pytest.mark.parametrize("place", [POSTGRESQL], indirect=True)
def test_a_copy_of_a_server_is_not_put_in_a_file(used: list[str], place: Server, copy: Path, elsewhere: Path) -> None:
    backup(place, copy, now=NOW)
    with pytest.raises(BackupUnusable, match="of a PostgreSQL server"):
        restore(copy, elsewhere, keys=KEYS)
    assert is_untouched(elsewhere)


def test_a_copy_that_was_changed_is_refused(used: list[str], place: Place, copy: Path, target: Place) -> None:
    held = backup(place, copy, now=NOW).file
    with (copy / held).open("r+b") as file:
        file.seek(500)
        file.write(b"changed")
    with pytest.raises(BackupUnusable, match="was changed"):
        restore(copy, target, keys=KEYS)
    assert is_untouched(target)


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format": 2}', '{"format": 1, "odd": 1}'])
def test_a_copy_without_a_sound_manifest_is_refused(
    used: list[str], place: Place, copy: Path, target: Place, content: str | None
) -> None:
    backup(place, copy, now=NOW)
    (copy / MANIFEST_FILE).unlink()
    if content is not None:
        (copy / MANIFEST_FILE).write_text(content)
    with pytest.raises(BackupUnusable):
        restore(copy, target, keys=KEYS)


def test_a_copy_of_a_later_release_is_refused(used: list[str], place: Place, copy: Path, target: Place) -> None:
    backup(place, copy, now=NOW)
    manifest = json.loads((copy / MANIFEST_FILE).read_text())
    (copy / MANIFEST_FILE).write_text(json.dumps({**manifest, "schema": "9999"}))
    with pytest.raises(DatabaseTooNew):
        restore(copy, target, keys=KEYS)


def test_a_copy_with_a_broken_log_is_restored_only_if_told_to(
    used: list[str], place: Place, copy: Path, target: Place
) -> None:
    tamper(place, "UPDATE audit SET actor = 'ana' WHERE position = 2")
    backup(place, copy, now=NOW)
    with pytest.raises(AuditBroken):
        restore(copy, target, keys=KEYS)
    assert is_untouched(target)
    restore(copy, target, keys=KEYS, accept_broken_audit=True)
    with Database.open(target) as restored:
        assert restored.read_now(tips.counts) == {"new": 3}
