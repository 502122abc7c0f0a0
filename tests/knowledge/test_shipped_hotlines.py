"""Facts the shipped hotlines must keep: a wrong number costs a person their one call."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib import resources

import pytest

from knowledge.hotlines import Hotline, Hotlines, Situation, Way, shipped_hotlines
from knowledge.language import Language

COUNTRIES = ("CN", "TW", "HK", "MO", "SG", "MY", "GB", "US", "CA", "AU")

DIALLING_CODES = {
    "CN": "86",
    "TW": "886",
    "HK": "852",
    "MO": "853",
    "SG": "65",
    "MY": "60",
    "GB": "44",
    "US": "1",
    "CA": "1",
    "AU": "61",
}

# 110 and 120 are left out: Taiwan's police answer 110 too.
MAINLAND_ONLY = {"96110", "12308", "12338", "12345", "12355", "12356", "12377", "12381"}

# Lines that are reached from abroad by another number than at home.
ANOTHER_NUMBER_ABROAD = {("US", "1-888-407-4747"), ("AU", "1300 555 135"), ("MO", "993")}

WORDS_OF_THE_PLACE = {
    "CN": (Language.ZH_HANS, "紧急止付"),
    "TW": (Language.ZH_HANT, "圈存"),
    "HK": (Language.ZH_HANT, "止付"),
    "MO": (Language.ZH_HANT, "緊急止付"),
    "SG": (Language.EN, "freeze"),
    "MY": (Language.EN, "NSRC"),
    "GB": (Language.EN, "APP scam"),
    "US": (Language.EN, "wire recall"),
    "CA": (Language.EN, "recall"),
    "AU": (Language.EN, "recall"),
}


@pytest.fixture(scope="module")
def hotlines() -> Hotlines:
    return shipped_hotlines()


@pytest.fixture(scope="module")
def bank_words() -> Mapping[str, Mapping[Language, str]]:
    file = resources.files("knowledge") / "hotlines.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))["bank_words"]
    return {table["country"]: {Language(key): text for key, text in table["ask"].items()} for table in tables}


def _line(hotlines: Hotlines, country: str, number: str) -> Hotline:
    [line] = [line for line in hotlines.every if (line.country, line.number) == (country, number)]
    return line


def _first(hotlines: Hotlines, country: str, situation: Situation) -> str:
    return hotlines.find(country, situation)[0].number


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _texts(line: Hotline, language: Language) -> list[str]:
    return [texts[language] for texts in (line.name, line.hours, line.notes) if texts is not None]


def test_the_ten_countries_are_served_and_no_other(hotlines: Hotlines) -> None:
    assert {line.country for line in hotlines.every} == set(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_police_help_with_money_and_children_a_line(hotlines: Hotlines, country: str) -> None:
    assert any(line.kind is Way.CALL for line in hotlines.find(country, Situation.POLICE))
    assert hotlines.find(country, Situation.BANK_RECALL) or hotlines.find(country, Situation.ANTI_FRAUD)
    assert any(
        line.kind is Way.CALL and Situation.POLICE not in line.situations
        for line in hotlines.find(country, Situation.CHILD)
    )


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_life_in_danger_meets_a_listener_first_and_then_the_emergency_services(
    hotlines: Hotlines, country: str
) -> None:
    lines = hotlines.find(country, Situation.LIFE)

    assert Situation.POLICE not in lines[0].situations
    assert Situation.POLICE in lines[-1].situations
    assert all(line.kind is Way.CALL for line in lines)


@pytest.mark.parametrize("country", ["TW", "HK"])
def test_taiwan_and_hong_kong_are_never_given_a_mainland_number_or_word(hotlines: Hotlines, country: str) -> None:
    for line in hotlines.every:
        if line.country == country:
            written = " ".join([line.number, line.from_abroad, *(t for x in Language for t in _texts(line, x))])
            assert not MAINLAND_ONLY & set(re.findall(r"\d+", written)), line.number
            assert not re.search(r"\+86\b", written), line.number
            assert not re.search("公安|紧急止付|緊急止付", written), line.number


def test_every_line_names_its_publisher_and_the_day_it_was_looked_up(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        assert re.match(r"[^:]{2,}: \S", line.source), line.number
        assert date(2026, 1, 1) <= line.checked <= date(2026, 11, 23), line.number


def test_every_number_can_be_dialled(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        if line.kind is not Way.WEB:
            assert re.fullmatch(r"\+?\d+(?:[ -]\d+)*", line.number), line.number
            assert 3 <= len(_digits(line.number)) <= 15, line.number


def test_every_international_number_has_a_country_code_and_a_possible_length(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        if line.from_abroad:
            assert re.fullmatch(r"\+\d{1,3}(?:-\d+)+", line.from_abroad), line.number
            assert 7 <= len(_digits(line.from_abroad)) <= 15, line.number


def test_only_lines_for_nationals_answer_under_another_countrys_code(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        if line.from_abroad and not line.for_nationals_of:
            assert line.from_abroad.startswith(f"+{DIALLING_CODES[line.country]}-"), line.number


def test_the_number_from_abroad_is_the_number_at_home_with_its_code(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        if line.from_abroad and (line.country, line.number) not in ANOTHER_NUMBER_ABROAD:
            assert _digits(line.from_abroad).endswith(_digits(line.number).lstrip("0")), line.number


def test_a_number_stands_once_in_a_country(hotlines: Hotlines) -> None:
    counts = Counter((line.country, line.number.replace(" ", "-")) for line in hotlines.every)

    assert [number for number, count in counts.items() if count > 1] == []


def test_96110_warns_and_is_not_where_a_loss_is_reported(hotlines: Hotlines) -> None:
    line = _line(hotlines, "CN", "96110")

    assert line.warns_only
    assert line.situations == (Situation.ANTI_FRAUD,)
    assert [other.number for other in hotlines.every if other.warns_only] == ["96110"]


def test_chinas_consular_line_is_reached_from_abroad_and_says_which_keys_to_press(hotlines: Hotlines) -> None:
    [line] = hotlines.for_nationals("CN", Situation.CONSULAR)

    assert line.from_abroad == "+86-10-12308"
    assert line.notes is not None
    assert "press 0, then 9" in line.notes[Language.EN]
    assert "按 0 再按 9" in line.notes[Language.ZH_HANS]


@pytest.mark.parametrize(
    ("country", "number"),
    [("CN", "110"), ("TW", "165"), ("HK", "18222"), ("MO", "993"), ("MY", "997"), ("GB", "159")],
)
def test_money_that_left_goes_first_to_who_can_stop_it(hotlines: Hotlines, country: str, number: str) -> None:
    assert _first(hotlines, country, Situation.BANK_RECALL) == number
    assert all(line.freezes_money for line in hotlines.find(country, Situation.BANK_RECALL))


def test_in_singapore_only_ones_own_bank_stops_money(hotlines: Hotlines) -> None:
    assert [line.number for line in hotlines.every if line.country == "SG" and line.freezes_money] == []
    assert hotlines.find("SG", Situation.BANK_RECALL) == ()
    assert hotlines.ask("SG") is not None


def test_the_british_line_that_puts_one_through_to_the_bank_is_for_that_alone(hotlines: Hotlines) -> None:
    assert _line(hotlines, "GB", "159").situations == (Situation.BANK_RECALL,)


def test_a_name_stands_in_brackets_after_its_number_so_it_has_neither(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        for name in line.name.values():
            assert not set("()（）0123456789") & set(name), line.number
            assert len(name) <= 60


@pytest.mark.parametrize(
    ("country", "number"),
    [("CN", "12356"), ("TW", "1925"), ("HK", "18111"), ("GB", "116 123"), ("US", "988"), ("CA", "988")],
)
def test_a_life_in_danger_meets_the_countrys_own_crisis_line_first(
    hotlines: Hotlines, country: str, number: str
) -> None:
    assert _first(hotlines, country, Situation.LIFE) == number


def test_scotland_is_sent_to_101_wherever_report_fraud_is_named(hotlines: Hotlines) -> None:
    for number in ("0300 123 2040", "reportfraud.police.uk"):
        notes = _line(hotlines, "GB", number).notes
        assert notes is not None
        assert all("101" in text for text in notes.values())


def test_americans_are_told_to_ask_their_bank_for_a_recall_and_to_type_the_address(hotlines: Hotlines) -> None:
    notes = _line(hotlines, "US", "www.ic3.gov").notes

    assert notes is not None
    assert "fraud department" in notes[Language.EN]
    assert "recall" in notes[Language.EN]
    assert "by hand" in notes[Language.EN]


def test_a_line_of_a_country_for_its_nationals_stands_under_that_country(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        assert line.for_nationals_of in {"", line.country}, line.number
        assert (line.for_nationals_of != "") == (Situation.CONSULAR in line.situations), line.number


def test_reports_online_are_addresses(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        if Situation.REPORT_ONLINE in line.situations:
            assert line.kind is Way.WEB, line.number


def test_each_chinese_text_is_written_in_its_own_script(
    hotlines: Hotlines, bank_words: Mapping[str, Mapping[Language, str]]
) -> None:
    for language, characters in ((Language.ZH_HANS, "gb2312"), (Language.ZH_HANT, "big5hkscs")):
        texts = [text for line in hotlines.every for text in _texts(line, language)]
        texts += [ask[language] for ask in bank_words.values()]
        strangers = {letter for text in texts for letter in text if not letter.encode(characters, "ignore")}
        assert strangers == set()


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_words_to_say_to_the_bank_in_the_words_of_the_place(
    bank_words: Mapping[str, Mapping[Language, str]], country: str
) -> None:
    language, words = WORDS_OF_THE_PLACE[country]

    assert set(bank_words[country]) == set(Language)
    assert words in bank_words[country][language]


@pytest.mark.parametrize("country", ["GB", "US", "CA", "AU"])
def test_where_the_bank_speaks_english_the_chinese_texts_carry_the_english_to_say(
    bank_words: Mapping[str, Mapping[Language, str]], country: str
) -> None:
    for language in (Language.ZH_HANS, Language.ZH_HANT):
        said, meaning = bank_words[country][language].split("（意思：")
        assert said.isascii()
        assert "recall" in said
        assert meaning.endswith("）")


def test_every_word_to_say_has_a_source_and_a_date() -> None:
    file = resources.files("knowledge") / "hotlines.toml"
    for table in tomllib.loads(file.read_text(encoding="utf-8"))["bank_words"]:
        assert re.match(r"[^:]{2,}: \S", table["source"]), table["country"]
        assert date(2026, 1, 1) <= date.fromisoformat(table["checked"]) <= date(2026, 11, 23), table["country"]
