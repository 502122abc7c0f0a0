"""Words run together, taken apart."""

import pytest

from knowledge.splitting import WordSplitter

_TEXTS = ["please transfer your money to the safe account", "your account is a safe one", "rand some"]


def _split(word: str) -> list[str]:
    return [word[start:end] for start, end in WordSplitter.learn(_TEXTS).split(word)]


def test_known_words_are_found() -> None:
    assert _split("transferyourmoneytothesafeaccount") == ["transfer", "your", "money", "to", "the", "safe", "account"]


def test_a_word_of_usual_length_stays_whole() -> None:
    assert _split("randsome") == ["randsome"]


def test_unknown_letters_between_known_words_are_kept() -> None:
    assert "".join(_split("yourxqzmoneyqqqqqqqqqq")) == "yourxqzmoneyqqqqqqqqqq"
    assert {"your", "money"} <= set(_split("yourxqzmoneyqqqqqqqqqq"))


@pytest.mark.parametrize("texts", [[], ["晚上吃什么"]])
def test_who_knows_no_words_splits_nothing(texts: list[str]) -> None:
    assert WordSplitter.learn(texts).split("a" * 40) == ((0, 40),)
