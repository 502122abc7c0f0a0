"""Releases and published patterns from the command line: read by anybody there, changed by staff who sign in."""

import asyncio
from pathlib import Path

import pytest

from bot.app.parts import open_staff
from bot.app.preparing import prepare
from bot.services import held_back
from bot.settings import Settings
from knowledge.gate import Fall, Figure, Figures, Tally
from knowledge.shipped import PACKAGE, fingerprint
from storage import audit, patterns, releases
from storage.accounts import Role
from storage.releases import NewRelease, ReleaseState
from tests.bot.app.service import command
from tests.bot.commands.staffed import PASSPHRASE, code, enrol


@pytest.fixture
def installed(settings: Settings) -> Settings:
    prepare(settings, may_make_keys=True)
    return settings


@pytest.fixture
def secret(installed: Settings) -> str:
    """Of anna's authenticator, a supervisor."""
    with open_staff(installed) as parts:
        return asyncio.run(enrol(parts, "anna", Role.SUPERVISOR))


def put(settings: Settings, packed: bytes, state: ReleaseState, *, ground: str = "") -> int:
    figures = Figures({"fake-loan": Tally(10, 7, 5)}, Tally(100, 0, 1), 0.1)
    new = NewRelease(
        name="abcdef0123456789",
        ground=ground or fingerprint(),
        learned_from="l",
        state=state,
        packed=packed,
        examples={"fake-loan": 3},
        figures=held_back.dump_figures(figures),
        held_by="[]" if state is ReleaseState.PUBLISHED else held_back.dump([Fall(Figure.FIRST, 0.8, 0.7)]),
    )
    with open_staff(settings) as parts:
        return parts.database.write_now(lambda t: releases.publish(t, parts.key, new, now=parts.clock()))


def test_releases_are_listed_with_states_and_figures(installed: Settings) -> None:
    assert "Nothing has been learned yet" in command(installed, "patterns", "releases").stderr
    put(installed, b"one", ReleaseState.PUBLISHED)
    put(installed, b"two", ReleaseState.HELD)
    lines = [line.split("\t") for line in command(installed, "patterns", "releases").stdout.splitlines()]
    assert [(line[0], *line[2:]) for line in lines] == [
        ("2", "held", "abcdef012345", "3", "first 0.700", "warned 0.500", "false 0.010", "calibration 0.100", "kept"),
        (
            "1",
            "published",
            "abcdef012345",
            "3",
            "first 0.700",
            "warned 0.500",
            "false 0.010",
            "calibration 0.100",
            "kept",
        ),
    ]
    shown = command(installed, "patterns", "release", "2").stdout.splitlines()
    assert shown[1:] == ["examples\tfake-loan\t3", "worse\tfirst\t-\t0.800\t0.700"]
    assert "There is no release 3" in command(installed, "patterns", "release", "3").stderr


def test_an_older_release_serves_again_after_passphrase_and_code_and_the_audit_log_keeps_who_did(
    installed: Settings, secret: str
) -> None:
    put(installed, b"one", ReleaseState.PUBLISHED)
    put(installed, b"two", ReleaseState.PUBLISHED)
    told = f"{PASSPHRASE}\n{code(secret)}\n"
    done = command(installed, "patterns", "release", "1", "--serve", "--as", "anna", told=told)
    assert "Release 1 serves again, as release 3, until something new is learned." in done.stdout
    with open_staff(installed) as parts:
        assert parts.database.read_now(lambda t: releases.content(t, parts.key.releases, 3))[1] == b"one"
        entries = parts.database.read_now(lambda t: audit.list_entries(t, subject="release:1"))
    assert [(entry.actor, entry.act) for entry in entries] == [("anna", "serve-release")]


def test_one_of_another_version_does_not_serve(installed: Settings, secret: str) -> None:
    put(installed, b"one", ReleaseState.PUBLISHED, ground="another")
    told = f"{PASSPHRASE}\n{code(secret)}\n"
    done = command(installed, "patterns", "release", "1", "--serve", "--as", "anna", told=told)
    assert done.returncode == 1
    assert "learned by another version of this program" in done.stderr


