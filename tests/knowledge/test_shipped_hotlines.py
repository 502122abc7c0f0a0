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
from knowledge.observables.countries import CUSTOMS

FIRST_TEN = ("CN", "TW", "HK", "MO", "SG", "MY", "GB", "US", "CA", "AU")
ASIA = ("TH", "VN", "PH", "ID", "KH", "MM", "LA", "JP", "KR", "IN", "AE", "TR")
EUROPE = ("IE", "DE", "FR", "IT", "ES", "PT", "NL", "CH")
ADDED = (*ASIA, *EUROPE, "NZ", "ZA", "NG", "BR", "MX")
COUNTRIES = (*FIRST_TEN, *ADDED)

# Where no official line could be confirmed, none stands; whoever confirms one takes the country out here.
WITHOUT_LISTENER = {"VN", "KH", "MM", "LA", "AE", "TR", "NG"}
WITHOUT_CHILDRENS_LINE = {"PH", "KH", "MM", "LA", "AE", "TR", "PT", "NL", "NZ", "NG", "MX"}
WITHOUT_HELP_WITH_MONEY = {"KH", "MM", "LA", "AE", "TR", "IE", "IT", "PT", "CH", "ZA", "NG", "BR", "MX"}

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
    "TH": "66",
    "VN": "84",
    "PH": "63",
    "ID": "62",
    "KH": "855",
    "MM": "95",
    "LA": "856",
    "JP": "81",
    "KR": "82",
    "IN": "91",
    "AE": "971",
    "TR": "90",
    "IE": "353",
    "DE": "49",
    "FR": "33",
    "IT": "39",
    "ES": "34",
    "PT": "351",
    "NL": "31",
    "CH": "41",
    "NZ": "64",
    "ZA": "27",
    "NG": "234",
    "BR": "55",
    "MX": "52",
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
    "TH": (Language.EN, "ระงับบัญชี"),
    "VN": (Language.EN, "phong tỏa"),
    "PH": (Language.EN, "AFASA"),
    "ID": (Language.EN, "blokir rekening"),
    "JP": (Language.EN, "口座凍結"),
    "KR": (Language.EN, "지급정지"),
    "IN": (Language.EN, "transaction ID"),
    "DE": (Language.EN, "Überweisungsrückruf"),
    "FR": (Language.EN, "opposition"),
    "IT": (Language.EN, "bonifico"),
    "ES": (Language.EN, "transferencia"),
    "NL": (Language.EN, "overboeking"),
    "CH": (Language.EN, "Zahlung"),
    "NZ": (Language.EN, "recall"),
    "BR": (Language.EN, "Mecanismo Especial de Devolução"),
    "KH": (Language.EN, "បង្កកគណនី"),
    "MM": (Language.EN, "ယာယီပိတ်"),
    "LA": (Language.EN, "ລະງັບ"),
    "AE": (Language.EN, "استرجاع المبلغ"),
    "TR": (Language.EN, "bloke"),
    "IE": (Language.EN, "recall"),
    "PT": (Language.EN, "cancelamento"),
    "ZA": (Language.EN, "SAPS"),
    "NG": (Language.EN, "Post No Debit"),
    "MX": (Language.EN, "clave de rastreo"),
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


def test_thirty_five_countries_are_served_and_no_other(hotlines: Hotlines) -> None:
    assert len(COUNTRIES) == 35
    assert {line.country for line in hotlines.every} == set(COUNTRIES)


def test_each_country_that_is_served_has_its_clock_and_its_money() -> None:
    assert set(COUNTRIES) == set(CUSTOMS)


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_the_police(hotlines: Hotlines, country: str) -> None:
    assert any(line.kind is Way.CALL and line.takes_reports for line in hotlines.find(country, Situation.POLICE))


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_help_with_money_unless_none_was_found(hotlines: Hotlines, country: str) -> None:
    found = hotlines.find(country, Situation.BANK_RECALL) or hotlines.find(country, Situation.ANTI_FRAUD)
    assert bool(found) == (country not in WITHOUT_HELP_WITH_MONEY)


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_a_childrens_line_unless_none_was_found(hotlines: Hotlines, country: str) -> None:
    found = any(
        line.kind is Way.CALL and Situation.POLICE not in line.situations
        for line in hotlines.find(country, Situation.CHILD)
    )
    assert found == (country not in WITHOUT_CHILDRENS_LINE)


def test_where_there_is_no_listener_no_police_stands_in_their_place(hotlines: Hotlines) -> None:
    assert {country for country in COUNTRIES if not hotlines.find(country, Situation.LIFE)} == WITHOUT_LISTENER


@pytest.mark.parametrize("country", [country for country in COUNTRIES if country not in WITHOUT_LISTENER])
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
        assert date(2026, 1, 1) <= line.checked <= date(2026, 11, 29), line.number


