"""Every number and address that a pattern shows is one that its publisher was seen to publish."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from knowledge.hotlines import Hotline, Situation, shipped_hotlines
from knowledge.language import Language
from knowledge.shipped import PACKAGE

_PATTERNS = sorted((PACKAGE / "patterns").glob("*.toml"), key=lambda path: path.name)

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "zh-Hant-HK")
# Where the words of a text are from; English is read in many countries and names the one it means.
COUNTRY = {"zh-Hans": "CN", "zh-Hant": "TW", "zh-Hant-HK": "HK"}
NAMED = {"GB": r"\bUK\b", "US": r"\bUS\b", "IN": r"\bIndia\b", "CN": r"\bChina\b|\bmainland\b"}

# What hotlines.toml has no place for: it lists lines for people who were defrauded, these answer other questions.
# Each with its publisher and where it was read on 27 November 2026.
CONFIRMED = {
    ("zh-Hans", "12123"): "公安机关交通管理部门: “交管12123”App 查违章 (珠海公安, falvhao.com/627708.html)",
    ("zh-Hans", "12315"): "市场监管部门: 五线合一后的12315投诉举报热线 (trklw.com)",
    ("zh-Hans", "12321"): "12321网络不良与垃圾信息举报受理中心: 投诉注意事项 (12321.cn, copy of its guide)",
    ("zh-Hans", "12367"): "国家移民管理局: 12367服务平台, 7×24小时 (新华社 2021-04-08; 央视网 2024-04)",
    ("zh-Hans", "12368"): "人民法院: 诉讼服务热线12368核实真伪 (hshmqfy.nmgfy.gov.cn, 2022-07-12)",
    ("zh-Hans", "12386"): "中国证监会: 12386服务平台公告〔2022〕45号, 八大投诉“直通车” (2025-08)",
    ("zh-Hans", "12393"): "国家医疗保障局: 12393医保服务热线 (jiusongjiankang.com, two pages)",
    ("zh-Hans", "95598"): "国家电网山西电力: 异常电话或信息可拨打95598核实 (2022-05-27)",
    ("zh-Hans", "facebook.com/hacked"): "Meta: recovery of a hacked account (Website Compass; primegatedigital.com)",
    ("zh-Hant", "facebook.com/hacked"): "Meta: recovery of a hacked account (Website Compass; primegatedigital.com)",
    ("zh-Hant", "111"): "臺北自來水事業處: government short code 111 (english.water.gov.taipei)",
    ("zh-Hant", "1910"): "台灣自來水公司: 客服專線1910 (經濟部 2019-07-08; kses.tyc.edu.tw)",
    ("zh-Hant", "1911"): "台灣電力公司: 1911通報與客服 (中央社 2015-08-22)",
    ("zh-Hant", "1950"): "行政院消費者保護會: 全國消費者服務專線1950 (新竹縣消保官, 中華日報)",
    ("zh-Hant", "1957"): "衛生福利部: 1957福利諮詢專線, 每日8時至22時 (聯合報 2026-02-11)",
    ("zh-Hant", "gov.tw"): "財政部: 官網網址結尾是.gov.tw (nownews.com 2026-02-11)",
    ("zh-Hant-HK", "1823"): "數字政策辦公室: 1823, round the clock (1823.gov.hk/en/about-us)",
    ("zh-Hant-HK", "gov.hk"): "香港特別行政區政府: ending of its addresses (info.gov.hk, 1823.gov.hk)",
    ("zh-Hant-HK", "hketoll.gov.hk"): "Transport Department: official HKeToll site (info.gov.hk, 2023-08-23)",
    ("en", "*401"): "Department of Telecommunications, India: never dial *401# for a caller (2024-01-11)",
    ("en", "60599"): "HM Revenue & Customs: Identify tax scam phone calls, emails and text messages (gov.uk)",
    ("en", "StopNCII.org"): "SWGfL: Revenge Porn Helpline and StopNCII.org (swgfl.org.uk, stopncii.org)",
    ("en", "facebook.com/hacked"): "Meta: recovery of a hacked account (Website Compass; primegatedigital.com)",
    ("en", "identitytheft.gov"): "Federal Trade Commission: IdentityTheft.gov",
}

# A sum is no number to call: with its currency before it, its thousands in commas, its fractions after a point.
_SUM = re.compile(r"[$£€₹]\s?\d[\d,.]*|\d{1,3}(?:,\d{3})+|\d+\.\d+%?")
_NUMBER = re.compile(r"[+*#]*\d+(?:[- ]\d+)*")
_ADDRESS = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:/[A-Za-z0-9_-]+)*")


def shown(pattern: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What people read of a pattern, each text with the key of its language."""
    tables = [pattern["name"], pattern["gist"], pattern["next"], *pattern["advice"].values()]
    tables += [flag["name"] for flag in pattern["red_flags"]] + pattern["stages"] + pattern["questions"]
    for table in tables:
        yield from ((key, table[key]) for key in LANGUAGES if key in table)


def to_call(text: str) -> list[str]:
    """The numbers of three digits or more and the web addresses in `text`."""
    rest = _SUM.sub(" ", text)
    addresses = _ADDRESS.findall(rest)
    numbers = _NUMBER.findall(_ADDRESS.sub(" ", rest))
    return addresses + [number for number in numbers if sum(map(str.isdigit, number)) >= 3]


def _plain(number: str) -> str:
    return number.replace(" ", "-").removeprefix("www.").lower()


def _lines(key: str, number: str) -> list[Hotline]:
    """The shipped lines that `number` is, among those of the place whose words are `key`."""
    return [
        line
        for line in shipped_hotlines().every
        if line.country == COUNTRY.get(key, line.country)
        if _plain(number) in {_plain(line.number), _plain(line.from_abroad)}
        or (line.notes and number in to_call(line.notes[Language(key[:7])]))
    ]


@pytest.mark.parametrize("path", _PATTERNS, ids=lambda path: path.stem)
def test_every_number_and_address_shown_is_confirmed(path: Any) -> None:
    for key, text in shown(tomllib.loads(path.read_text(encoding="utf-8"))):
        for number in to_call(text):
            assert (key, number) in CONFIRMED or _lines(key, number), f"{number} in {text}"


@pytest.mark.parametrize("path", _PATTERNS, ids=lambda path: path.stem)
def test_english_names_the_country_of_a_line_that_is_not_the_police(path: Any) -> None:
    for key, text in shown(tomllib.loads(path.read_text(encoding="utf-8"))):
        for number in to_call(text) if key == "en" else ():
            lines = _lines(key, number)
            if lines and not any(Situation.POLICE in line.situations for line in lines):
                assert any(re.search(NAMED.get(line.country, "$^"), text) for line in lines), f"{number} in {text}"


def test_nothing_is_confirmed_that_no_pattern_shows() -> None:
    patterns = [tomllib.loads(path.read_text(encoding="utf-8")) for path in _PATTERNS]
    used = {(key, number) for pattern in patterns for key, text in shown(pattern) for number in to_call(text)}

    assert set(CONFIRMED) - used == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 1-800-843-5678 or 0800 1111, or see StopNCII.org.", ["StopNCII.org", "1-800-843-5678", "0800 1111"]),
        ("自己輸入facebook.com/hacked申請，打110、165", ["facebook.com/hacked", "110", "165"]),
        ("An invoice for $200 to £1,900, with 0.8 BTC and 12 orders in 24 hours", []),
        ("結尾是.gov.tw，國外+886-800-085-095", ["gov.tw", "+886-800-085-095"]),
    ],
)
def test_what_counts_as_a_number_to_call(text: str, found: list[str]) -> None:
    assert to_call(text) == found
