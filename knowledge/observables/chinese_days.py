"""Days in Chinese: 昨晚, 上周三, 三天前, 去年8月, 11月20日, 民國114年. All patterns read simplified script."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from knowledge.observables.calendar import Dated, Unit, dated, midnight, monday, months_from
from knowledge.observables.numerals import read_chinese


def chinese_days(text: str, now: datetime) -> Iterator[Dated]:
    """Days, weeks, months and years named in `text`; `now` is local."""
    today = now.date()
    for match in _NAMED.finditer(text):
        offset, period = _NAMES[match[0]]
        yield _day(match, now, today + timedelta(days=offset), period=period)
    for match in _JUST.finditer(text):
        yield Dated(*match.span(), now, Unit.NOW, checked=True)
    for match in _AGO.finditer(text):
        found = _ago(match, now)
        if found is not None:
            yield found
    for match in _WEEK.finditer(text):
        start = monday(today, weeks=_WEEKS[match["which"]])
        if match["day"]:
            yield _day(match, now, start + timedelta(days=_WEEKDAYS[match["day"]]))
        else:
            yield Dated(*match.span(), midnight(start, now.tzinfo), Unit.WEEK, checked=True)
    for match in _WEEKDAY.finditer(text):
        back = (today.weekday() - _WEEKDAYS[match["day"]]) % 7
        yield _day(match, now, today - timedelta(days=back), checked=False)
    for match in _MONTH.finditer(text):
        yield from _in_month(match, now, months_from(today, _MONTHS[match["which"]]))
    yield from _calendar_days(text, now)


def _calendar_days(text: str, now: datetime) -> Iterator[Dated]:
    for match in _DATE.finditer(text):
        year = _year(match, now.year)
        month = _number(match["month"])
        if match["day"]:
            found = dated(year, month, _number(match["day"]), now.date())
            if found is not None:
                yield _day(match, now, found[0], checked=found[1])
        elif year is not None and 1 <= month <= 12:
            yield Dated(*match.span(), midnight(date(year, month, 1), now.tzinfo), Unit.MONTH, checked=True)
    for match in _YEAR.finditer(text):
        year = now.year + _YEARS[match[0]] if match[0] in _YEARS else _year(match, now.year)
        if year is not None:
            yield Dated(*match.span(), midnight(date(year, 1, 1), now.tzinfo), Unit.YEAR, checked=True)
    for match in _DAY_ALONE.finditer(text):
        day = int(match["day"])
        for months in (0, -1):
            try:
                found_day = months_from(now.date(), months).replace(day=day)
            except ValueError:
                continue
            if found_day <= now.date():
                yield _day(match, now, found_day, checked=False)
                break


def _day(match: re.Match[str], now: datetime, day: date, *, checked: bool = True, period: str = "") -> Dated:
    return Dated(*match.span(), midnight(day, now.tzinfo), Unit.DAY, checked, period)


def _ago(match: re.Match[str], now: datetime) -> Dated | None:
    unit, half = match["unit"], match["half"] or match["and_half"]
    number = read_chinese(match["number"]) if match["number"] else None
    count = float(number or 0) + (0.5 if half else 0)
    if count > 1000 or count <= 0:
        return None
    checked = not match["more"]
    if unit in {"分钟", "小时", "钟头"}:
        at = now - timedelta(minutes=count * (1 if unit == "分钟" else 60))
        if unit == "分钟" or half:
            return Dated(*match.span(), at.replace(second=0, microsecond=0), Unit.MINUTE, checked)
        return Dated(*match.span(), at.replace(minute=0, second=0, microsecond=0), Unit.HOUR, checked)
    if unit in {"天", "日"}:
        return _day(match, now, now.date() - timedelta(days=int(count)), checked=checked)
    if unit in {"周", "星期", "礼拜"}:
        start = midnight(monday(now.date(), weeks=-int(count)), now.tzinfo)
        return Dated(*match.span(), start, Unit.WEEK, checked)
    months = round(count * 12) if unit == "年" else int(count)
    if months < 1:
        return None
    first = months_from(now.date(), -months)
    if unit == "年" and not half:
        return Dated(*match.span(), midnight(first.replace(month=1), now.tzinfo), Unit.YEAR, checked)
    return Dated(*match.span(), midnight(first, now.tzinfo), Unit.MONTH, checked)


def _in_month(match: re.Match[str], now: datetime, first: date) -> Iterator[Dated]:
    if not match["day"]:
        yield Dated(*match.span(), midnight(first, now.tzinfo), Unit.MONTH, checked=True)
        return
    try:
        yield _day(match, now, first.replace(day=_number(match["day"])))
    except ValueError:
        return


def _year(match: re.Match[str], this_year: int) -> int | None:
    """The year named, by the common era or Taiwan's; None where none was, or an impossible one."""
    if match["year"] is None:
        return None
    if match["year"] in _YEARS:
        return this_year + _YEARS[match["year"]]
    year = int(match["year"])
    if year < 200:
        year += 1911
    elif year < 1000:
        return None
    return year if 1990 <= year <= this_year + 2 else None


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return int(read_chinese(written.replace("廿", "二十")) or 0)


