"""What a process holds: the newest release it can prove, taken in one stroke, and never a damaged one."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlmodel import select

from bot.services.newest import Newest
from knowledge.errors import ReleaseError
from storage import releases, tables
from storage.database import Database, Transaction
from storage.errors import KeyMissing
from storage.releases import NewRelease, ReleaseState
from storage.sealing import ReleasesKey, StaffSecretKey
from tests.conftest import StoppedClock

KEY = StaffSecretKey(bytes(range(32)))


@dataclass
class Process:
    """One that makes text of a release; "broken" is none that it can read."""

    database: Database
    clock: StoppedClock
    newest: Newest[str] = field(init=False)

    def __post_init__(self) -> None:
        self.newest = self.start()

    def start(self, ground: str = "ground") -> Newest[str]:
        return Newest(self.database, ground=ground, key=self.key, shipped="shipped", read=self.read)

    def key(self) -> ReleasesKey:
        return KEY.releases

    def read(self, number: int, packed: bytes) -> str:
        if packed == b"broken":
            raise ReleaseError("broken")
        if packed == b"surprising":
            raise ZeroDivisionError
        return f"{number} {packed.decode()}"

    def publish(self, packed: bytes, state: ReleaseState = ReleaseState.PUBLISHED, key: StaffSecretKey = KEY) -> int:
        new = NewRelease(name="n", ground="ground", learned_from="l", state=state, packed=packed, examples={})
        return self.database.write_now(lambda t: releases.publish(t, key, new, now=self.clock()))


@pytest.fixture
def process(tmp_path: Path, clock: StoppedClock) -> Iterator[Process]:
    with Database.open(tmp_path / "fanzha.sqlite3") as database:
        yield Process(database, clock)


def test_until_there_is_a_release_what_ships_serves(process: Process) -> None:
    assert not process.newest.look()
    assert (process.newest(), process.newest.number) == ("shipped", 0)


def test_the_newest_is_taken_and_taken_once(process: Process) -> None:
    process.publish(b"one")
    process.publish(b"two")
    assert process.newest.look()
    assert (process.newest(), process.newest.number) == ("2 two", 2)
    assert not process.newest.look()


@pytest.mark.parametrize("packed", [b"broken", b"surprising"])
def test_one_that_cannot_be_read_leaves_the_one_before_and_is_said_once_by_its_number(
    process: Process, packed: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    process.publish(b"one")
    process.newest.look()
    process.publish(packed)
    assert not process.newest.look()
    assert not process.newest.look()
    assert process.newest() == "1 one"
    (line,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert line.startswith("release 2 is not taken")


def test_one_of_another_key_is_not_taken(process: Process) -> None:
    process.publish(b"one", key=StaffSecretKey(bytes(32)))
    assert not process.newest.look()
    assert process.newest() == "shipped"


def test_one_whose_content_was_changed_is_not_taken_and_a_later_one_is(process: Process) -> None:
    process.publish(b"one")

    def tamper(t: Transaction) -> None:
        t.session.exec(select(tables.ReleaseContent)).one().packed = b"changed"

    process.database.write_now(tamper)
    assert not process.newest.look()
    process.publish(b"two")
    assert process.newest.look()
    assert process.newest() == "2 two"


def test_a_new_process_passes_over_a_damaged_one_to_the_one_before(process: Process) -> None:
    process.publish(b"one")
    process.publish(b"broken")
    started = process.start()
    assert started.look()
    assert started() == "1 one"


def test_one_that_is_held_or_of_another_version_is_not_taken(process: Process) -> None:
    process.publish(b"one", ReleaseState.HELD)
    assert not process.newest.look()
    process.publish(b"two")
    assert not process.start("another ground").look()


def test_without_the_key_that_proves_it_what_ships_serves_until_the_key_is_there(
    process: Process, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing() -> ReleasesKey:
        raise KeyMissing("releases' key", "keys/releases.pub", "Start the console.")

    monkeypatch.setattr(process, "key", missing)
    newest = process.start()
    process.publish(b"one")
    assert not newest.look()
    assert not newest.look()
    assert newest() == "shipped"
    assert len(caplog.records) == 1
    monkeypatch.undo()
    newest = process.start()
    assert newest.look()


def test_it_looks_by_itself_until_it_is_ended(process: Process) -> None:
    process.publish(b"one")
    with process.newest.looking(0.01):
        assert process.newest() == "1 one"
        number = process.publish(b"two")
        while process.newest.number != number:
            pass
        assert process.newest() == "2 two"