def test_every_number_can_be_dialled(hotlines: Hotlines) -> None:
    for line in hotlines.every:
        if line.kind is not Way.WEB:
            assert re.fullmatch(r"[+#]?\d+(?:[ -]\d+)*", line.number), line.number
            assert 2 <= len(_digits(line.number)) <= 15, line.number


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
    [
        *(("CN", "110"), ("TW", "165"), ("HK", "18222"), ("MO", "993"), ("MY", "997"), ("GB", "159")),
        *(("TH", "1441"), ("IN", "1930"), ("KR", "112")),
    ],
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
        # Where a bank speaks neither Chinese nor English, what to say stands there in its language, then the meaning.
        texts += [ask[language].rpartition("（意思：")[2] for ask in bank_words.values()]
        strangers = {letter for text in texts for letter in text if not letter.encode(characters, "ignore")}
        assert strangers == set()


def test_every_country_has_words_for_the_bank_and_no_other_country(
    bank_words: Mapping[str, Mapping[Language, str]],
) -> None:
    assert set(bank_words) == set(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_has_words_to_say_to_the_bank_in_the_words_of_the_place(
    bank_words: Mapping[str, Mapping[Language, str]], country: str
) -> None:
    language, words = WORDS_OF_THE_PLACE[country]

    assert set(bank_words[country]) == set(Language)
    assert words in bank_words[country][language]


@pytest.mark.parametrize("country", ADDED)
def test_all_three_texts_carry_the_same_words_to_say_or_show(
    bank_words: Mapping[str, Mapping[Language, str]], country: str
) -> None:
    said = {bank_words[country][language].split("（意思：")[0] for language in (Language.ZH_HANS, Language.ZH_HANT)}

    assert len(said) == 1
    # English is what a bank there speaks, or stands in brackets after what it speaks.
    english = bank_words[country][Language.EN]
    assert english.startswith(said.pop()) or english.isascii()


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
        assert date(2026, 1, 1) <= date.fromisoformat(table["checked"]) <= date(2026, 11, 27), table["country"]


# Each was read in two publications or more, on 27 November 2026; some of them quote the same authority.
READ_TWICE = {
    "TH": {"police": "191", "bank-recall": "1441", "life": "1323", "child": "1300", "trafficking": "1300"},
    "VN": {"police": "113", "child": "111", "trafficking": "111"},
    "PH": {"police": "911", "anti-fraud": "1326", "consular": "1348", "trafficking": "911"},
    "ID": {"police": "110", "child": "129", "anti-fraud": "iasc.ojk.go.id"},
    "LA": {"police": "1191"},
    "MM": {"police": "199"},
    "KH": {"police": "117"},
    "JP": {"anti-fraud": "#9110", "life": "0120-279-338"},
    "KR": {"bank-recall": "112", "life": "109", "child": "1388", "consular": "02-3210-0404"},
    "IN": {"bank-recall": "1930", "police": "112", "life": "14416", "child": "1098"},
    "TR": {"trafficking": "157", "police": "112"},
    "IE": {"life": "116 123"},
    "DE": {"anti-fraud": "116 116", "child": "116 111"},
    "FR": {"life": "3114", "child": "119", "police": "17"},
    "IT": {"child": "19696", "life": "02 2327 2327"},
    "ES": {"life": "024", "anti-fraud": "017"},
    "PT": {"life": "1411"},
    "NL": {"life": "113"},
    "CH": {"child": "147", "life": "143", "police": "117"},
    "NZ": {"life": "1737", "anti-fraud": "0508 638 723", "police": "111"},
    "ZA": {"life": "0800 567 567", "trafficking": "0800 222 777", "police": "10111"},
    "NG": {"trafficking": "627", "police": "112"},
    "BR": {"life": "188", "child": "100", "police": "190"},
    "MX": {"life": "800 911 2000", "police": "911"},
}


@pytest.mark.parametrize(
    ("country", "situation", "number"),
    [(country, situation, number) for country, lines in READ_TWICE.items() for situation, number in lines.items()],
)
def test_the_first_line_of_a_situation_is_the_one_read_in_two_publications(
    hotlines: Hotlines, country: str, situation: str, number: str
) -> None:
    assert _first(hotlines, country, Situation(situation)) == number


def test_the_emergency_number_of_the_european_union_is_answered_in_each_of_its_countries(hotlines: Hotlines) -> None:
    for country in ("IE", "DE", "FR", "IT", "ES", "PT", "NL"):
        written = [line.number for line in hotlines.find(country, Situation.POLICE)]
        notes = [line.notes for line in hotlines.every if line.country == country and line.notes]
        written += [note for texts in notes for note in texts.values()]
        assert any(re.search(r"\b112\b", text) for text in written), country


@pytest.mark.parametrize("country", ["KH", "MM", "LA"])
def test_where_compounds_stand_only_the_police_of_the_place_stand_in_the_file(hotlines: Hotlines, country: str) -> None:
    assert [line.situations[0] for line in hotlines.every if line.country == country] == [Situation.POLICE]


def test_who_is_held_in_cambodia_reads_that_the_police_line_speaks_chinese(hotlines: Hotlines) -> None:
    assert "中文" in _line(hotlines, "KH", "117").name[Language.ZH_HANS]
