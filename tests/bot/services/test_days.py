"""A day is the staff's own: it begins where they are."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from bot.services.days import begin_of, end_of_day
from bot.services.seeking import Fields, understand
from bot.services.triage_errors import DayMissing
from knowledge.observables import Extractor

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 28, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "begin"),
    [
        (UTC, datetime(2026, 3, 30, tzinfo=UTC)),
        (SHANGHAI, datetime(2026, 3, 29, 16, tzinfo=UTC)),
        # Since the day before they have summer time.
        (LONDON, datetime(2026, 3, 29, 23, tzinfo=UTC)),
    ],
)
def test_it_begins_where_they_are(zone: tzinfo, begin: datetime) -> None:
    assert begin_of(date(2026, 3, 30), zone) == begin
    assert end_of_day("2026-03-29", now=NOW.replace(day=27), most_days=9, zone=zone) == begin


def test_tomorrow_is_tomorrow_there() -> None:
    # It is the 29th in Shanghai already.
    with pytest.raises(DayMissing):
        end_of_day("2026-03-29", now=NOW, most_days=9, zone=SHANGHAI)
    assert end_of_day("2026-03-29", now=NOW, most_days=9, zone=LONDON)


@pytest.mark.parametrize("day", [date.min, date.max, date(9999, 12, 30)])
@pytest.mark.parametrize("zone", [UTC, SHANGHAI, ZoneInfo("America/New_York")])
def test_the_ends_of_the_calendar_are_days_too(day: date, zone: tzinfo) -> None:
    assert begin_of(day, zone).tzinfo is UTC


def test_a_search_of_a_day_is_from_midnight_to_midnight_there() -> None:
    sought = Fields(day_from="2026-03-29", day_to="2026-03-29")
    found = understand(sought, Extractor.shipped(), NOW, LONDON)
    assert found.since == datetime(2026, 3, 29, tzinfo=UTC)
    assert found.until == datetime(2026, 3, 29, 23, tzinfo=UTC)
