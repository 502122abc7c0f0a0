"""What was erased stays erased, whatever copy is put back."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from storage import erasures, tips, withdrawals
from storage.backup import backup, restore
from storage.database import Database
from storage.erasures import Erasure
from storage.tips import TipState
from tests.bot.jobs.test_sweeps import Chance, new_tip
from tests.conftest import StoppedClock


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "fanzha.sqlite3") as opened:
        yield opened


def test_a_copy_of_before_a_withdrawal_brings_the_telling_not_back(tmp_path: Path, clock: StoppedClock) -> None:
    place, chance, listing = tmp_path / "fanzha.sqlite3", Chance(), tmp_path / erasures.LIST_FILE
    with Database.open(place) as database:
        gone, over, kept = (database.write_now(lambda t: tips.file(t, new_tip(clock()), random=chance)) for _ in "abc")
    backup(place, tmp_path / "copy", now=clock())
    clock.move(timedelta(hours=1))
    with Database.open(place) as database:
        database.write_now(lambda t: withdrawals.withdraw(t, gone, now=clock()))
        for tip in (gone, over):
            database.write_now(partial(withdrawals.erase_content, tip=tip, now=clock()))
        erasures.note(listing, database.read_now(lambda t: erasures.since(t, None)))
    place.unlink()

    restore(tmp_path / "copy", place, keys={})
    with Database.open(place) as database:
        again = database.write_now(lambda t: erasures.erase_again(t, erasures.read(listing), now=clock()))
        found = {tip: database.read_now(partial(tips.get, tip=tip)) for tip in (gone, over, kept)}

    assert again == 2
    assert [found[tip].state for tip in (gone, over, kept)] == [TipState.WITHDRAWN, TipState.ERASED, TipState.NEW]
    assert [found[tip].erased_at is not None for tip in (gone, over, kept)] == [True, True, False]


def test_the_list_is_added_to_once_and_half_a_line_spoils_nothing(tmp_path: Path, clock: StoppedClock) -> None:
    path = tmp_path / erasures.LIST_FILE
    first, second = Erasure("a-tip", clock(), is_withdrawn=True), Erasure("b-tip", clock(), is_withdrawn=False)

    assert erasures.note(path, [first]) == 1
    path.write_text(path.read_text(encoding="utf-8") + "c-ti", encoding="utf-8")
    assert erasures.note(path, [first, second]) == 1

    assert erasures.read(path) == (first, second)


def test_without_a_list_nothing_is_erased(tmp_path: Path, database: Database, clock: StoppedClock) -> None:
    assert erasures.read(tmp_path / "nowhere") == ()
    assert database.write_now(lambda t: erasures.erase_again(t, (), now=clock())) == 0
