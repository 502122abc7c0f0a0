"""Reasons by weight, where no red flag is worded as known."""

import numpy as np

from knowledge.features import pieces, units
from knowledge.weighing import place, weightiest_spans


def _spans(text: str, weights: dict[str, float], *, most: int = 3) -> list[str]:
    columns = {feature: at for at, feature in enumerate(weights)}
    placed = place(pieces(units(text)), columns, dict.fromkeys(columns.values(), 1.0))
    by_piece = np.array(list(weights.values()) or [0.0])[placed.columns]
    return [text[start:end] for start, end in weightiest_spans(text, placed, by_piece, most=most)]


def test_a_short_clause_is_given_whole() -> None:
    assert _spans("今天下雨,他要我先交保证金,然后走了", {"保 证 金": 1.0}) == ["他要我先交保证金"]


def test_a_long_clause_is_given_where_it_weighs() -> None:
    text = "昨天和前天还有大前天我们都没有出门一直在家里休息他说押金先转给他然后再说别的事情吧"

    (quoted,) = _spans(text, {"押 金": 1.0, "转": 0.5})

    assert "押金先转" in quoted
    assert len(quoted) <= 18


def test_latin_words_stay_whole() -> None:
    text = "yesterday and the day before we stayed at home because it rained and then he asked for the deposit again"

    (quoted,) = _spans(text, {"deposit": 1.0})

    assert " deposit" in f" {quoted} "
    assert text.find(quoted) == 0 or not text[text.find(quoted) - 1].isalnum()


def test_the_heaviest_come_in_the_order_of_the_text_and_fillers_are_left_out() -> None:
    text = "要押金,很好,要验证码,天气"

    assert _spans(text, {"押 金": 0.8, "验 证 码": 1.0, "天 气": 0.05}) == ["要押金", "要验证码"]
    assert _spans(text, {"押 金": 0.8, "验 证 码": 1.0}, most=1) == ["要验证码"]


def test_what_weighs_nothing_or_against_is_no_reason() -> None:
    assert _spans("要押金", {}) == []
    assert _spans("要押金", {"押 金": -1.0}) == []
    assert _spans("", {"押 金": 1.0}) == []
