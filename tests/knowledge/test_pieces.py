"""The pieces a telling is found by."""

import pytest

from knowledge.pieces import MOST_WORDS, shingles_of, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The agent wanted 48000 for ORDERS", ["agent", "wanted", "48000", "orders"]),
        ("共享屏幕", ["共享", "享屏", "屏幕"]),
        ("我的银行", ["银行"]),
        ("用Telegram联系", ["用", "telegram", "联系"][1:]),
        ("the and of", []),
        ("ｃｏｆｆｅｅ", ["coffee"]),
        ("", []),
    ],
)
def test_the_words_that_are_searched_for(text: str, words: list[str]) -> None:
    assert words_in(text) == words


def test_both_chinese_scripts_and_any_spacing_give_the_same_words() -> None:
    assert words_in("轉帳給銀行客服") == words_in("转 账 给 银 行 客 服") == words_in("转账给银行客服")


def test_each_word_is_there_once_and_there_may_be_any_number() -> None:
    assert words_in("loan loan LOAN") == ["loan"]
    assert len(words_in(" ".join(f"word{number}" for number in range(1000)))) > MOST_WORDS


def test_copies_share_their_shingles_whatever_stands_between_the_letters() -> None:
    assert shingles_of("Pay the courier, now!") == shingles_of("PAY  the—courier now")
    assert shingles_of("abcd") == frozenset()
    assert shingles_of("退款客服") == {"退款客", "款客服"}
