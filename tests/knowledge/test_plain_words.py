"""The first words: few, plain and poor in detail, as people write them who have just been robbed.

`plain_words.jsonl` was written for this purpose by people who had seen neither the patterns' tellings nor the matcher:
those that a knowledgeable officer would name, with all patterns he would accept, the best first; and those that could
be any scam, with none. Nothing of it may ever teach a pattern. `pytest tests/knowledge/test_plain_words.py -s` prints
the figures.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.catalogue import shipped_catalogue
from knowledge.matching import Likeness, Matching
from knowledge.ordinary import shipped_ordinary
from tests.knowledge.measuring import read_texts
from tests.knowledge.shipped import matcher

_NAMED = 0.6
"""From this score on, who was cheated is told a name (bot/conversation/warning.py), unless the likeness is unknown."""


@dataclass(frozen=True, slots=True)
class Told:
    language: str
    text: str
    patterns: tuple[str, ...]

    def found(self) -> Matching:
        return matcher().match(self.text)


@dataclass(frozen=True, slots=True)
class Floor:
    """Shares: of those with a name, right at once, and named wrongly; of those without, warned of as something."""

    first: float
    wrongly_named: float
    vague_warned: float


_FLOORS = {
    "en": Floor(first=0.88, wrongly_named=0.075, vague_warned=0.05),
    "zh-Hans": Floor(first=0.96, wrongly_named=0.03, vague_warned=0.06),
    "zh-Hant": Floor(first=0.88, wrongly_named=0.07, vague_warned=0.06),
}


@pytest.fixture(scope="module")
def told() -> Sequence[Told]:
    with Path(__file__).with_name("plain_words.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Told(row["language"], row["text"], tuple(row["patterns"])) for row in rows]


@pytest.mark.parametrize("language", list(_FLOORS))
def test_plain_first_words_are_named_rightly_or_not_at_all(told: Sequence[Told], language: str) -> None:
    named = [(one, one.found()) for one in told if one.language == language and one.patterns]
    vague = [one.found() for one in told if one.language == language and not one.patterns]

    first = sum(found.matches[0].pattern in one.patterns for one, found in named) / len(named)
    wrongly = sum(_is_named(found) and found.matches[0].pattern not in one.patterns for one, found in named)
    wrongly_named = wrongly / len(named)
    vague_warned = sum(found.likeness is Likeness.WARN for found in vague) / len(vague)

    print(  # noqa: T201 - for whoever asks for the figures with -s
        f"\n{language:8} first {first:.3f}  wrongly named {wrongly_named:.3f}  vague and warned of {vague_warned:.3f}"
    )
    floor = _FLOORS[language]
    assert first >= floor.first
    assert wrongly_named <= floor.wrongly_named
    assert vague_warned <= floor.vague_warned


def _is_named(found: Matching) -> bool:
    return found.likeness is not Likeness.UNKNOWN and found.matches[0].score >= _NAMED


def test_the_set_is_what_it_says(told: Sequence[Told]) -> None:
    assert len({one.text for one in told}) == len(told) >= 400
    assert {pattern for one in told for pattern in one.patterns} <= set(shipped_catalogue().by_id)
    assert len({one.patterns[0] for one in told if one.patterns}) >= 90


def test_nothing_of_the_set_teaches(told: Sequence[Told]) -> None:
    taught = {text for pattern in shipped_catalogue() for _, text in pattern.phrases()}
    taught |= {message.text for message in shipped_ordinary()} | {text.text for text in read_texts()}

    assert not taught & {one.text for one in told}
