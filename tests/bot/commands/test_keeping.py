"""Keys, backups and the audit log from the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pexpect
import pytest
from pydantic import SecretStr

from bot.app.fingerprints import public_fingerprints
from bot.app.parts import open_public, open_staff
from bot.app.preparing import prepare
from bot.settings import Settings
from storage import audit, tips
from storage.database import Transaction
from tests.bot.app.service import command, typing
from tests.postgres import PostgresServer


@pytest.fixture
def installed(settings: Settings) -> Settings:
    """An installation whose database has met its keys."""
    prepare(settings, may_make_keys=True)
    with open_public(settings), open_staff(settings):
        pass
    return settings


def act(settings: Settings, count: int) -> None:
    """Some audited acts, chained."""
    with open_staff(settings) as parts:

        def unit(t: Transaction) -> None:
            for number in range(count):
                entry = audit.Entry(parts.clock(), "anna", "claim-tip", str(number))
                audit.record(t, entry, random=parts.random)
            audit.chain(t)

        parts.database.write_now(unit)


def test_keys_are_told_by_fingerprint_here_and_as_the_database_needs_them(installed: Settings) -> None:
    shown = command(installed, "keys", "show").stdout.splitlines()
    prints = public_fingerprints(installed)
    assert shown == [
        f"citizens\t{prints['citizens']}",
        f"staff\t{prints['staff']}",
        f"releases\t{prints['releases']}",
        "database: citizens key is here",
        "database: staff key is here",
        "database: releases key is here",
    ]


def test_keys_are_made_once(settings: Settings) -> None:
    assert command(settings, "keys", "make").stdout.count("made ") == 4
    assert command(settings, "keys", "make").stdout == "No key is missing: nothing was made.\n"


def test_a_backup_names_the_keys_it_needs_and_holds_none(installed: Settings, tmp_path: Path) -> None:
    place = tmp_path / "copy"
    done = command(installed, "backup", str(place))
    assert done.returncode == 0, done.stderr
    for fingerprint in public_fingerprints(installed).values():
        assert fingerprint in done.stdout
    secrets = [(installed.keys / name).read_text().split(":")[1].strip() for name in ("citizens.key", "staff.key")]
    for file in place.iterdir():
        assert not any(secret.encode() in file.read_bytes() for secret in secrets)
    again = command(installed, "backup", str(place))
    assert (again.returncode, again.stderr) == (1, f"fanzha: The directory {place} exists already.\n")


def test_a_backup_is_restored_with_its_keys_and_refused_with_others_or_none(
    installed: Settings, tmp_path: Path
) -> None:
    act(installed, 3)
    place = tmp_path / "copy"
    command(installed, "backup", str(place))
    there = command(installed, "restore", str(place))
    assert there.returncode == 1
    assert "exists already" in there.stderr

    for file in installed.home.glob("fanzha.sqlite3*"):
        file.unlink()
    secret = (installed.keys / "staff.key").rename(tmp_path / "staff.key")
    without = command(installed, "restore", str(place))
    assert without.returncode == 1
    assert "The staff key does not belong to this database" in without.stderr
    assert public_fingerprints(installed)["staff"] in without.stderr
    assert not installed.database_file.exists()

    other = Settings(home=tmp_path / "other")
    prepare(other, may_make_keys=True)
    (other.keys / "staff.key").rename(installed.keys / "staff.key")
    assert command(installed, "restore", str(place)).returncode == 1

    secret.replace(installed.keys / "staff.key")
    assert command(installed, "restore", str(place)).returncode == 0
    assert command(installed, "audit", "verify").stdout.startswith("3:")


def test_an_installation_moves_to_a_server_and_is_backed_up_and_restored_there(
    installed: Settings, tmp_path: Path, postgres: PostgresServer
) -> None:
    act(installed, 3)
    command(installed, "backup", str(tmp_path / "file"))
    first, second = (
        installed.model_copy(update={"database_url": SecretStr(postgres.make_empty_database().url)}) for _ in range(2)
    )
    moved = command(first, "restore", str(tmp_path / "file"))
    assert moved.returncode == 0, moved.stderr
    head = command(first, "audit", "verify").stdout.strip()
    assert head.startswith("3:")
    assert "database: staff key is here" in command(first, "keys", "show").stdout

    done = command(first, "backup", str(tmp_path / "server"))
    assert done.returncode == 0, done.stderr
    assert f"audit head {head}" in done.stdout
    again = command(first, "restore", str(tmp_path / "server"))
    assert (again.returncode, "exists already" in again.stderr) == (1, True)
    restored = command(second, "restore", str(tmp_path / "server"))
    assert restored.returncode == 0, restored.stderr
    assert command(second, "audit", "verify", "--head", head).stdout.strip() == head


def test_a_server_that_does_not_answer_is_a_sentence(installed: Settings) -> None:
    away = installed.model_copy(update={"database_url": SecretStr("postgresql://anna:s3cret@127.0.0.1:9/fanzha")})
    done = command(away, "audit", "verify")
    assert done.returncode == 1
    assert done.stderr.startswith("fanzha: The database cannot be used: connection failed")
    assert "s3cret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_the_audit_log_is_verified_and_its_head_is_the_only_thing_on_standard_output(installed: Settings) -> None:
    act(installed, 2)
    head = command(installed, "audit", "verify").stdout.strip()
    assert audit.Head.parse(head).count == 2
    act(installed, 1)
    assert command(installed, "audit", "verify", "--head", head).returncode == 0
    assert command(installed, "audit", "verify", "--head", "2:" + "0" * 64).returncode == 1
    assert command(installed, "audit", "verify", "--head", "nonsense").returncode == 2


def test_an_entry_changed_behind_its_back_is_found(installed: Settings) -> None:
    act(installed, 3)
    with closing(sqlite3.connect(installed.database_file)) as connection, connection:
        # Who can write to the file can take its triggers off; the chain is what then tells.
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE audit SET actor = 'ben' WHERE position = 2")
    done = command(installed, "audit", "verify")
    assert done.returncode == 1
    assert "broken at entry 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_staffs_key_is_put_behind_a_passphrase_and_stays_the_same_key(installed: Settings, tmp_path: Path) -> None:
    with typing(installed, "keys", "wrap") as terminal:
        terminal.expect_exact("Present passphrase")
        terminal.sendline("")
        for _ in range(2):
            terminal.expect("(?i)(new passphrase|repeat)")
            terminal.sendline("four words and a half")
        terminal.expect_exact("Wrapped.")
        terminal.expect(pexpect.EOF)
    file = tmp_path / "passphrase"
    file.write_text("four words and a half\n", encoding="utf-8")
    with open_staff(installed.model_copy(update={"staff_passphrase_file": file})) as parts:
        assert parts.key.public.fingerprint == public_fingerprints(installed)["staff"]
        assert parts.database.read_now(tips.counts) == {}
    assert "none was given" in command(installed, "run", "console").stdout
