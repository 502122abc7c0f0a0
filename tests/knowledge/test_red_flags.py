"""Red flags found however they are worded, and not where they are not."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from knowledge.catalogue import load_catalogue
from knowledge.features import units
from knowledge.indexing import index_wordings
from knowledge.red_flags import RedFlagFinder
from knowledge.text import normalise, shipped_normaliser
from knowledge.wordings import wordings
from tests.knowledge.pattern_files import TAXONOMIES, write_two_patterns

_WORDINGS = {
    "umbrella 0 en a": "pay the customs fee with gift cards",
    "umbrella 1 en a": "PIN",
    "umbrella 0 zh-Hans a": "先交保证金才能提现",
    "umbrella 1 zh-Hans a": "跑分",
    "umbrella 2 zh-Hans a": "租LINE账号",
}
_COMMON = ["how do i pay my phone bill", "the weather is fine", "晚上吃什么", "我的账号登录不了", "提现要多久到账"]


@pytest.fixture
def find(tmp_path: Path) -> Callable[[str], Mapping[str, str]]:
    """Red flags of `umbrella-scam` by id, with the words they are seen in."""
    write_two_patterns(tmp_path)
    path = tmp_path / "umbrella-scam.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in _WORDINGS.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    path.write_text(text, encoding="utf-8")
    known = wordings(load_catalogue(tmp_path, taxonomies=TAXONOMIES), shipped_normaliser())
    finder = RedFlagFinder(index_wordings(known, [units(text) for text in _COMMON]))

    def found(written: str) -> Mapping[str, str]:
        normalised = normalise(written)
        return {
            seen.red_flag: written[slice(*normalised.span(seen.start, seen.end))]
            for seen in finder.find(normalised.text, units(normalised.text), {"umbrella-scam"})
        }

    return found


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("他说要先交保证金才能提现，急", "先交保证金才能提现"),
        ("他說要先交保證金才能提現，急", "先交保證金才能提現"),
        ("要先交保.证 金才能提\u200b现!", "先交保.证 金才能提\u200b现"),
        ("他让我先缴保证金才能提现", "先缴保证金才能提现"),
        ("they said: Pay the CUSTOMS fee with gift cards!", "Pay the CUSTOMS fee with gift cards"),
        ("pay teh customs fee with giftcards please", "pay teh customs fee with giftcards"),
    ],
)
def test_a_wording_is_found_as_it_was_written(
    find: Callable[[str], Mapping[str, str]], written: str, quoted: str
) -> None:
    assert find(written) == {"flag-0": quoted}


def test_a_wording_is_found_in_another_order(find: Callable[[str], Mapping[str, str]]) -> None:
    assert set(find("you have to pay with gift cards, it is the customs fee")) == {"flag-0"}
    assert set(find("要提现才能，先交保证金")) == {"flag-0"}


def test_a_short_wording_counts_to_the_letter(find: Callable[[str], Mapping[str, str]]) -> None:
    assert find("他叫我去跑分") == {"flag-1": "跑分"}
    assert find("他叫我去跑步") == {}


def test_a_word_inside_another_is_not_that_word(find: Callable[[str], Mapping[str, str]]) -> None:
    assert find("he asked for my pin") == {"flag-1": "pin"}
    assert find("shipping and spinning") == {}


def test_what_leaves_out_the_telling_word_is_not_found(find: Callable[[str], Mapping[str, str]]) -> None:
    assert find("我的LINE账号是新的") == {}


def test_a_wording_does_not_reach_into_the_next_sentence(find: Callable[[str], Mapping[str, str]]) -> None:
    assert find("我先交保证金。才能提现吗") == {}
    assert find("pay the customs fee. with gift cards") == {}


@pytest.mark.parametrize("written", ["", "   ", "???", "今天天气不错", "we had dinner"])
def test_nothing_is_found_in_nothing(find: Callable[[str], Mapping[str, str]], written: str) -> None:
    assert find(written) == {}


def test_a_wording_at_the_end_of_a_long_text_is_found(find: Callable[[str], Mapping[str, str]]) -> None:
    assert find("今天天气不错，" * 300 + "要先交保证金才能提现") == {"flag-0": "先交保证金才能提现"}


def test_of_patterns_not_asked_for_only_what_is_worded_to_the_letter_is_found(tmp_path: Path) -> None:
    write_two_patterns(tmp_path)
    known = wordings(load_catalogue(tmp_path, taxonomies=TAXONOMIES), shipped_normaliser())
    finder = RedFlagFinder(index_wordings(known, [units(text) for text in _COMMON]))
    exact, loose = "the umbrella 0 en a was red", "the umbrela 0 en a was red"

    assert {seen.pattern for seen in finder.find(exact, units(exact), set())} == {"umbrella-scam"}
    assert {seen.pattern for seen in finder.find(loose, units(loose), {"umbrella-scam"})} == {"umbrella-scam"}
    assert "umbrella-scam" not in {seen.pattern for seen in finder.find(loose, units(loose), {"ladder-scam"})}
