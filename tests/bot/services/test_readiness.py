"""Whether a turn could be saved: asked by saving something."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.readiness import can_save
from storage import limits
from storage.database import Database
from storage.errors import StorageFull
from storage.place import Place
from tests.conftest import StoppedClock


async def test_where_a_row_can_be_saved_a_turn_can_and_the_row_is_swept_away(place: Place, clock: StoppedClock) -> None:
    with Database.open(place) as database:
        assert await can_save(database, clock)
        assert await can_save(database, clock)
        clock.move(timedelta(minutes=2))
        assert await database.write(lambda t: limits.forget(t, now=clock())) == 1


async def test_a_full_disk_is_not_ready_though_it_still_answers(file: Path, clock: StoppedClock) -> None:
    with Database.open(file) as database:
        # It cannot be less than it is: the next page is one too many.
        limit = "PRAGMA max_page_count = 1"
        await database.write(lambda t: t.connection.exec_driver_sql(limit).scalar_one())
        with pytest.raises(StorageFull):
            await _save_until_it_is_full(database, clock)
        assert await database.read(lambda t: t.connection.exec_driver_sql("SELECT 1").scalar_one()) == 1


async def _save_until_it_is_full(database: Database, clock: StoppedClock) -> None:
    for _ in range(1000):
        await can_save(database, clock)
        clock.move(timedelta(minutes=1))
