"""A day as staff write it, in their own time zone: its beginning, or its end as the end of something."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.services.triage_errors import DayMissing


def begin_of(day: date, zone: tzinfo) -> datetime:
    """Its first moment there, in UTC."""
    # At the ends of what can be written there is no moment before or after.
    day = min(max(day, date(2, 1, 1)), date(9998, 12, 31))
    return datetime.combine(day, time(), zone).astimezone(UTC)


def end_of_day(text: str, *, now: datetime, most_days: int, zone: tzinfo = UTC) -> datetime:
    """The end of a day written as 2026-11-30, from tomorrow on, in UTC. Raises DayMissing."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as fault:
        raise DayMissing(most_days) from fault
    if not 1 <= (day - now.astimezone(zone).date()).days <= most_days:
        raise DayMissing(most_days)
    return begin_of(day + timedelta(days=1), zone)