_NAMES = {
    "大前天": (-3, ""), "前天": (-2, ""), "前日": (-2, ""), "前晚": (-2, "晚"), "昨天": (-1, ""), "昨日": (-1, ""),
    "昨晚": (-1, "晚"), "昨夜": (-1, "晚"), "昨早": (-1, "早"), "寻日": (-1, ""), "琴日": (-1, ""), "噚日": (-1, ""),
    "寻晚": (-1, "晚"), "琴晚": (-1, "晚"), "噚晚": (-1, "晚"), "今天": (0, ""), "今日": (0, ""), "今早": (0, "早"),
    "今晨": (0, "早"), "今朝": (0, "早"), "今晚": (0, "晚"), "今儿": (0, ""), "昨儿": (-1, ""), "明天": (1, ""),
    "明日": (1, ""), "听日": (1, ""), "明早": (1, "早"), "明晚": (1, "晚"), "后天": (2, ""), "后日": (2, ""),
}  # fmt: skip
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKS = {"上上": -2, "上上个": -2, "上": -1, "上个": -1, "这": 0, "这个": 0, "本": 0, "下": 1, "下个": 1}
_MONTHS = {"上上个": -2, "上个": -1, "上": -1, "这个": 0, "本": 0, "下个": 1}
_YEARS = {"去年": -1, "前年": -2, "今年": 0, "旧年": -1}

_SMALL = "二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十一?|[一二两三四五六七八九]"
_NAMED = re.compile("|".join(sorted(_NAMES, key=lambda name: -len(name))))
_JUST = re.compile(
    r"刚刚|刚才|方才|啱啱|头先|(?<!不)(?<!金)刚(?=[才被给转汇付打交刷充买点下输填发把跟扫借贷贴存提寄]|[A-Za-z]?完)|啱(?=[俾被转过畀])"
)
_AGO = re.compile(
    r"(?:(?P<half>半)|(?<![0-9.几十百千万])"
    r"(?P<number>[0-9]{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]))(?P<more>多|几|来)?"
    r"(?:个(?P<and_half>半)?)?(?P<more_after>多)?(?P<unit>分钟|小时|钟头|天|日|周|星期|礼拜|月|年)多?之?以?前"
)
_WEEK = re.compile(
    r"(?P<which>上上个|上个|上上|上|这个|这|本|下个|下)(?:周|星期|礼拜)(?:(?P<day>[一二三四五六日天])(?!天后|个))?"
)
_WEEKDAY = re.compile(
    r"(?<![一二两三四五六七八九十0-9每几整上下这本个到至])(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?![次天个到至周岁年一二三四五六七八九十]|之内)"
)
_MONTH = re.compile(rf"(?P<which>上上个|上个|上|这个|本|下个)月(?:(?P<day>[0-9]{{1,2}}|{_SMALL})[日号])?")
_DATE = re.compile(
    rf"(?:(?:民国|公元|西元|今\(|本\(|去\()? ?(?P<year>(?<![0-9])(?:20[0-9]{{2}}|1[01][0-9])(?=\)? ?年)|去年|今年|前年)"
    r"(?:\)? ?年)?的? ?)?"
    rf"(?<![0-9.])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月"
    rf"(?: ?份|(?: ?(?P<day>[12][0-9]|3[01]|0?[1-9]|{_SMALL}) ?(?:日|号(?!码|线|楼)|(?![0-9.,万千百个年]))))?"
)
_YEAR = re.compile(r"去年|前年|旧年|(?<![0-9])(?P<year>20[0-9]{2})年(?!前|后|薪)")
_DAY_ALONE = re.compile(
    r"(?<![0-9A-Za-z月第.之巷弄街路段里村栋座-])(?P<day>[12][0-9]|3[01]|[1-9])号"
    r"(?=[转汇付交打收被下早晚上中凌的那到开认,。 ]|$)"
)
