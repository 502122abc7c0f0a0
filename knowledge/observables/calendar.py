"""Days, weeks, months and years as people name them: how precise a date is, and which one is meant."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum


class Unit(StrEnum):
    """How precisely a moment is known."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    NOW = "now"  # 刚刚: today, and as near as nothing to the present


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of text that names a time: `at` is local, its first instant at the precision of `unit`.

    `period` is the part of the day that was named with it (昨晚), which a following "8点" needs.
    """

    start: int
    end: int
    at: datetime
    unit: Unit
    checked: bool
    period: str = ""

    @property
    def value(self) -> str:
        """ISO 8601, no more precise than what is known."""
        match self.unit:
            case Unit.YEAR:
                return f"{self.at:%Y}"
            case Unit.MONTH:
                return f"{self.at:%Y-%m}"
            case Unit.WEEK:
                return f"{self.at:%G-W%V}"
            case Unit.DAY | Unit.NOW:
                return f"{self.at:%Y-%m-%d}"
            case Unit.HOUR:
                return f"{self.at:%Y-%m-%dT%H}{_offset(self.at)}"
            case Unit.MINUTE:
                return self.at.isoformat(timespec="minutes")


def midnight(day: date, zone: tzinfo | None) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def monday(day: date, *, weeks: int = 0) -> date:
    """The Monday of the day's week, some weeks on or back."""
    return day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)


def months_from(day: date, months: int) -> date:
    """The first of the month so many months on or back."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def dated(year: int | None, month: int, day: int, today: date) -> tuple[date, bool] | None:
    """The day meant and whether there is but one reading; None for a day that does not exist.

    Without a year it is the last one past, or one within thirty days ahead: a deadline, or a flight.
    """
    for candidate in (year,) if year is not None else (today.year + 1, today.year, today.year - 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year is not None:
            return (found, True) if 1990 <= year <= today.year + 2 else None
        if found <= today + timedelta(days=30):
            return found, today - timedelta(days=180) <= found <= today
    return None


def _offset(at: datetime) -> str:
    return at.isoformat(timespec="minutes")[16:]
