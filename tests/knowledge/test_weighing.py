"""Reasons by weight, where no red flag is worded as known."""

import numpy as np

from knowledge.features import features, runs, units
from knowledge.ranking import Vector
from knowledge.weighing import place, weightiest_spans


def _spans(text: str, weights: dict[str, float], *, most: int = 3) -> list[str]:
    found = features(units(text))
    # A column for each of the weighed words, whose own feature is the run that spans them.
    known = {int(runs(units(words)).hashes[-1]): at for at, words in enumerate(weights)}
    columns = np.array([known.get(own, -1) for own in found.hashes.tolist()], dtype=np.intp)
    present = np.unique(columns[columns >= 0])
    placed = place(found, columns, Vector(present, np.ones(len(present), np.float32)))
    by_column = np.array(list(weights.values()))[present] if weights else np.zeros(0)
    return [text[start:end] for start, end in weightiest_spans(text, placed, by_column, most=most)]


def test_a_short_clause_is_given_whole() -> None:
    assert _spans("今天下雨,他要我先交保证金,然后走了", {"保证金": 1.0}) == ["他要我先交保证金"]


def test_a_long_clause_is_given_where_it_weighs() -> None:
    text = "昨天和前天还有大前天我们都没有出门一直在家里休息他说押金先转给他然后再说别的事情吧"

    (quoted,) = _spans(text, {"押金": 1.0, "转": 0.5})

    assert "押金先转" in quoted
    assert len(quoted) <= 18


def test_latin_words_stay_whole() -> None:
    text = "yesterday and the day before we stayed at home because it rained and then he asked for the deposit again"

    (quoted,) = _spans(text, {"deposit": 1.0})

    assert " deposit" in f" {quoted} "
    assert text.find(quoted) == 0 or not text[text.find(quoted) - 1].isalnum()


def test_the_heaviest_come_in_the_order_of_the_text_and_fillers_are_left_out() -> None:
    text = "要押金,很好,要验证码,天气"

    assert _spans(text, {"押金": 0.8, "验证码": 1.0, "天气": 0.05}) == ["要押金", "要验证码"]
    assert _spans(text, {"押金": 0.8, "验证码": 1.0}, most=1) == ["要验证码"]


def test_what_weighs_nothing_or_against_is_no_reason() -> None:
    assert _spans("要押金", {}) == []
    assert _spans("要押金", {"押金": -1.0}) == []
    assert _spans("", {"押金": 1.0}) == []
