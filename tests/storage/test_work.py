"""Facts about durable work, job locks and counters."""

from datetime import datetime, timedelta

import pytest

from storage import limits, locks, work
from storage.database import Database
from storage.errors import LeaseLost
from tests.storage.conftest import DAY, HOUR, NOW

MINUTE = timedelta(minutes=1)


def put(database: Database, kind: str = "link", subject: str = "T", run_at: datetime | None = None) -> int:
    return database.write_now(lambda t: work.put(t, kind, subject, now=NOW, body=b"encrypted", run_at=run_at))


def take(database: Database, now: datetime = NOW, *, by: str = "a", limit: int = 10) -> tuple[work.Task, ...]:
    return database.write_now(lambda t: work.take(t, ["link"], by=by, now=now, lease=MINUTE, limit=limit))


def fail(database: Database, task: work.Task, now: datetime, max_attempts: int = work.MAX_ATTEMPTS) -> datetime | None:
    return database.write_now(lambda t: work.fail(t, task, "OSError", now=now, max_attempts=max_attempts))


def test_work_is_taken_once_the_longest_due_first(database: Database) -> None:
    later, first, second = put(database, run_at=NOW + MINUTE), put(database), put(database)
    put(database, kind="other")
    assert [task.id for task in take(database, limit=1)] == [first]
    assert [task.id for task in take(database)] == [second]
    assert take(database) == ()
    assert [task.id for task in take(database, NOW + MINUTE)] == [first, second, later]


def test_work_is_due_exactly_when_some_can_be_taken(database: Database) -> None:
    def is_due(now: datetime = NOW) -> bool:
        return database.read_now(lambda t: work.is_due(t, ["link"], now))

    assert not is_due()
    put(database, kind="other")
    put(database, run_at=NOW + MINUTE)
    assert not is_due()
    assert is_due(NOW + MINUTE)
    take(database, NOW + MINUTE)
    assert not is_due(NOW + MINUTE)
    assert is_due(NOW + 2 * MINUTE)


def test_a_renewed_lease_holds_longer_and_a_lost_one_cannot_be_renewed(database: Database) -> None:
    put(database)
    (task,) = take(database)
    database.write_now(lambda t: work.renew(t, task, until=NOW + 2 * MINUTE))
    assert take(database, NOW + MINUTE) == ()
    (again,) = take(database, NOW + 2 * MINUTE, by="b")
    with pytest.raises(LeaseLost):
        database.write_now(lambda t: work.renew(t, task, until=NOW + DAY))
    database.write_now(lambda t: work.finish(t, again, now=NOW))
    with pytest.raises(LeaseLost):
        database.write_now(lambda t: work.renew(t, again, until=NOW + DAY))


def test_finished_work_is_over_and_its_body_gone(database: Database) -> None:
    put(database)
    (task,) = take(database)
    assert (task.kind, task.subject, task.body, task.attempts) == ("link", "T", b"encrypted", 1)
    database.write_now(lambda t: work.finish(t, task, now=NOW))
    assert take(database, NOW + DAY) == ()
    assert database.read_now(work.counts) == {"done": 1}
    assert database.write_now(lambda t: work.forget(t, finished_before=NOW + MINUTE)) == 1
    assert database.read_now(work.counts) == {}


def test_a_worker_whose_lease_ran_out_cannot_finish_what_another_took(database: Database) -> None:
    put(database)
    (slow,) = take(database, by="slow")
    (quick,) = take(database, NOW + MINUTE, by="quick")
    for late in (
        lambda t: work.finish(t, slow, now=NOW + MINUTE),
        lambda t: work.fail(t, slow, "TimeoutError", now=NOW + MINUTE),
    ):
        with pytest.raises(LeaseLost):
            database.write_now(late)
    database.write_now(lambda t: work.finish(t, quick, now=NOW + MINUTE))
    with pytest.raises(LeaseLost):
        database.write_now(lambda t: work.finish(t, quick, now=NOW + MINUTE))


def test_the_same_worker_taking_again_holds_a_new_lease(database: Database) -> None:
    put(database)
    (old,) = take(database)
    (new,) = take(database, NOW + MINUTE)
    with pytest.raises(LeaseLost):
        database.write_now(lambda t: work.finish(t, old, now=NOW + MINUTE))
    database.write_now(lambda t: work.finish(t, new, now=NOW + MINUTE))


def test_failed_work_waits_twice_as_long_each_time_and_then_dies_in_sight(database: Database) -> None:
    put(database)
    now, waits = NOW, []
    while tasks := take(database, now):
        again = fail(database, tasks[0], now)
        if again is None:
            break
        waits.append(again - now)
        now = again
    assert waits == [timedelta(seconds=10 * 2**times) for times in range(7)]
    (dead,) = database.read_now(work.dead)
    assert (dead.subject, dead.attempts, dead.fault, dead.finished_at) == ("T", 8, "OSError", now)
    assert database.write_now(lambda t: work.forget(t, finished_before=NOW + 100 * DAY)) == 0


def test_no_wait_is_longer_than_an_hour(database: Database) -> None:
    put(database)
    now = NOW
    for _ in range(20):
        (task,) = take(database, now)
        again = fail(database, task, now, max_attempts=99)
        assert again is not None
        last, now = again - now, again
    assert last == HOUR


def test_one_runner_has_a_job_at_a_time(database: Database) -> None:
    def acquire(holder: str, now: datetime) -> bool:
        return database.write_now(lambda t: locks.acquire(t, "sweep", holder=holder, now=now, lease=MINUTE))

    assert acquire("a", NOW)
    assert not acquire("b", NOW)
    assert acquire("a", NOW + MINUTE / 2)
    assert not acquire("b", NOW + MINUTE)
    assert acquire("b", NOW + MINUTE * 3 / 2)
    database.write_now(lambda t: locks.release(t, "sweep", holder="a"))
    assert not acquire("a", NOW + 2 * MINUTE)
    database.write_now(lambda t: locks.release(t, "sweep", holder="b"))
    assert acquire("a", NOW + 2 * MINUTE)


def test_counts_begin_anew_with_each_window_and_each_subject(database: Database) -> None:
    def hit(subject: bytes = b"me", now: datetime = NOW, action: str = "receipt") -> int:
        return database.write_now(lambda t: limits.hit(t, action, subject, window=HOUR, now=now))

    assert [hit(), hit(), hit()] == [1, 2, 3]
    assert hit(b"you") == 1
    assert hit(action="message") == 1
    assert database.read_now(lambda t: limits.count(t, "receipt", b"me", window=HOUR, now=NOW)) == 3
    assert hit(now=NOW + HOUR) == 1
    assert database.read_now(lambda t: limits.count(t, "receipt", b"me", window=HOUR, now=NOW + 2 * HOUR)) == 0


def test_a_window_ends_when_it_is_said_to(database: Database) -> None:
    assert limits.seconds_left(HOUR, NOW) == 1801
    database.write_now(lambda t: limits.hit(t, "receipt", b"me", window=HOUR, now=NOW))
    assert database.write_now(lambda t: limits.forget(t, now=NOW + MINUTE * 29)) == 0
    assert database.write_now(lambda t: limits.forget(t, now=NOW + MINUTE * 30)) == 1
