"""Who gave a card, a password or a code is heard, and who was only asked for one is not: messages written apart from
the words and examples that are read by. `pytest -s tests/knowledge/test_given_heldout.py` prints the figures."""

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.dangers import DangerReader, Done, shipped_reader
from knowledge.language import Language

HERE = Path(__file__).parent
LEAST_HEARD = 0.7
MOST_NEAR_MISSES = 0.2  # these were written to sound like it
MOST_OTHERS = 0.01


@pytest.fixture(scope="module")
def reader() -> DangerReader:
    return shipped_reader()


def is_given(reader: DangerReader, text: str) -> bool:
    return Done.GIVEN in reader.read(text).done


@pytest.mark.parametrize("language", Language)
def test_what_was_given_is_heard_and_what_was_asked_for_is_not(reader: DangerReader, language: Language) -> None:
    lines = (json.loads(line) for line in (HERE / "dangers" / "given.jsonl").read_text(encoding="utf-8").splitlines())
    counts = Counter((line["given"], is_given(reader, line["text"])) for line in lines if line["language"] == language)
    given, asked = counts[True, True] + counts[True, False], counts[False, True] + counts[False, False]
    print(f"{language}: heard {counts[True, True]} of {given}, falsely {counts[False, True]} of {asked} near misses")  # noqa: T201 - the figures
    assert counts[True, True] / given >= LEAST_HEARD
    assert counts[False, True] / asked <= MOST_NEAR_MISSES


def test_neither_scam_messages_nor_everyday_ones_sound_like_it(reader: DangerReader) -> None:
    lines = [json.loads(line) for line in (HERE / "texts.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [line["text"] for line in lines if line["kind"] in {"script", "ordinary"}]
    falsely = [text for text in texts if is_given(reader, text)]
    assert len(texts) > 300
    assert len(falsely) / len(texts) <= MOST_OTHERS, falsely
