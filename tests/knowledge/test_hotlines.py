"""Whom to call: right numbers or none."""

from pathlib import Path

import pytest

from knowledge.errors import HotlinesError
from knowledge.hotlines import Hotlines, Situation, Way, load_hotlines

_POLICE = """
[[hotline]]
country = "SG"
number = "999"
name = {en = "Police", zh-Hans = "警察", zh-Hant = "警察"}
situations = ["police"]
hours = {en = "24 hours", zh-Hans = "24 小时", zh-Hant = "24 小時"}
from_abroad = ""
for_nationals_of = ""
freezes_money = false
takes_reports = true
warns_only = false
kind = "call"
source = "a publisher: a title"
checked = "2026-11-23"
"""
_SECOND = _POLICE.replace('"999"', '"1799"').replace('from_abroad = ""', 'from_abroad = "+65 6000 1799"')
_CONSULAR = _POLICE.replace('"999"', '"12308"').replace('for_nationals_of = ""', 'for_nationals_of = "CN"')


def _load(directory: Path, text: str) -> Hotlines:
    path = directory / "hotlines.toml"
    path.write_text(text, encoding="utf-8")
    return load_hotlines(path)


def _faults(directory: Path, text: str) -> list[str]:
    with pytest.raises(HotlinesError) as caught:
        _load(directory, text)
    return [str(fault) for fault in caught.value.faults]


def test_the_first_in_the_file_is_the_first_to_call(tmp_path: Path) -> None:
    hotlines = _load(tmp_path, _SECOND + _POLICE)

    assert [hotline.number for hotline in hotlines.find("SG", Situation.POLICE)] == ["1799", "999"]


def test_an_unknown_country_gets_no_number(tmp_path: Path) -> None:
    hotlines = _load(tmp_path, _POLICE)

    assert hotlines.find("ZZ", Situation.POLICE) == ()
    assert hotlines.find(None, Situation.POLICE) == ()
    assert hotlines.find("SG", Situation.LIFE) == ()


def test_a_line_for_another_countrys_nationals_is_given_to_them_alone(tmp_path: Path) -> None:
    hotlines = _load(tmp_path, _POLICE + _CONSULAR)

    assert [hotline.number for hotline in hotlines.find("SG", Situation.POLICE)] == ["999"]
    assert [hotline.number for hotline in hotlines.for_nationals("CN", Situation.POLICE)] == ["12308"]


def test_only_what_can_be_dialled_from_abroad_is_given_abroad(tmp_path: Path) -> None:
    hotlines = _load(tmp_path, _POLICE + _SECOND)

    assert [hotline.from_abroad for hotline in hotlines.from_abroad("SG", Situation.POLICE)] == ["+65 6000 1799"]


def test_an_address_to_type_stands_without_its_scheme(tmp_path: Path) -> None:
    web = _POLICE.replace('"999"', '"www.police.gov.sg"').replace('kind = "call"', 'kind = "web"')

    assert _load(tmp_path, web).every[0].kind is Way.WEB
    assert _faults(tmp_path, web.replace("www.police", "https://www.police")) == [
        'hotlines.toml: hotline[0].number: "https://www.police.gov.sg" cannot be dialled or typed; '
        "write the bare number or address"
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('country = "SG"', 'country = "Singapore"', "country"),
        ('"999"', '"nine nine nine"', "number"),
        ('from_abroad = ""', 'from_abroad = "0065 999"', "from_abroad"),
        ('checked = "2026-11-23"', 'checked = "lately"', "checked"),
        ('situations = ["police"]', 'situations = ["polite"]', "situations[0]"),
        ("warns_only = false", "warns_only = true", "warns_only"),
        ("takes_reports = true", 'takes_reports = "yes"', "takes_reports"),
        ('kind = "call"', "", "kind"),
        ('source = "a publisher: a title"', 'source = " "', "source"),
    ],
)
def test_a_damaged_line_is_named_with_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in _POLICE

    (fault,) = _faults(tmp_path, _POLICE.replace(old, new))

    assert fault.startswith(f"hotlines.toml: hotline[0].{key}: ")
