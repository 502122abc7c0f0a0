"""Who gave a card, a password, a code or ID is heard, and who was only asked for it is not: messages written apart from
the words and examples that are read by. `pytest -s tests/knowledge/test_besides_heldout.py` prints the figures."""

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.dangers import Besides, DangerReader, shipped_reader
from knowledge.language import Language

HERE = Path(__file__).parent
LEAST_HEARD = {Besides.GIVEN: 0.7, Besides.IDENTITY: 0.5, Besides.PAYING: 0.45}
MOST_NEAR_MISSES = 0.2  # these were written to sound like it
_HEARD_BY_THEMSELVES = [each for each in Besides if each not in {Besides.CHILD, Besides.OTHER}]
MOST_OTHERS = dict.fromkeys(Besides, 0.01) | {Besides.PAYING: 0.03}
"""Whoever swindles says "pay today" too, and not to pay is the right answer to it."""


@pytest.fixture(scope="module")
def reader() -> DangerReader:
    return shipped_reader()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("besides", LEAST_HEARD)
def test_what_was_given_is_heard_and_what_was_asked_for_is_not(
    reader: DangerReader, besides: Besides, language: Language
) -> None:
    told = (HERE / "dangers" / f"{besides}.jsonl").read_text(encoding="utf-8").splitlines()
    lines = (line for line in map(json.loads, told) if line["language"] == language)
    counts = Counter((line["given"], besides in reader.read(line["text"]).besides) for line in lines)
    given, asked = counts[True, True] + counts[True, False], counts[False, True] + counts[False, False]
    heard, falsely = counts[True, True], counts[False, True]
    print(f"{besides} {language}: heard {heard} of {given}, falsely {falsely} of {asked} near misses")  # noqa: T201 - the figures
    assert heard / given >= LEAST_HEARD[besides]
    assert falsely / asked <= MOST_NEAR_MISSES


@pytest.mark.parametrize("besides", _HEARD_BY_THEMSELVES)
def test_neither_scam_messages_nor_everyday_ones_sound_like_it(reader: DangerReader, besides: Besides) -> None:
    lines = [json.loads(line) for line in (HERE / "texts.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [line["text"] for line in lines if line["kind"] in {"script", "ordinary"}]
    falsely = [text for text in texts if besides in reader.read(text).besides]
    print(f"{besides}: falsely in {len(falsely)} of {len(texts)} scam and everyday messages")  # noqa: T201 - the figures
    assert len(texts) > 300
    assert len(falsely) / len(texts) <= MOST_OTHERS[besides], falsely
