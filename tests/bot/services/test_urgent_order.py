"""What a report is worth in the queue when it is filed, and the single words that say why."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.report import Fact, Report
from bot.services.lanes import lane_of
from bot.services.urgency import Reason
from bot.services.urgent_order import URGENT, marks_of, recall_until, urgency
from knowledge.dangers import Danger, Kind
from knowledge.observables import ObservableType
from storage.ranks import Lane

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def report(text: str = "they took it", *facts: Fact, kind: Kind = Kind.CHEATED, gone: bool = True) -> Report:
    return Report(lines=(text,), facts=facts, kind=kind, dangers=(Danger.MONEY_GONE,) if gone else ())


def amount(minor: int, currency: str) -> Fact:
    return Fact(ObservableType.AMOUNT, "x", "x", minor=minor, currency=currency)


def at(moment: datetime) -> Fact:
    return Fact(ObservableType.MOMENT, "x", "x", moment=moment.isoformat())


def test_how_long_a_recall_can_be_tried_counts_from_when_the_money_left_to_the_full_hour() -> None:
    left = NOW - timedelta(hours=18, minutes=10)
    assert recall_until(report("a", at(left)), NOW) == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert recall_until(report("a", at(left), at(NOW + HOUR)), NOW) == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert recall_until(report(), NOW) == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert recall_until(report(gone=False), NOW) is None


def test_money_that_can_be_called_back_is_urgent_and_money_that_cannot_is_less_so() -> None:
    fresh, stale = report(), report("a", at(NOW - timedelta(days=4)))
    assert urgency(fresh, (), NOW) >= URGENT > urgency(stale, (), NOW)
    assert lane_of("cheated", fresh.dangers, recall_until(fresh, NOW), NOW) is Lane.GOLDEN
    assert lane_of("cheated", stale.dangers, recall_until(stale, NOW), NOW) is Lane.ORDINARY


@pytest.mark.parametrize(
    ("kind", "dangers", "lane"),
    [
        ("check", (), Lane.ORDINARY),
        ("insider", (), Lane.INSIDER),
        ("insider", ("life",), Lane.DANGER),
        ("held", (), Lane.DANGER),
        ("cheated", ("minor", "money-gone"), Lane.DANGER),
        ("mule", ("mule",), Lane.ORDINARY),
    ],
)
def test_a_person_in_danger_comes_before_money_and_money_before_the_rest(
    kind: str, dangers: tuple[str, ...], lane: Lane
) -> None:
    assert lane_of(kind, dangers, NOW + HOUR if "money-gone" in dangers else None, NOW) is lane


@pytest.mark.parametrize(
    ("minor", "currency", "large"),
    [
        (48_000_00, "CNY", False),
        (80_000_00, "CNY", True),
        (9_999_00, "USD", False),
        (10_000_00, "USD", True),
        (900_000, "JPY", False),
        (2_000_000, "JPY", True),
        (90_000_00, "XXX", False),
    ],
)
def test_a_large_sum_is_large_in_its_currency(minor: int, currency: str, *, large: bool) -> None:
    assert (Reason.LARGE_SUM in marks_of(report("a", amount(minor, currency)))) is large


def test_who_needs_more_protection_is_a_little_more_urgent() -> None:
    told = report("my mother is 80 years old")
    assert marks_of(told) == (Reason.VULNERABLE,)
    assert urgency(told, marks_of(told), NOW) > urgency(told, (), NOW)
