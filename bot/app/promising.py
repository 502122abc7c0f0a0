"""By when tips should be decided, as it was set."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.deadlines import Deadlines
from bot.services.working_hours import WorkingHours
from bot.setting_kinds import WEEK
from bot.settings import Settings
from storage.ranks import Lane


def deadlines(settings: Settings) -> Deadlines:
    """What was set, which the settings have checked."""
    opens, closes = (time.fromisoformat(part) for part in settings.working_hours.split("-"))
    hours: Mapping[Lane, int] = {
        Lane.DANGER: settings.danger_hours,
        Lane.GOLDEN: settings.golden_hours,
        Lane.INSIDER: settings.insider_hours,
        Lane.ORDINARY: settings.ordinary_hours,
    }
    return Deadlines(
        hours={lane: timedelta(hours=count) for lane, count in hours.items()},
        working=WorkingHours(
            zone=ZoneInfo(settings.working_time_zone),
            days=frozenset(WEEK.index(day.strip()) for day in settings.working_days.split(",")),
            opens=opens,
            closes=closes,
            holidays=frozenset(date.fromisoformat(day) for day in settings.holidays),
            extra=frozenset(date.fromisoformat(day) for day in settings.extra_working_days),
        ),
        day_and_night=frozenset(Lane(lane.strip()) for lane in settings.day_and_night.split(",")),
    )
