"""Spans of working time, over nights, weekends, holidays and changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.promising import deadlines
from bot.services.working_hours import WorkingHours
from bot.settings import Settings
from storage.ranks import Lane

HOUR = timedelta(hours=1)
SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
WEEK = frozenset(range(5))
HOURS = WorkingHours(
    SHANGHAI,
    WEEK,
    time(9),
    time(18),
    holidays=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
    extra=frozenset({date(2026, 10, 10)}),
)


def at(day: int, hour: int, minute: int = 0, *, zone: ZoneInfo = SHANGHAI, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        (at(7, 10), 2, at(7, 12)),
        (at(7, 17), 2, at(8, 10)),
        (at(7, 20), 1, at(8, 10)),  # asked in the evening
        (at(7, 5), 9, at(7, 18)),  # a whole day ends with it
        (at(9, 17), 2, at(10, 10)),  # a Saturday that makes up for a holiday
        (at(10, 17), 2, at(12, 10)),  # over the Sunday
        (at(30, 17, month=9), 2, at(5, 10)),  # over the holiday and the weekend
        (at(7, 20), 0, at(7, 20)),
    ],
)
def test_working_time_passes_only_in_working_hours(since: datetime, hours: int, until: datetime) -> None:
    assert HOURS.after(since, hours * HOUR) == until
    assert HOURS.between(since, until) == hours * HOUR


def test_an_hour_is_as_long_when_the_clocks_change() -> None:
    every_day = WorkingHours(LONDON, frozenset(range(7)), time(0), time(6))
    # On the 25th, at two, it is one o'clock again: the six hours by the clock are seven.
    since = at(24, 5, zone=LONDON)
    assert every_day.after(since, 8 * HOUR) == at(25, 6, zone=LONDON)
    assert every_day.between(since, at(26, 0, zone=LONDON)) == 8 * HOUR


def test_the_wrong_way_round_is_nothing() -> None:
    assert HOURS.between(at(8, 12), at(7, 12)) == timedelta(0)


def test_where_nobody_ever_works_it_ends_all_the_same() -> None:
    nobody = WorkingHours(SHANGHAI, frozenset(), time(9), time(18))
    assert nobody.after(at(7, 10), HOUR) == at(7, 10)
    assert nobody.between(at(7, 10), at(9, 10)) == timedelta(0)


@given(
    since=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 # given a zone
    minutes=st.integers(0, 60 * 60),
)
def test_after_and_between_undo_each_other(since: datetime, minutes: int) -> None:
    span = timedelta(minutes=minutes)
    assert HOURS.between(since, HOURS.after(since, span)) == span


def test_what_was_set_is_what_counts() -> None:
    made = deadlines(
        Settings(
            working_days="mon,sat",
            working_hours="10:00-12:00",
            working_time_zone="Asia/Taipei",
            holidays=("2026-10-12",),
            extra_working_days=("2026-10-13",),
            ordinary_hours=3,
            day_and_night="insider",
        )
    )
    taipei = ZoneInfo("Asia/Taipei")
    saturday = at(10, 11, zone=taipei)
    assert made.after(Lane.ORDINARY, saturday, made.hours[Lane.ORDINARY]) == at(13, 12, zone=taipei)
    assert made.after(Lane.INSIDER, saturday, HOUR) == saturday + HOUR
    assert made.between(Lane.DANGER, saturday, at(10, 20, zone=taipei)) == HOUR
