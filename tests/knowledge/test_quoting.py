"""A person's words are quoted whole."""

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.quoting import whole_words


def quoted(text: str, words: str) -> str:
    start = text.index(words)
    first, last = whole_words(text, start, start + len(words))
    return text[first:last]


def test_a_scrap_of_the_clause_before_is_left_out() -> None:
    assert quoted("剛匯了4萬8給他們 說是蝦皮客服 我怎麼辦", "們 說是蝦皮客服") == "說是蝦皮客服"


def test_the_rest_of_a_clause_is_taken_in() -> None:
    assert quoted("說我誤設成分期 要我操作ATM解除", "說我誤設成分期 要我操作") == "說我誤設成分期 要我操作ATM解除"


def test_a_latin_word_is_never_cut() -> None:
    assert quoted("please update your information today", "date your inform") == "update your information"


def test_what_stands_between_gaps_stays() -> None:
    assert quoted("他说“安全账户”要转", "安全账户") == "安全账户"


def test_a_span_in_the_middle_of_a_long_clause_stays() -> None:
    text = "一二三四五六七八九十一二三四五六七八九十一二三四五"
    assert quoted(text, "九十一二三四") == "九十一二三四"


def test_what_is_a_scrap_on_either_side_stays() -> None:
    assert quoted("一二三四五六七八，九十一二三四五六七", "八，九") == "八，九"


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
@example("00000¹0:", 6, 8)
def test_a_span_stays_a_span_of_the_text(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    first, last = whole_words(text, start, end)
    if start < end and any(letter.isalnum() for letter in text[start:end]):
        assert 0 <= first < last <= len(text)
