"""Charts as SVG, drawn for the width of a phone: bars, days, and how long things take. Each can be read without colour,
and is beside a table that says the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

_WIDTH = 360
_ROW = 38
_LONGEST_LABEL = 44
_SCALE = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=2),
    timedelta(days=14),
)
"""Where the axis of times has its lines: from a minute to two weeks, or the short ones could not be told apart."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: what it is, how long its bar, and what is written at its end. `second`, where there is one, is a mark on
    the same scale."""

    label: str
    value: int
    shown: str
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A day: its label, the bar's height and the line's."""

    label: str
    bar: int
    line: int


@dataclass(frozen=True, slots=True)
class Span:
    """A row of times: a full dot at the median, an open ring at the ninetieth percentile, a line between."""

    label: str
    median: timedelta
    p90: timedelta
    shown: str


def bars(name: str, title: str, description: str, rows: Sequence[Bar]) -> Markup:
    """Lying bars, each under its label. `name` is the chart's own on its page."""
    most = max((max(row.value, row.second or 0) for row in rows), default=0) or 1
    drawn = Markup("").join(_bar(place, row, most) for place, row in enumerate(rows))
    return _drawing(name, title, description, drawn, len(rows) * _ROW)


def columns(name: str, title: str, description: str, days: Sequence[Column]) -> Markup:
    """Standing bars for what came, a line with dots for what went; a label at the first, the middle and the last."""
    height, foot, most = 150, 24, max((max(day.bar, day.line) for day in days), default=0) or 1
    step = (_WIDTH - 30) / max(len(days), 1)
    thick = max(step * 0.72, 1.5)

    def at(value: int) -> float:
        return 8 + (height - 8) * (1 - value / most)

    centres = [30 + step * (place + 0.5) for place in range(len(days))]
    parts = [
        Markup('<line class="axis" x1="30" x2="360" y1="{0}" y2="{0}"/>').format(_short(at(value)))
        for value in sorted({0, most // 2, most})
    ]
    parts += [
        Markup('<text class="small" x="26" y="{}" text-anchor="end">{}</text>').format(_short(at(value) + 4), value)
        for value in sorted({0, most // 2, most})
    ]
    for centre, day in zip(centres, days, strict=True):
        parts.append(
            Markup('<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>').format(
                _short(centre - thick / 2), _short(at(day.bar)), _short(thick), _short(at(0) - at(day.bar))
            )
        )
    way = " ".join(f"{_short(centre)},{_short(at(day.line))}" for centre, day in zip(centres, days, strict=True))
    parts.append(Markup('<polyline class="line" points="{}"/>').format(way))
    if len(days) <= 31:
        parts += [
            Markup('<circle class="dot" cx="{}" cy="{}" r="2.6"/>').format(_short(centre), _short(at(day.line)))
            for centre, day in zip(centres, days, strict=True)
        ]
    marks = dict.fromkeys((0, len(days) // 2, len(days) - 1)) if days else {}
    for place in marks:
        anchor = "start" if place == 0 and len(days) > 1 else "end" if place == len(days) - 1 else "middle"
        edge = centres[place] + {"start": -thick / 2, "end": thick / 2, "middle": 0}[anchor]
        parts.append(
            Markup('<text class="small" x="{}" y="{}" text-anchor="{}">{}</text>').format(
                _short(edge), height + 18, anchor, days[place].label
            )
        )
    return _drawing(name, title, description, Markup("").join(parts), height + foot)


def spans(name: str, title: str, description: str, rows: Sequence[Span], ticks: Sequence[str]) -> Markup:
    """Times on an axis from a minute to two weeks. `ticks` are the axis's words, one for each of its lines."""
    foot = len(rows) * (_ROW + 4)
    parts = []
    for moment, word in zip(_SCALE, ticks, strict=True):
        x = _on_axis(moment)
        parts.append(Markup('<line class="axis" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(_short(x), foot))
        anchor = "start" if moment == _SCALE[0] else "end" if moment == _SCALE[-1] else "middle"
        parts.append(
            Markup('<text class="small" x="{}" y="{}" text-anchor="{}">{}</text>').format(
                _short(x), foot + 16, anchor, word
            )
        )
    parts += [_span(place, row) for place, row in enumerate(rows)]
    return _drawing(name, title, description, Markup("").join(parts), foot + 22)


TICKS = _SCALE


def _bar(place: int, row: Bar, most: int) -> Markup:
    top = place * _ROW
    width = (_WIDTH - 60) * row.value / most
    second = Markup("")
    if row.second:
        x = _short((_WIDTH - 60) * row.second / most)
        second = Markup('<path class="before" d="M{} {}v18"/>').format(x, top + 17)
    return Markup(
        '<text x="0" y="{}">{}</text><rect class="bar" x="0" y="{}" width="{}" height="12" rx="2"/>{}'
        '<text class="value" x="{}" y="{}">{}</text>'
    ).format(
        top + 13,
        _cut(row.label),
        top + 20,
        _short(max(width, 1.5 if row.value else 0)),
        second,
        _short(max(width, (_WIDTH - 60) * (row.second or 0) / most) + 7),
        top + 31,
        row.shown,
    )


def _span(place: int, row: Span) -> Markup:
    top = place * (_ROW + 4)
    begin, end = _on_axis(row.median), _on_axis(row.p90)
    return Markup(
        '<text x="0" y="{0}">{1}</text><text class="value" x="360" y="{0}" text-anchor="end">{2}</text>'
        '<line class="reach" x1="{3}" x2="{4}" y1="{5}" y2="{5}"/><circle class="full" cx="{3}" cy="{5}" r="5"/>'
        '<circle class="ring" cx="{4}" cy="{5}" r="5"/>'
    ).format(top + 13, _cut(row.label, 26), row.shown, _short(begin), _short(end), top + 26)


def _on_axis(took: timedelta) -> float:
    """Equal steps for equal factors."""
    low, high = math.log(_SCALE[0].total_seconds()), math.log(_SCALE[-1].total_seconds())
    place = (math.log(max(took.total_seconds(), 1)) - low) / (high - low)
    return 6 + (_WIDTH - 12) * min(max(place, 0), 1)


def _drawing(name: str, title: str, description: str, drawn: Markup, height: float) -> Markup:
    return Markup(
        '<svg class="drawing" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-description">'
        '<title id="{}-title">{}</title><desc id="{}-description">{}</desc>{}</svg>'
    ).format(_WIDTH, math.ceil(height), name, name, name, title, name, description, drawn)


def _cut(label: str, most: int = _LONGEST_LABEL) -> str:
    """A wide letter counts for two, as it is set."""
    width = 0
    for place, letter in enumerate(label):
        width += 2 if ord(letter) > 0x2E7F else 1
        if width > most:
            return label[:place].rstrip() + "…"
    return label


def _short(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
