"""Dates and times, told or counted back from now: days and times of day joined into moments."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.observables.calendar import Dated, Unit, midnight
from knowledge.observables.chinese_days import chinese_days
from knowledge.observables.clock import PERIOD, TIME, Clock, read_clock
from knowledge.observables.countries import CUSTOMS, zone_of
from knowledge.observables.english_days import english_days, figure_days
from knowledge.observables.finding import Find, Rank
from knowledge.observables.observable import ObservableType
from knowledge.observables.plain import Plain


def find_moments(plain: Plain, country: str | None, now: datetime) -> Iterator[Find]:
    """Moments relative to `now` (aware), by the clock of `country`; the longest reading of a stretch wins."""
    text, local = plain.folded, now.astimezone(zone_of(country))
    days = [
        *chinese_days(text, local),
        *english_days(text, local),
        *figure_days(text, local, day_first=_day_first(text, country)),
    ]
    clocks = [clock for match in TIME.finditer(text) if (clock := read_clock(match)) is not None]
    ends = {clock.end: clock for clock in clocks}
    for day in days:
        yield _find(_with_period(day, text), text)
        if day.unit is Unit.DAY:
            joined = _with_time_after(day, text) or _with_time_before(day, text, ends)
            if joined is not None:
                yield _find(joined, text)
    for clock in clocks:
        if clock.is_sure:
            yield _find(_on_latest_day(clock, local), text)


def _find(found: Dated, text: str) -> Find:
    start = found.start + len(text[found.start : found.end]) - len(text[found.start : found.end].lstrip())
    moment = found.at.astimezone(UTC)
    return Find(ObservableType.MOMENT, found.value, start, found.end, Rank.MOMENT, found.checked, moment=moment)


def _day_first(text: str, country: str | None) -> bool | None:
    """How 3/4 is read here. Chinese puts the month first wherever it is written."""
    if re.search("[\u4e00-\u9fff]", text):
        return False
    customs = CUSTOMS.get(country or "")
    return customs.day_first if customs else None


def _with_period(day: Dated, text: str) -> Dated:
    """The day with the part of it that was named, which tells no hour: 昨天下午."""
    match = _PERIOD.match(text, day.end) if day.unit is Unit.DAY else None
    return replace(day, end=match.end()) if match else day


def _with_time_after(day: Dated, text: str) -> Dated | None:
    gap = _GAP.match(text, day.end)
    match = TIME.match(text, gap.end() if gap else day.end)
    clock = read_clock(match, period=day.period) if match else None
    return _joined(day, clock, day.start, clock.end) if clock else None


def _with_time_before(day: Dated, text: str, ends: dict[int, Clock]) -> Dated | None:
    gap = _GAP_BEFORE.search(text, max(0, day.start - 6), day.start)
    clock = ends.get(gap.start()) if gap else None
    return _joined(day, clock, clock.start, day.end) if clock else None


def _joined(day: Dated, clock: Clock, start: int, end: int) -> Dated:
    at = midnight(day.at.date() + timedelta(days=clock.days), day.at.tzinfo).replace(
        hour=clock.hour, minute=clock.minute or 0
    )
    return Dated(start, end, at, Unit.HOUR if clock.minute is None else Unit.MINUTE, day.checked)


def _on_latest_day(clock: Clock, now: datetime) -> Dated:
    """A time without a day: the last time the clock showed it, which is a guess."""
    today = Dated(clock.start, clock.end, midnight(now.date(), now.tzinfo), Unit.DAY, checked=False)
    joined = _joined(today, clock, clock.start, clock.end)
    return joined if joined.at <= now else replace(joined, at=joined.at - timedelta(days=1))


_PERIOD = re.compile(rf" ?的?(?:{PERIOD})(?!餐|安|饭|点|期)")
_GAP = re.compile(
    r"(?: ?(?:,|的|在|大约|约|大概|差不多|at|around|about|@|t(?=[0-9])) ?| )(?:(?:at|around|about|大约|约) ?)?"
)
_GAP_BEFORE = re.compile(r"(?:,? on |,? )$")
