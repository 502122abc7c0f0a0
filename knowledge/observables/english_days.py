"""Days in English and in figures: yesterday, last Wednesday, two days ago, 20 Nov 2025, 3/15, 2025-11-20."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from knowledge.observables.calendar import Dated, Unit, dated, midnight, monday, months_from


def english_days(text: str, now: datetime) -> Iterator[Dated]:
    """Days, weeks, months and years named in `text` (small letters); `now` is local."""
    today = now.date()
    for match in _NAMED.finditer(text):
        offset, period = _NAMES[match[0]]
        yield _day(match, now, today + timedelta(days=offset), period=period)
    for match in _JUST.finditer(text):
        yield Dated(*match.span(), now, Unit.NOW, checked=True)
    for match in _AGO.finditer(text):
        yield from _ago(match, now)
    for match in _WEEKDAY.finditer(text):
        day = _WEEKDAYS.index(match["day"][:3])
        back = (today.weekday() - day) % 7
        which = match["which"]
        if which == "next":
            yield _day(match, now, today + timedelta(days=(day - today.weekday() - 1) % 7 + 1), checked=False)
        elif which == "this":
            yield _day(match, now, monday(today) + timedelta(days=day))
        elif len(match["day"]) > 3 or which:
            yield _day(
                match, now, today - timedelta(days=back or (7 if which in {"last", "past"} else 0)), checked=back > 0
            )
    for match in _LAST.finditer(text):
        yield Dated(*match.span(), *_last(match["unit"], now), checked=True)
    for match in _DATE.finditer(text):
        yield from _month_day(match, now)
    for match in _MONTH.finditer(text):
        year = int(match["year"]) if match["year"] else today.year - (_month(match["month"]) > today.month)
        if 1990 <= year <= today.year + 2:
            first = midnight(date(year, _month(match["month"]), 1), now.tzinfo)
            yield Dated(*match.span(), first, Unit.MONTH, checked=bool(match["year"]))


def figure_days(text: str, now: datetime, *, day_first: bool | None) -> Iterator[Dated]:
    """Dates in figures; `day_first` is how the country writes 3/4, None where nobody knows: then it stays unread."""
    for match in _ISO.finditer(text):
        found = dated(int(match["year"]), int(match["month"]), int(match["day"]), now.date())
        if found is not None:
            yield _day(match, now, found[0])
    for match in _SLASHED.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        readings = [(first, second), (second, first)] if day_first is not True else [(second, first), (first, second)]
        likely = [(month, day) for month, day in readings if 1 <= month <= 12 and 1 <= day <= 31]
        if not likely or match[0] == "24/7" or (day_first is None and len(likely) > 1 and first != second):
            continue
        year = int(match["year"]) if match["year"] else None
        if year is not None and year < 100:
            year += 2000
        found = dated(year, *likely[0], now.date())
        if found is not None:
            yield _day(match, now, found[0], checked=found[1] and (len(likely) == 1 or first == second))


def _day(match: re.Match[str], now: datetime, day: date, *, checked: bool = True, period: str = "") -> Dated:
    return Dated(*match.span(), midnight(day, now.tzinfo), Unit.DAY, checked, period)


def _ago(match: re.Match[str], now: datetime) -> Iterator[Dated]:
    word, unit = match["number"], match["unit"].rstrip("s")
    count = 0.5 if word.startswith("half") else float(word) if word.isdecimal() else float(_NUMBERS[word])
    checked = not word.startswith("a couple")
    if unit in {"minute", "min", "hour", "hr"}:
        is_minute = unit.startswith("m") or count < 1
        at = now - timedelta(minutes=count * (1 if unit.startswith("m") else 60))
        at = at.replace(second=0, microsecond=0) if is_minute else at.replace(minute=0, second=0, microsecond=0)
        yield Dated(*match.span(), at, Unit.MINUTE if is_minute else Unit.HOUR, checked)
    elif unit == "day" and count >= 1:
        yield _day(match, now, now.date() - timedelta(days=int(count)), checked=checked)
    elif unit == "week" and count >= 1:
        start = midnight(monday(now.date(), weeks=-int(count)), now.tzinfo)
        yield Dated(*match.span(), start, Unit.WEEK, checked)
    elif unit in {"month", "year"} and 1 <= count * (12 if unit == "year" else 1) <= 1200:
        first = months_from(now.date(), -round(count * 12) if unit == "year" else -int(count))
        is_year = unit == "year" and count >= 1
        at = midnight(first.replace(month=1) if is_year else first, now.tzinfo)
        yield Dated(*match.span(), at, Unit.YEAR if is_year else Unit.MONTH, checked)


def _last(unit: str, now: datetime) -> tuple[datetime, Unit]:
    if unit == "week":
        return midnight(monday(now.date(), weeks=-1), now.tzinfo), Unit.WEEK
    if unit == "month":
        return midnight(months_from(now.date(), -1), now.tzinfo), Unit.MONTH
    return midnight(date(now.year - 1, 1, 1), now.tzinfo), Unit.YEAR


def _month_day(match: re.Match[str], now: datetime) -> Iterator[Dated]:
    year = match["year"] or match["year_after"]
    month = _month(match["month"] or match["month_first"])
    found = dated(int(year) if year else None, month, int(match["day"] or match["day_after"]), now.date())
    if found is not None:
        yield _day(match, now, found[0], checked=found[1])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


_NAMES = {
    "the day before yesterday": (-2, ""), "day before yesterday": (-2, ""), "yesterday": (-1, ""), "today": (0, ""),
    "tomorrow": (1, ""), "tonight": (0, "night"), "last night": (-1, "night"), "this morning": (0, "morning"),
    "this afternoon": (0, "afternoon"), "this evening": (0, "evening"), "yesterday morning": (-1, "morning"),
    "yesterday afternoon": (-1, "afternoon"), "yesterday evening": (-1, "evening"), "earlier today": (0, ""),
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "a couple of": 2, "a couple": 2, "couple of": 2,
}  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WHOLE_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY_NAME = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_NUMERIC = r"(?:3[01]|[12][0-9]|0?[1-9])"

_NAMED = re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(_NAMES, key=lambda name: -len(name)))})(?![a-z])")
_JUST = re.compile(
    r"(?<![a-z])(?:just now|moments? ago|a (?:moment|minute) ago|(?:have |has |i've )?just"
    r"(?= (?:sent|paid|transferred|gave|lost|wired|got|clicked|entered|typed|been|fell|bought|given)))(?![a-z])"
)
_AGO = re.compile(
    rf"(?<![a-z0-9.])(?P<number>[0-9]{{1,3}}|half an?|{'|'.join(sorted(_NUMBERS, key=lambda name: -len(name)))})"
    r"[ -](?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago(?![a-z])"
)
_WEEKDAY = re.compile(rf"(?<![a-z])(?:(?P<which>last|this|next|past|on) )?(?P<day>{_DAY_NAME})(?![a-z'’])")
_LAST = re.compile(r"(?<![a-z])last (?P<unit>week|month|year)(?![a-z])")
_DATE = re.compile(
    rf"(?<![a-z0-9/.-])(?:(?P<day>{_NUMERIC})(?:st|nd|rd|th)?(?: of)?[ -](?P<month>{_MONTH_NAME})\.?"
    r"(?:,?[ -](?P<year>20[0-9]{2}))?"
    rf"|(?P<month_first>{_MONTH_NAME})\.? (?P<day_after>{_NUMERIC})(?:st|nd|rd|th)?"
    r"(?:,? (?P<year_after>20[0-9]{2}))?)(?![a-z0-9:%])"
)
_MONTH = re.compile(
    rf"(?<![a-z])(?:in|since|last|during|early|late|mid) (?P<month>{_WHOLE_MONTH})(?: (?P<year>20[0-9]{{2}}))?"
    r"(?![a-z0-9]| [0-9])"
)
_ISO = re.compile(
    rf"(?<![0-9/.-])(?P<year>20[0-9]{{2}})[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>{_NUMERIC})"
    r"(?![0-9/-])(?=t[0-9]|[^a-z]|$)"
)
_SLASHED = re.compile(
    r"(?<![0-9a-z/.$-])(?P<first>[0-3]?[0-9])/(?P<second>[0-3]?[0-9])(?:/(?P<year>20[0-9]{2}|[0-9]{2}))?"
    r"(?![0-9a-z/%]|\.[0-9]| ?of| ?的)(?:日|号)?"
)
