"""What the dashboard reads: how the queue stands, and what came and went."""

from collections.abc import Callable
from datetime import timedelta

from storage import claims, tables, verdicts
from storage.database import Database, Transaction
from storage.queue_health import AGES, NEAR, Health, queue_health
from storage.tallies import deciders_between, patterns_between, tallies, verdicts_between
from storage.tips import Verdict
from tests.storage.conftest import DAY, HOUR, NOW

Filed = Callable[..., str]


def health(database: Database) -> Health:
    return database.read_now(lambda t: queue_health(t, now=NOW))


def end(database: Database, tip: str, *, by: str, verdict: Verdict = Verdict.UNFOUNDED, at: timedelta) -> None:
    def unit(t: Transaction) -> None:
        claims.claim(t, tip, by=by, now=NOW + at)
        verdicts.decide(t, tip, by=by, verdict=verdict, reason=b"r", now=NOW + at)

    database.write_now(unit)


def stamp(database: Database, tip: str, **columns: object) -> None:
    def unit(t: Transaction) -> None:
        row = t.session.get_one(tables.Tip, tip)
        for name, value in columns.items():
            setattr(row, name, value)

    database.write_now(unit)


def test_an_empty_queue_is_well(database: Database) -> None:
    assert health(database) == Health({}, 0, 0, {})


def test_open_tips_are_counted_by_lane_state_and_age(database: Database, filed: Filed) -> None:
    ages = (timedelta(minutes=1), HOUR, 3 * HOUR, 20 * HOUR, 2 * DAY, 5 * DAY, 30 * DAY)
    for age in ages:
        stamp(database, filed(filed_at=NOW - age), lane="ordinary")
    held = filed(filed_at=NOW - 40 * DAY)
    stamp(database, held, lane="danger")
    database.write_now(lambda t: claims.claim(t, held, by="ana", now=NOW))
    end(database, filed(filed_at=NOW - DAY), by="ana", at=timedelta(0))
    found = health(database)
    assert found.open == len(ages) + 1
    # A tip exactly an hour old has left the first band.
    assert found.lanes["ordinary"].ages == (1, 2, 1, 1, 1, 1)
    assert len(found.lanes["ordinary"].ages) == len(AGES) + 1
    assert found.lanes["ordinary"].states == {"new": len(ages)}
    assert found.lanes["ordinary"].oldest_unclaimed == NOW - 30 * DAY
    assert found.lanes["danger"].states == {"claimed": 1}
    assert found.lanes["danger"].oldest_unclaimed is None
    assert found.held == {"ana": 1}


def test_only_open_tips_miss_their_deadline(database: Database, filed: Filed) -> None:
    for due in (NOW - HOUR, NOW, NOW + NEAR, NOW + NEAR + HOUR, None):
        stamp(database, filed(), due_at=due)
    ended = filed(filed_at=NOW - DAY)
    stamp(database, ended, due_at=NOW - HOUR)
    end(database, ended, by="ana", at=timedelta(0))
    found = health(database)
    assert (found.missed, found.near) == (2, 1)


def test_what_came_and_went_is_counted_in_each_stretch_once(database: Database, filed: Filed) -> None:
    edges = [NOW, NOW + DAY, NOW + 2 * DAY]
    first, second = filed(filed_at=NOW), filed(filed_at=NOW + DAY)
    filed(filed_at=NOW + 2 * DAY)
    end(database, first, by="ana", at=DAY - HOUR)
    end(database, second, by="wei", at=DAY)
    counted = database.read_now(lambda t: tallies(t, edges))
    assert [(one.since, one.filed, one.ended) for one in counted] == [(NOW, 1, 1), (NOW + DAY, 1, 1)]
    own = database.read_now(lambda t: tallies(t, edges, by="wei"))
    assert [(one.filed, one.ended) for one in own] == [(0, 0), (0, 1)]


def test_verdicts_and_those_who_gave_them_are_counted(database: Database, filed: Filed) -> None:
    end(database, filed(), by="ana", at=HOUR)
    end(database, filed(), by="wei", verdict=Verdict.CONFIRMED, at=HOUR)
    end(database, filed(), by="wei", verdict=Verdict.CONFIRMED, at=9 * DAY)
    until = NOW + DAY
    assert database.read_now(lambda t: verdicts_between(t, since=NOW, until=until)) == {"unfounded": 1, "confirmed": 1}
    assert database.read_now(lambda t: verdicts_between(t, since=NOW, until=until, by="ana")) == {"unfounded": 1}
    assert database.read_now(lambda t: deciders_between(t, since=NOW, until=until)) == {"ana": 1, "wei": 1}


def test_a_confirmed_pattern_counts_before_the_likeliest(database: Database, filed: Filed) -> None:
    for confirmed in ("fake-loan", None):
        stamp(database, filed(filed_at=NOW), pattern="fake-shopping", confirmed_pattern=confirmed)
    stamp(database, filed(filed_at=NOW), pattern=None)
    found = database.read_now(lambda t: patterns_between(t, since=NOW, until=NOW + DAY))
    assert found == {"fake-loan": 1, "fake-shopping": 1}
