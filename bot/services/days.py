"""A day that staff choose as the end of something."""

from datetime import UTC, date, datetime, time, timedelta

from bot.services.triage_errors import DayMissing


def end_of_day(text: str, *, now: datetime, most_days: int) -> datetime:
    """The end (UTC) of a day written as 2026-11-30, from tomorrow on. Raises DayMissing."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as fault:
        raise DayMissing(most_days) from fault
    if not 1 <= (day - now.astimezone(UTC).date()).days <= most_days:
        raise DayMissing(most_days)
    return datetime.combine(day + timedelta(days=1), time(), UTC)
