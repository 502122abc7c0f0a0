"""What of a text is compared."""

import pytest

from knowledge.features import Features, features, units
from knowledge.splitting import WordSplitter


def _said(text: str, splitter: WordSplitter | None = None) -> list[str]:
    said = units(text, splitter)
    return [text[start:end] for start, end in zip(said.starts.tolist(), said.ends.tolist(), strict=True)]


def _compared(text: str) -> dict[str, int]:
    """Each feature's words, and its hash."""
    found: Features = features(units(text))
    places = zip(found.starts.tolist(), found.ends.tolist(), found.hashes.tolist(), strict=True)
    return {text[start:end]: own for start, end, own in places}


def test_chinese_is_compared_by_runs_of_characters() -> None:
    assert set(_compared("转账吗")) == {"转", "转账", "转账吗", "账", "账吗", "吗"}


def test_english_is_compared_by_runs_of_words_and_parts_of_long_ones() -> None:
    found = _compared("pay the fees")

    assert {"pay", "pay the", "pay the fees", "the fees", "fees"} <= set(found)
    assert {"fe", "fee", "ees", "es"} <= set(found)  # the first and the last with the word's edge
    assert not {"pa", "ay"} & set(found)


def test_a_latin_name_in_chinese_is_not_taken_apart() -> None:
    assert not {"lin", "ine"} & set(_compared("加我line账号聊"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("转50,000给他", ["转", "50,000", "给", "他"]),
        ("2026-11-23 14:05", ["2026-11-23", "14:05"]),
        ("don't pay2day, 4u", ["don't", "pay2day", "4", "u"]),
        ("看https://a.top/x?y=1吧", ["看", "https://a.top/x?y=1", "吧"]),
        ("visit shop-now.top/i today.", ["visit", "shop-now.top/i", "today"]),
        ("name@gmail.com", ["name", "gmail", "com"]),
        ("end of it.Then go", ["end", "of", "it", "then".capitalize(), "go"]),
        ("𠀀😀ok", ["𠀀", "ok"]),
        ("...", []),
        ("", []),
    ],
)
def test_a_text_is_made_of_units(text: str, said: list[str]) -> None:
    assert _said(text) == said


def test_numbers_count_by_their_length_and_links_by_being_there() -> None:
    one, other = units("转50,000 https://a.top 3"), units("转12345 www.b.com/x 12")

    assert one.hashes[:3].tolist() == other.hashes[:3].tolist()
    assert one.hashes[3] != other.hashes[3]


def test_the_same_words_are_the_same_features_wherever_they_stand() -> None:
    there = _compared("yes: transfer 转账 now")

    assert all(there[words] == own for words, own in _compared("transfer 转账").items() if words in there)


def test_words_run_together_are_taken_apart() -> None:
    splitter = WordSplitter.learn(["please transfer your money to the safe account"])

    assert _said("now transferyourmoneytothesafeaccount", splitter) == [
        "now",
        *["transfer", "your", "money", "to", "the", "safe", "account"],
    ]
