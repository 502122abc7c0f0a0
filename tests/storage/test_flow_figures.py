"""Facts about how long tips take, on either engine."""

import statistics
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from storage import claims, messages, tips, verdicts
from storage.database import Database, Transaction
from storage.flow_figures import FlowFigures, Spread, Step, flow_figures
from storage.tips import Verdict
from tests.storage.conftest import DAY, HOUR, NOW

Filed = Callable[..., str]
MINUTE = timedelta(minutes=1)


def figures(database: Database, since: datetime = NOW, until: datetime = NOW + 9 * DAY) -> FlowFigures:
    return database.read_now(lambda t: flow_figures(t, since=since, until=until))


def decide(database: Database, tip: str, *, by: str, claimed: timedelta, decided: timedelta) -> None:
    def unit(t: Transaction) -> None:
        claims.claim(t, tip, by=by, now=NOW + claimed)
        verdicts.decide(t, tip, by=by, verdict=Verdict.UNFOUNDED, reason=b"r", now=NOW + decided)

    database.write_now(unit)


def test_nothing_done_gives_no_figures(database: Database, filed: Filed) -> None:
    filed()
    found = figures(database)
    assert (found.overall, found.by_kind, found.by_person) == ({}, {}, {})


@pytest.mark.parametrize("minutes", [[7], [7, 1], [5, 3, 90], [4, 4, 4, 4], [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144]])
def test_median_and_ninetieth_percentile_are_those_of_statistics(
    database: Database, filed: Filed, minutes: list[int]
) -> None:
    for number in minutes:
        decide(database, filed(), by="wei", claimed=MINUTE, decided=(number + 1) * MINUTE)
    found = figures(database).overall[Step.HANDLING]
    assert found.count == len(minutes)
    assert found.median == statistics.median(minutes) * MINUTE
    # The inclusive method is percentile_cont's.
    ninety = statistics.quantiles(minutes, n=10, method="inclusive")[-1] if len(minutes) > 1 else minutes[0]
    assert found.p90 / MINUTE == pytest.approx(ninety, abs=1e-6)


def test_kinds_and_people_are_told_apart(database: Database, filed: Filed) -> None:
    for kind, by, hours in (("check", "wei", 1), ("check", "ana", 3), ("held", "wei", 5)):
        decide(database, filed(kind=kind), by=by, claimed=HOUR / 2, decided=hours * HOUR)
    found = figures(database)
    assert found.by_kind["check"][Step.DECISION] == Spread(2, 2 * HOUR, 2.8 * HOUR)
    assert found.by_kind["held"][Step.CLAIM] == Spread(1, HOUR / 2, HOUR / 2)
    assert found.by_person["wei"] == {
        Step.DECISION: Spread(2, 3 * HOUR, 4.6 * HOUR),
        Step.HANDLING: Spread(2, 2.5 * HOUR, 4.1 * HOUR),
    }
    assert set(found.by_person) == {"wei", "ana"}


def test_a_step_counts_when_it_ended_between_the_two_dates(database: Database, filed: Filed) -> None:
    for hours in (1, 2, 3):
        decide(database, filed(), by="wei", claimed=MINUTE, decided=hours * HOUR)
    within = figures(database, NOW + 2 * HOUR, NOW + 3 * HOUR).overall
    assert within == {
        Step.DECISION: Spread(1, 2 * HOUR, 2 * HOUR),
        Step.HANDLING: Spread(1, 2 * HOUR - MINUTE, 2 * HOUR - MINUTE),
    }


def test_the_first_of_each_counts_whatever_comes_after(database: Database, filed: Filed) -> None:
    tip = filed(receipt=b"r" * 32)

    def unit(t: Transaction) -> None:
        tips.mark_seen(t, tip, now=NOW + 1 * MINUTE)
        for start in (2 * MINUTE, 60 * MINUTE):
            claims.claim(t, tip, by="wei", now=NOW + start)
            asked = messages.ask(t, tip, by="wei", for_reporter=b"q", for_staff=b"q", now=NOW + start + MINUTE)
            messages.add(t, tip, for_staff=b"a", now=NOW + start + 9 * MINUTE, answers=asked)
            claims.release(t, tip, by="wei")

    database.write_now(unit)
    assert {step: spread.median / MINUTE for step, spread in figures(database).overall.items()} == {
        Step.LOOK: 1,
        Step.CLAIM: 2,
        Step.QUESTION: 3,
        Step.REPLY: 8,
    }


def test_what_the_reporter_adds_unasked_is_no_reply(database: Database, filed: Filed) -> None:
    tip = filed(receipt=b"r" * 32)
    database.write_now(lambda t: messages.add(t, tip, for_staff=b"a", now=NOW + HOUR))
    assert Step.REPLY not in figures(database).overall
