"""The Chinese the bot speaks: whole, with the same slots, in the words of each place, and short enough for a phone."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from opencc import OpenCC

from bot.conversation.buttons import LABELS, PLACES
from bot.conversation.phrases import NOT_THAT, UNKNOWN, VERDICT_UNFOUNDED
from bot.locales import DOMAIN
from bot.locales.sources import extract, po_file

ROOT = Path(__file__).parents[2]
WHOLE = ("zh_Hans", "zh_Hant")
LOCALES = (*WHOLE, "zh_Hant_HK")
# Right in Traditional as well; the converter prefers a rarer form.
BOTH_SCRIPTS = frozenset("台群吃")
# The same things as they are called elsewhere.
MAINLAND_WORDS = (
    "公安",
    "96110",
    "短信",
    "屏幕",
    "賬",
    "網絡",
    "信息",
    "軟件",
    "視頻",
    "鏈接",
    "銀行卡",
    "打印",
    "默認",
)
OUTSIDE_TAIWAN = ("匯款", "簡訊", "戶頭")
NOT_SAFE = (NOT_THAT, UNKNOWN, VERDICT_UNFOUNDED)
LONGEST_LABEL = 12


def read(locale: str) -> dict[str, Message]:
    with po_file(ROOT, locale, DOMAIN).open("rb") as file:
        return {str(message.id): message for message in read_po(file, abort_invalid=True) if message.id}


def spoken(locale: str) -> Iterator[tuple[str, str]]:
    for english, message in read(locale).items():
        yield english, str(message.string)


def width(text: str) -> float:
    """In Chinese characters; a Latin letter takes half the room of one."""
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def slots(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


@pytest.mark.parametrize("locale", WHOLE)
def test_every_sentence_is_translated(locale: str) -> None:
    said = {str(message.id) for message in extract(ROOT, DOMAIN) if message.id}
    written = read(locale)

    assert written.keys() == said
    assert [english for english, message in written.items() if not message.string or message.fuzzy] == []


def test_hong_kong_words_only_what_is_worded_otherwise_there() -> None:
    taiwan = dict(spoken("zh_Hant"))

    for english, hong_kong in spoken("zh_Hant_HK"):
        assert hong_kong
        assert english in taiwan
        assert hong_kong != taiwan[english]


def test_the_template_for_a_new_language_holds_every_sentence() -> None:
    with (ROOT / "bot" / "locales" / f"{DOMAIN}.pot").open("rb") as file:
        offered = {str(message.id) for message in read_po(file) if message.id}

    assert offered == {str(message.id) for message in extract(ROOT, DOMAIN) if message.id}


@pytest.mark.parametrize("locale", LOCALES)
def test_slots_bold_words_and_numbered_lines_are_those_of_the_english(locale: str) -> None:
    for english, chinese in spoken(locale):
        assert slots(chinese) == slots(english)
        assert chinese.count("**") == english.count("**"), english
        assert re.findall(r"^\d\. ", chinese, re.MULTILINE) == re.findall(r"^\d\. ", english, re.MULTILINE)
        assert chinese.count("\n\n") == english.count("\n\n"), english


@pytest.mark.parametrize(
    ("locale", "foreign"), [("zh_Hans", "「」『』\"'"), ("zh_Hant", "“”‘’\"'"), ("zh_Hant_HK", "“”‘’\"'")]
)
def test_quotation_marks_are_those_of_the_script(locale: str, foreign: str) -> None:
    assert [chinese for _, chinese in spoken(locale) if set(foreign) & set(chinese)] == []


@pytest.mark.parametrize("locale", ["zh_Hant", "zh_Hant_HK"])
def test_traditional_has_no_simplified_characters(locale: str) -> None:
    to_traditional, to_simplified = OpenCC("s2t"), OpenCC("t2s")
    written = set("".join(chinese for _, chinese in spoken(locale))) - BOTH_SCRIPTS

    assert {c for c in written if to_traditional.convert(c) != c and to_simplified.convert(c) == c} == set()


def test_simplified_has_no_traditional_characters() -> None:
    written = "".join(chinese for _, chinese in spoken("zh_Hans"))

    assert {c for c in set(written) if OpenCC("t2s").convert(c) != c} == set()


def test_each_place_is_spoken_to_in_its_own_words() -> None:
    for locale, foreign in (
        # Simplified is read in Singapore and Malaysia too: the mainland's numbers come only with its hotlines.
        ("zh_Hans", ("公安", "110", "96110", "民警")),
        ("zh_Hant", MAINLAND_WORDS),
        ("zh_Hant_HK", (*MAINLAND_WORDS, *OUTSIDE_TAIWAN)),
    ):
        for _, chinese in spoken(locale):
            assert [word for word in foreign if word in chinese] == [], chinese


@pytest.mark.parametrize("locale", LOCALES)
def test_the_only_thing_called_safe_is_what_is_not(locale: str) -> None:
    for english, chinese in spoken(locale):
        if "安全" in chinese:
            assert english in NOT_SAFE
            assert re.sub("不等[于於](它就)?安全", "", chinese).count("安全") == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_blamed(locale: str) -> None:
    for _, chinese in spoken(locale):
        assert re.search("轻信|輕信|上当|上當|贪|貪|杀猪|殺豬|怎么会信|怎麼會信|为什么相信|為什麼相信", chinese) is None


@pytest.mark.parametrize("locale", LOCALES)
def test_a_label_fits_on_a_button(locale: str) -> None:
    said = dict(spoken("zh_Hant")) | dict(spoken(locale))

    assert [said[label] for label in (*LABELS.values(), *PLACES.values()) if width(said[label]) > LONGEST_LABEL] == []
