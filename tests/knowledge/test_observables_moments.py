"""Dates and times, told or counted back from now, by the reporter's own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.observables import ObservableType
from tests.knowledge.observed import NOW, extractor, observe, of_type, values

MOMENT = ObservableType.MOMENT


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("昨天", "2026-11-22"),
        ("大前天", "2026-11-20"),
        ("前天下午三点", "2026-11-21T15+08:00"),
        ("昨天下午", "2026-11-22"),
        ("昨晚8点", "2026-11-22T20+08:00"),
        ("昨晚12点", "2026-11-23T00+08:00"),
        ("今早10点半", "2026-11-23T10:30+08:00"),
        ("今天 14:05", "2026-11-23T14:05+08:00"),
        ("刚刚", "2026-11-23"),
        ("刚才", "2026-11-23"),
        ("20分钟前", "2026-11-23T20:45+08:00"),
        ("二十分钟前", "2026-11-23T20:45+08:00"),
        ("半小时前", "2026-11-23T20:35+08:00"),
        ("一个半小时前", "2026-11-23T19:35+08:00"),
        ("3小时前", "2026-11-23T18+08:00"),
        ("三天前", "2026-11-20"),
        ("两周前", "2026-W46"),
        ("3个月前", "2026-08"),
        ("2年前", "2024"),
        ("上周三", "2026-11-18"),
        ("上上周五", "2026-11-13"),
        ("这周六", "2026-11-28"),
        ("上周", "2026-W47"),
        ("周三", "2026-11-18"),
        ("星期天晚上九点多", "2026-11-22T21+08:00"),
        ("上个月", "2026-10"),
        ("上个月20号", "2026-10-20"),
        ("去年", "2025"),
        ("去年8月", "2025-08"),
        ("11月20日", "2026-11-20"),
        ("十一月二十号", "2026-11-20"),
        ("12月25日", "2025-12-25"),
        ("12月1日出发", "2026-12-01"),
        ("2025年11月20日", "2025-11-20"),
        ("3/15", "2026-03-15"),
        ("2026-11-20 14:05:33", "2026-11-20T14:05+08:00"),
        ("2026/11/20", "2026-11-20"),
        ("1月8日晚间23时", "2026-01-08T23+08:00"),
        ("20号转的", "2026-11-20"),
        ("明天中午12点", "2026-11-24T12+08:00"),
    ],
)
def test_a_time_is_read_in_simplified_chinese(text: str, value: str) -> None:
    assert values(text, MOMENT, "CN") == [value]


@pytest.mark.parametrize(
    ("text", "country", "value"),
    [
        ("上個月", "TW", "2026-10"),
        ("剛剛", "TW", "2026-11-23"),
        ("二十分鐘前", "TW", "2026-11-23T20:45+08:00"),
        ("上禮拜三", "TW", "2026-11-18"),
        ("民國114年11月20日", "TW", "2025-11-20"),
        ("114年11月20日16時31分", "TW", "2025-11-20T16:31+08:00"),
        ("今(114)年10月28日19時19分許", "TW", "2025-10-28T19:19+08:00"),
        ("11/20日21時03分", "TW", "2026-11-20T21:03+08:00"),
        ("琴日下晝", "HK", "2026-11-22"),
        ("尋晚十點", "HK", "2026-11-22T22+08:00"),
        ("啱啱俾人呃咗", "HK", "2026-11-23"),
    ],
)
def test_a_time_is_read_in_traditional_chinese(text: str, country: str, value: str) -> None:
    assert values(text, MOMENT, country) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yesterday", "2026-11-22"),
        ("the day before yesterday", "2026-11-21"),
        ("at 3pm yesterday", "2026-11-22T15+00:00"),
        ("yesterday at 3:15 pm", "2026-11-22T15:15+00:00"),
        ("last night around 9pm", "2026-11-22T21+00:00"),
        ("just now", "2026-11-23"),
        ("I just sent it", "2026-11-23"),
        ("20 minutes ago", "2026-11-23T12:45+00:00"),
        ("half an hour ago", "2026-11-23T12:35+00:00"),
        ("an hour ago", "2026-11-23T12+00:00"),
        ("two days ago", "2026-11-21"),
        ("three weeks ago", "2026-W45"),
        ("last Wednesday", "2026-11-18"),
        ("last Monday", "2026-11-16"),
        ("on Friday", "2026-11-20"),
        ("last week", "2026-W47"),
        ("last month", "2026-10"),
        ("in October", "2026-10"),
        ("20 Nov", "2026-11-20"),
        ("Nov 20th, 2025", "2025-11-20"),
        ("2:05 pm on 20 November", "2026-11-20T14:05+00:00"),
        ("2026-11-20T14:05", "2026-11-20T14:05+00:00"),
        ("15/3/2026", "2026-03-15"),
    ],
)
def test_a_time_is_read_in_english(text: str, value: str) -> None:
    assert values(text, MOMENT, "GB") == [value]


@pytest.mark.parametrize(
    ("country", "value"),
    [("US", "2026-03-04"), ("CA", "2026-03-04"), ("GB", "2026-04-03"), ("AU", "2026-04-03"), ("SG", "2026-04-03")],
)
def test_a_date_in_figures_is_read_as_the_country_writes_it_but_unchecked(country: str, value: str) -> None:
    (found,) = of_type("it was 3/4", MOMENT, country)
    assert (found.value, found.checked) == (value, False)


def test_a_date_with_two_readings_and_no_country_stays_unread() -> None:
    assert values("it was 3/4", MOMENT, None) == []


@pytest.mark.parametrize(
    ("country", "moment"),
    [
        ("CN", datetime(2026, 11, 22, 6, 5, tzinfo=UTC)),
        ("GB", datetime(2026, 11, 22, 14, 5, tzinfo=UTC)),
        ("US", datetime(2026, 11, 22, 19, 5, tzinfo=UTC)),
        ("AU", datetime(2026, 11, 23, 3, 5, tzinfo=UTC)),
        (None, datetime(2026, 11, 22, 14, 5, tzinfo=UTC)),
    ],
)
def test_a_time_is_told_by_the_clock_of_the_country(country: str | None, moment: datetime) -> None:
    (found,) = of_type("yesterday at 14:05", MOMENT, country)
    assert found.moment == moment


def test_a_date_before_the_clocks_changed_has_the_offset_of_that_day() -> None:
    (found,) = of_type("1 July 2026 at 3pm", MOMENT, "GB")
    assert found.moment == datetime(2026, 7, 1, 14, 0, tzinfo=UTC)


def test_just_now_is_now_and_a_mere_day_is_its_first_instant() -> None:
    just, day = (of_type(text, MOMENT, "CN")[0].moment for text in ("刚转的", "昨天"))
    assert just == NOW
    assert day == datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


def test_a_time_without_a_day_is_its_last_occurrence_and_a_guess() -> None:
    earlier, later = (of_type(text, MOMENT, "CN")[0] for text in ("14:05", "23:30"))
    assert (earlier.value, earlier.checked) == ("2026-11-23T14:05+08:00", False)
    assert (later.value, later.checked) == ("2026-11-22T23:30+08:00", False)


def test_an_ordinary_date_is_checked_and_one_far_back_without_a_year_is_not() -> None:
    assert of_type("11月20日", MOMENT)[0].checked
    assert not of_type("12月25日", MOMENT)[0].checked


@pytest.mark.parametrize(
    "text",
    [
        *(
            "一点问题",
            "有一点",
            "3点建议",
            "一周三次",
            "周一到周五",
            "几天前",
            "前几天",
            "11月20万",
            "13:61",
            "16:9",
            "刚好",
            "金刚",
            "十天内",
        ),
        *("环河南路254巷43之2号", "2月30日", "1/3的人", "早一点睡", "上班"),
    ],
)
def test_what_only_looks_like_a_time_in_chinese_is_none(text: str) -> None:
    assert values(text, MOMENT, "CN") == []


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "1/3 of it",
        "50/50",
        "I may 40",
        "the sun",
        "he sat down",
        "just a scam",
        "3.15",
        "version 1.2.3",
        "31/31",
    ],
)
def test_what_only_looks_like_a_time_in_english_is_none(text: str) -> None:
    assert values(text, MOMENT, "GB") == []


@settings(max_examples=60, deadline=None)
@given(
    hours=st.integers(min_value=0, max_value=24 * 800),
    text=st.sampled_from(["上周三", "11月20日", "2月29日", "31号转的", "上个月31号", "昨晚12点", "3/15"]),
)
def test_on_any_day_of_the_calendar_a_date_is_read_without_failing(hours: int, text: str) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    for found in extractor().extract(text, country="TW", now=now):
        assert found.moment is not None
        assert found.moment <= now + timedelta(days=31)


def test_two_times_in_one_telling_are_two_moments() -> None:
    assert [
        found.value for found in observe("昨天14:05转了一笔，今天上午10点又转了一笔") if found.moment is not None
    ] == [
        "2026-11-22T14:05+08:00",
        "2026-11-23T10+08:00",
    ]
