"""The hours in which staff work: how much of a span lies in them, and when so much of it will have passed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MOST_DAYS = 3660
"""Ten years: no deadline reaches further, whatever holidays are set."""
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """`days`: 0 for Monday to 6. `holidays` are free whatever their day, `extra` are worked whatever theirs. A day's
    hours end on the day they begin."""

    zone: ZoneInfo
    days: frozenset[int]
    opens: time
    closes: time
    holidays: frozenset[date] = field(default_factory=frozenset)
    extra: frozenset[date] = field(default_factory=frozenset)

    def after(self, moment: datetime, span: timedelta) -> datetime:
        """When `span` of working time has passed since `moment`: with none to pass, the moment itself. Ten years on,
        where there is not so much."""
        left, last = span, moment
        if span <= _NONE:
            return moment
        for begins, ends in self._hours(moment):
            last = ends
            here = ends - max(begins, moment)
            if here >= left:
                return max(begins, moment) + left
            left -= max(here, _NONE)
        return last

    def between(self, since: datetime, until: datetime) -> timedelta:
        """How much working time lies between them; none where they are the wrong way round."""
        passed = _NONE
        for begins, ends in self._hours(since):
            if begins >= until:
                break
            passed += max(min(ends, until) - max(begins, since), _NONE)
        return passed

    def is_worked(self, day: date) -> bool:
        return day in self.extra or (day.weekday() in self.days and day not in self.holidays)

    def _hours(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Of each day worked from then on. In UTC, for there spans are as long as they last also when clocks change."""
        first = since.astimezone(self.zone).date()
        for day in (first + timedelta(days=passed) for passed in range(_MOST_DAYS)):
            if self.is_worked(day):
                begins, ends = (datetime.combine(day, at, self.zone) for at in (self.opens, self.closes))
                yield begins.astimezone(UTC), ends.astimezone(UTC)
