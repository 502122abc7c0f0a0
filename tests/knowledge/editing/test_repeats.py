"""Texts that are almost the same."""

from knowledge.editing.repeats import repeats
from knowledge.editing.texts import known_texts
from knowledge.language import Language
from knowledge.ordinary import OrdinaryMessage
from tests.knowledge.editing.pair import LADDER, UMBRELLA, normaliser, pair

LONG = "They rang about a broken lift and wanted two hundred pounds in vouchers before noon"


def _found(*changes: tuple[str, str], asked: tuple[str, ...] = (UMBRELLA,), honest: str = "see you") -> list[str]:
    messages = [OrdinaryMessage("weather", Language.EN, honest)]
    texts = [text for text in known_texts(pair(*changes).values(), messages, normaliser()) if len(text.text) > 30]
    return [str(hint) for hint in repeats(asked, texts)]


def test_a_telling_told_twice_in_one_file_is_named_once_with_both_places() -> None:
    assert _found(('"umbrella en one"', f'"{LONG}"'), ('"umbrella en two"', f'"{LONG} today!"')) == [
        "umbrella-scam.toml: tellings.en[0]: “They rang about a broken lift and wanted two hundred pounds …” is almost "
        "the same (96 of 100) as umbrella-scam.toml: tellings.en[1], “They rang about a broken lift and wanted two "
        "hundred pounds …”; tell one of them quite differently: this one teaches nothing new"
    ]


def test_the_same_in_both_chinese_scripts_is_a_translation() -> None:
    hans, hant = (
        "客服打电话来说我的会员要自动续费,让我共享屏幕转账五千元",
        "客服打電話來說我的會員要自動續費,讓我共享螢幕轉賬五千元",
    )

    assert _found(('"umbrella zh-Hans one"', f'"{hans}啊啊啊"'), ('"umbrella zh-Hant two"', f'"{hant}啊啊啊"')) == []


def test_what_an_ordinary_message_says_too_is_named() -> None:
    (hint,) = _found(('"umbrella en one"', f'"{LONG}"'), honest=LONG)

    assert "as the ordinary messages (weather)" in hint


def test_two_different_texts_are_no_repeat() -> None:
    assert _found(('"umbrella en one"', f'"{LONG}"'), asked=(UMBRELLA, LADDER)) == []
