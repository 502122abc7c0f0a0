"""Times of day: 14:05, 下午三点半, 3:15 pm."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `minute` is None where only the hour was told; `days` is 1 for midnight at a day's end.

    `is_sure` is false for what may also be no time at all ("3点", three points) unless a day stands beside it.
    """

    start: int
    end: int
    hour: int
    minute: int | None
    days: int
    is_sure: bool


def read_clock(match: re.Match[str], *, period: str = "") -> Clock | None:
    """The time of a match of TIME; `period` is the part of the day named before it, if the match names none."""
    part = match["period"] or match["half"] or period
    minute: int | None
    if match["digital"]:
        hour, is_sure = int(match["hour"]), True
        minute = int(match["minute"])
    elif match["half"]:
        hour, minute, is_sure = int(match["twelve"]), int(match["past"]) if match["past"] else None, True
    elif match["oclock"] == "一" and match["period"] in {None, "早", "晚"} and not match["rest"]:
        return None  # 一点 is "a little", 早一点 "earlier"
    else:
        hour, minute = _number(match["oclock"]), _minute(match["rest"] or "")
        is_sure = bool(part or match["rest"] or match["about"])
    found = _of_day(hour, part)
    if found is None or (match["half"] and hour > 12):
        return None
    return Clock(match.start(), match.end(), found % 24, minute, found // 24, is_sure)


def _of_day(hour: int, part: str) -> int | None:
    """The hour from 0 to 24, given the part of the day; None where they do not fit."""
    if hour > 24:
        return None
    if hour > 12 or not part:
        return hour % 24
    if part in _MORNING:
        return hour % 12
    if part in _NIGHT:
        return hour % 12 + (12 if hour >= 6 else 0) if hour < 12 else 24
    if part in {"中午", "午间"}:
        return hour + 12 if hour <= 3 else hour
    return hour + 12 if hour < 12 else (24 if part in _EVENING else 12)


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS[tens or "一"] * 10 if ten else 0) + _DIGITS[ones]


def _minute(rest: str) -> int | None:
    if rest in {"半", "一刻", "三刻"}:
        return {"半": 30, "一刻": 15, "三刻": 45}[rest]
    if rest in {"", "整", "钟"}:
        return 0 if rest == "整" else None
    return _number(rest.partition("分")[0])


PERIOD = "凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|早间|午间|晚间|夜间|夜里|半夜|深夜|朝早|上昼|下昼|晏昼|夜晚|早|晚"
_MORNING = frozenset({"凌晨", "清晨", "早上", "上午", "朝早", "上昼", "早间", "早", "a", "morning"})
_NIGHT = frozenset({"夜里", "半夜", "深夜"})
_EVENING = frozenset({"晚上", "晚间", "夜间", "夜晚", "晚", "night", "evening"})
_DIGITS = {"": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_HOUR = "[01]?[0-9]|2[0-4]|二?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_REST = (
    "半|一刻|三刻|整|钟|[0-5]?[0-9](?:分(?:[0-5]?[0-9]秒)?|(?![0-9%]))|"
    "[二三四五]?十[一二三四五六七八九]?分?|[零一二三四五六七八九]{1,2}分"
)
TIME = re.compile(
    rf"(?:(?P<period>{PERIOD}) ?)?"
    r"(?:(?<![0-9:.])(?P<twelve>1[0-2]|0?[1-9])(?:[:.](?P<past>[0-5][0-9]))? ?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![0-9:.])(?P<digital>(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::[0-5][0-9])?)(?![0-9:]|\.[0-9])"
    rf"|(?<![0-9.第一二三四五六七八九十有差快]) ?(?P<oclock>{_HOUR})(?:点|时)"
    r"(?!击|进|开|赞|数|卡|心|评|名|子|餐|候|间|代|尚|到|而)"
    rf"(?P<rest>{_REST})?(?P<about>多|左右|许)?)"
)
