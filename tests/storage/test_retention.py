"""Facts about what is erased, and when."""

from collections.abc import Callable
from dataclasses import astuple, fields
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage import claims, limits, outbox, sessions, signins, tips, updates, verdicts, withdrawals, work
from storage.database import Database, Transaction
from storage.retention import Retention, Swept, sweep
from storage.sealing import CitizensKeys, StaffSecretKey
from storage.tips import TipState, Verdict
from tests.storage.conftest import DAY, HOUR, NOW, Chance

Filed = Callable[..., str]
SECOND = timedelta(seconds=1)
NOTHING = Swept(sessions=0, updates=0, outbox=0, work=0, counters=0, sign_ins=0, tips=0)


def swept(database: Database, now: datetime, limit: int = 200) -> Swept:
    return database.write_now(lambda t: sweep(t, now=now, retention=Retention(), limit=limit))


def has_content(database: Database, tip: str) -> bool:
    return database.read_now(lambda t: tips.content(t, tip)) is not None


def test_each_thing_is_erased_when_its_time_is_over_and_not_before(
    database: Database, citizens: CitizensKeys, staff: StaffSecretKey, chance: Chance, reviewer: str
) -> None:
    def fill(t: Transaction) -> None:
        sessions.save(t, citizens, b"m" * 32, b"half told", expected=0, now=NOW)
        updates.remember(t, "web", "1", now=NOW)
        outbox.put(t, citizens, conversation=b"m", channel="web", address="a", body=b"b", now=NOW)
        work.put(t, "link", "T", now=NOW)
        (task,) = work.take(t, ["link"], by="a", now=NOW, lease=HOUR)
        work.finish(t, task, now=NOW)
        limits.hit(t, "receipt", b"m", window=HOUR, now=NOW)
        signins.invite(t, staff, reviewer, "enrol", random=chance, now=NOW)

    database.write_now(fill)
    over = {
        "sign_ins": 15 * timedelta(minutes=1),
        "counters": 30 * timedelta(minutes=1),
        "sessions": 72 * HOUR,
        "outbox": 7 * DAY,
        "updates": 8 * DAY,
        "work": 8 * DAY,
    }
    for when in sorted(set(over.values())):
        due = {name for name, after in over.items() if after == when}
        assert swept(database, NOW + when - SECOND) == NOTHING
        found = swept(database, NOW + when + SECOND)
        assert {field.name for field in fields(found) if getattr(found, field.name)} == due
    assert swept(database, NOW + 100 * DAY) == NOTHING


def test_what_was_only_checked_is_erased_after_the_days_agreed_to(database: Database, filed: Filed) -> None:
    kept = filed(keep_until=NOW + Retention().kept_check)
    assert swept(database, NOW + 90 * DAY - SECOND).tips == 0
    assert has_content(database, kept)
    assert swept(database, NOW + 90 * DAY).tips == 1
    assert not has_content(database, kept)
    assert database.read_now(lambda t: tips.get(t, kept)).state is TipState.ERASED


def test_a_withdrawn_tip_is_erased_within_a_day_even_if_its_work_was_lost(database: Database, filed: Filed) -> None:
    tip = filed()
    database.write_now(lambda t: withdrawals.withdraw(t, tip, now=NOW))
    assert has_content(database, tip)
    assert swept(database, NOW + DAY / 2).tips == 1
    assert not has_content(database, tip)
    assert database.read_now(lambda t: tips.get(t, tip)).state is TipState.WITHDRAWN


def test_a_decided_or_merged_tip_is_erased_a_year_after_and_an_open_one_is_not(
    database: Database, filed: Filed
) -> None:
    decided, merged, waiting = filed(), filed(), filed()

    def settle(t: Transaction) -> None:
        claims.claim(t, decided, by="wei", now=NOW)
        claims.claim(t, merged, by="wei", now=NOW)
        verdicts.decide(t, decided, by="wei", verdict=Verdict.UNFOUNDED, reason=b"r", now=NOW)
        verdicts.merge(t, merged, into=decided, by="wei", reason=b"r", now=NOW)

    database.write_now(settle)
    assert swept(database, NOW + 365 * DAY - SECOND).tips == 0
    assert swept(database, NOW + 365 * DAY).tips == 2
    assert [has_content(database, tip) for tip in (decided, merged, waiting)] == [False, False, True]
    assert database.read_now(lambda t: tips.get(t, decided)).verdict is Verdict.UNFOUNDED


def test_a_tip_that_nobody_decides_on_is_erased_after_two_years(database: Database, filed: Filed) -> None:
    waiting = filed()
    assert swept(database, NOW + 730 * DAY - SECOND).tips == 0
    assert swept(database, NOW + 730 * DAY).tips == 1
    assert not has_content(database, waiting)
    assert database.read_now(lambda t: tips.get(t, waiting)).state is TipState.ERASED


def test_a_sweep_takes_no_more_than_it_is_told(database: Database, filed: Filed) -> None:
    for _ in range(5):
        filed(keep_until=NOW)
    assert [swept(database, NOW, limit=2).tips for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_what_was_erased_is_gone_from_the_file_and_its_log(database: Database, filed: Filed, file: Path) -> None:
    filed(sealed=b"CANARY" * 500, keep_until=NOW)
    files = [file, file.with_name(file.name + "-wal")]
    assert any(b"CANARYCANARY" in file.read_bytes() for file in files)
    await database.write(lambda t: sweep(t, now=NOW, retention=Retention()))
    await database.scrub()
    assert not any(b"CANARYCANARY" in file.read_bytes() for file in files)


def test_nothing_is_kept_for_ever_by_default() -> None:
    assert all(timedelta(0) < time <= 730 * DAY for time in astuple(Retention()))