def test_a_wrong_code_serves_and_publishes_nothing(installed: Settings, secret: str) -> None:
    put(installed, b"one", ReleaseState.PUBLISHED)
    told = f"{PASSPHRASE}\n000000\n"
    assert command(installed, "patterns", "release", "1", "--serve", "--as", "anna", told=told).returncode == 1
    file = PACKAGE / "patterns" / "fake-loan.toml"
    publish = ("patterns", "publish", str(file), "--as", "anna", "--because", "new words")
    assert command(installed, *publish, told=told).returncode == 1
    with open_staff(installed) as parts:
        assert parts.database.read_now(lambda t: patterns.published(t, parts.key)) == {}
        assert len(parts.database.read_now(releases.list_newest)) == 1


def test_a_reviewer_publishes_nothing(installed: Settings) -> None:
    with open_staff(installed) as parts:
        secret = asyncio.run(enrol(parts, "ben", Role.REVIEWER))
    file = PACKAGE / "patterns" / "fake-loan.toml"
    told = f"{PASSPHRASE}\n{code(secret)}\n"
    done = command(installed, "patterns", "publish", str(file), "--as", "ben", "--because", "x", told=told)
    assert done.returncode == 1
    assert "does not allow this" in done.stderr


def test_a_pattern_is_published_by_two_people_and_withdrawn(installed: Settings, secret: str, tmp_path: Path) -> None:
    shipped = (PACKAGE / "patterns" / "fake-loan.toml").read_text(encoding="utf-8")
    with open_staff(installed) as parts:
        ben = asyncio.run(enrol(parts, "ben", Role.EDITOR))
        cai = asyncio.run(enrol(parts, "cai", Role.EDITOR))
        wei = asyncio.run(enrol(parts, "wei", Role.REVIEWER))
    file = tmp_path / "fake-loan.toml"
    file.write_text("\n".join(_counted_up(line) for line in shipped.splitlines()), encoding="utf-8")
    publish = ("patterns", "publish", str(file), "--because", "new words in it", "--as")
    done = command(installed, *publish, "ben", told=f"{PASSPHRASE}\n{code(ben)}\n")
    assert "Proposed fake-loan as number 1" in done.stdout, done.stderr
    again = command(installed, *publish, "anna", told=f"{PASSPHRASE}\n{code(secret)}\n")
    assert "The same is proposed already" in again.stderr
    refused = command(installed, "patterns", "approve", "1", "--as", "wei", told=f"{PASSPHRASE}\n{code(wei)}\n")
    assert "does not allow this" in refused.stderr
    with open_staff(installed) as parts:
        assert parts.database.read_now(lambda t: patterns.published(t, parts.key)) == {}
    done = command(installed, "patterns", "approve", "1", "--as", "cai", told=f"{PASSPHRASE}\n{code(cai)}\n")
    assert done.stdout.rstrip().endswith("it serves with the next release that is learned."), done.stderr
    with open_staff(installed) as parts:
        (held,) = parts.database.read_now(lambda t: patterns.published(t, parts.key)).values()
        entries = parts.database.read_now(lambda t: audit.list_entries(t, subject="pattern:fake-loan"))
        # Each code is good for once, so the last act is another's.
        dan = asyncio.run(enrol(parts, "dan", Role.EDITOR))
    assert (held.pattern, held.version, held.by, held.toml) == ("fake-loan", 99, "ben", file.read_text("utf-8"))
    assert [(entry.actor, entry.act) for entry in entries] == [("cai", "publish-pattern")]
    done = command(installed, "patterns", "withdraw", "fake-loan", "--as", "dan", told=f"{PASSPHRASE}\n{code(dan)}\n")
    assert done.stdout.rstrip().endswith("Withdrew fake-loan; the shipped one holds again."), done.stderr


def test_a_file_with_faults_is_refused_with_each_of_them(installed: Settings, secret: str, tmp_path: Path) -> None:
    file = tmp_path / "no-scam.toml"
    file.write_text('id = "other"\nversion = "one"\n', encoding="utf-8")
    publish = ("patterns", "publish", str(file), "--because", "x", "--as", "anna")
    done = command(installed, *publish, told=f"{PASSPHRASE}\n{code(secret)}\n")
    assert done.returncode == 1
    assert "no-scam.toml: id:" in done.stderr
    assert "no-scam.toml: version: is of the wrong kind" in done.stderr
    assert "Traceback" not in done.stderr


def _counted_up(line: str) -> str:
    return "version = 99" if line.startswith("version = ") else line
