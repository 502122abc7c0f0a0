"""Facts about copies of the whole database."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import audit, keyring, tips
from storage.backup import DATABASE_FILE, MANIFEST_FILE, backup, read_manifest, restore
from storage.database import Database
from storage.errors import AlreadyExists, AuditBroken, BackupUnusable, DatabaseTooNew, KeyMismatch, NotFound
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
def target(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "fanzha.sqlite"


def test_a_restored_copy_has_every_tip_and_a_sound_log(
    database: Database, used: list[str], path: Path, copy: Path, target: Path
) -> None:
    head = database.read_now(audit.verify)
    backup(path, copy, now=NOW)
    restore(copy, target, keys=KEYS)
    with Database.open(target) as restored:
        assert {restored.read_now(lambda t, tip=tip: tips.content(t, tip)) for tip in used} == {b"sealed"}  # type: ignore[misc] # as above
        assert restored.read_now(lambda t: audit.verify(t, known=head)) == head
        assert restored.read_now(keyring.bound) == KEYS
    assert sorted(file.name for file in target.parent.iterdir()) == ["fanzha.sqlite", "fanzha.sqlite.migrating"]


def test_a_copy_says_what_it_is_and_which_keys_it_needs(used: list[str], path: Path, copy: Path) -> None:
    manifest = backup(path, copy, now=NOW)
    assert read_manifest(copy) == manifest
    assert (manifest.taken_at, manifest.keys, manifest.audit_head.split(":")[0]) == (NOW, KEYS, "3")


def test_a_copy_is_its_owners_alone_and_holds_no_key(used: list[str], path: Path, copy: Path) -> None:
    backup(path, copy, now=NOW)
    assert {file.name for file in copy.iterdir()} == {DATABASE_FILE, MANIFEST_FILE}
    assert (copy.stat().st_mode & 0o777, (copy / DATABASE_FILE).stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.usefixtures("used")
def test_a_copy_of_a_database_in_use_is_what_it_was_then(
    database: Database, filed: Filed, path: Path, copy: Path, target: Path
) -> None:
    backup(path, copy, now=NOW)
    later = filed()
    restore(copy, target, keys=KEYS)
    with Database.open(target) as restored:
        assert restored.read_now(tips.counts) == {"new": 3}
        with pytest.raises(NotFound):
            restored.read_now(lambda t: tips.get(t, later))


@pytest.mark.parametrize("keys", [{}, {"citizens": "aaaa"}, {**KEYS, "staff": "cccc"}, {**KEYS, "citizens": "bbbb"}])
def test_a_wrong_or_missing_key_is_refused_by_fingerprint(
    used: list[str], path: Path, copy: Path, target: Path, keys: dict[str, str]
) -> None:
    backup(path, copy, now=NOW)
    with pytest.raises(KeyMismatch, match="does not belong") as refused:
        restore(copy, target, keys=keys)
    assert refused.value.expected in ("aaaa", "bbbb")
    assert not target.exists()


def test_nothing_is_written_over(used: list[str], path: Path, copy: Path) -> None:
    backup(path, copy, now=NOW)
    with pytest.raises(AlreadyExists):
        backup(path, copy, now=NOW)
    with pytest.raises(AlreadyExists):
        restore(copy, path, keys=KEYS)


def test_there_is_no_copy_of_a_database_that_is_not_there(tmp_path: Path, copy: Path) -> None:
    with pytest.raises(NotFound):
        backup(tmp_path / "nothing.sqlite", copy, now=NOW)
    assert not copy.exists()
    assert not (tmp_path / "nothing.sqlite").exists()


def test_a_copy_that_was_changed_is_refused(used: list[str], path: Path, copy: Path, target: Path) -> None:
    backup(path, copy, now=NOW)
    with (copy / DATABASE_FILE).open("r+b") as file:
        file.seek(5000)
        file.write(b"changed")
    with pytest.raises(BackupUnusable, match="was changed"):
        restore(copy, target, keys=KEYS)
    assert not target.exists()


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format": 2}', '{"format": 1, "odd": 1}'])
def test_a_copy_without_a_sound_manifest_is_refused(
    used: list[str], path: Path, copy: Path, target: Path, content: str | None
) -> None:
    backup(path, copy, now=NOW)
    (copy / MANIFEST_FILE).unlink()
    if content is not None:
        (copy / MANIFEST_FILE).write_text(content)
    with pytest.raises(BackupUnusable):
        restore(copy, target, keys=KEYS)


def test_a_copy_of_a_later_release_is_refused(used: list[str], path: Path, copy: Path, target: Path) -> None:
    backup(path, copy, now=NOW)
    manifest = json.loads((copy / MANIFEST_FILE).read_text())
    (copy / MANIFEST_FILE).write_text(json.dumps({**manifest, "schema": "9999"}))
    with pytest.raises(DatabaseTooNew):
        restore(copy, target, keys=KEYS)


def test_a_copy_with_a_broken_log_is_restored_only_if_told_to(
    used: list[str], path: Path, copy: Path, target: Path
) -> None:
    tamper(path, "UPDATE audit SET actor = 'ana' WHERE position = 2")
    backup(path, copy, now=NOW)
    with pytest.raises(AuditBroken):
        restore(copy, target, keys=KEYS)
    assert list(target.parent.iterdir()) == []
    restore(copy, target, keys=KEYS, accept_broken_audit=True)
    with Database.open(target) as restored:
        assert restored.read_now(tips.counts) == {"new": 3}
