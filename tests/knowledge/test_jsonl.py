"""Line by line for other programs: an answer a line, in order, bad lines named."""

import json
from dataclasses import dataclass

import pytest

from knowledge.jsonl import LONGEST_TEXT, BadLine, match_lines, read_examples
from knowledge.learning import Example
from tests.knowledge.shipped import matcher


@dataclass(frozen=True)
class _Seen:
    type: str
    value: str
    start: int
    end: int


def _ask(*lines: bytes) -> list[str | BadLine]:
    return list(
        match_lines(lines, matcher(), lambda text: [_Seen("phone", "+6591234567", 0, len(text))] if text else [])
    )


def test_an_answer_has_the_fields_other_programs_read() -> None:
    text = "警察打电话说我涉嫌洗钱，要我把钱转到安全账户"

    (line,) = _ask(json.dumps({"id": "a", "text": text}).encode())

    assert isinstance(line, str)
    answer = json.loads(line)
    assert list(answer) == ["id", "verdict", "language", "matches", "observables"]
    assert (answer["id"], answer["verdict"], answer["language"]) == ("a", "warn", "zh-Hans")
    assert len(answer["matches"]) == 5
    best = answer["matches"][0]
    assert list(best) == ["pattern", "score", "codes", "evidence"]
    assert best["pattern"] == "impersonated-police"
    assert set(best["codes"]) == {"mps", "tw165"}
    assert best["codes"]["mps"] == ["冒充公检法及政府机关"]
    for piece in best["evidence"]:
        assert list(piece) == ["start", "end", "text", "red_flag"]
        assert text[piece["start"] : piece["end"]] == piece["text"]
    assert answer["observables"] == [{"type": "phone", "value": "+6591234567", "start": 0, "end": len(text)}]


def test_answers_come_in_the_order_asked() -> None:
    lines = _ask(*(json.dumps({"id": at, "text": "你好"}).encode() for at in range(3)))

    assert [json.loads(str(line))["id"] for line in lines] == [0, 1, 2]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "is not JSON"),
        (b"[" * 200_000, "is not JSON"),
        (b'"text"', "is not a JSON object"),
        (b'{"id":"a"}', '"text" has to be a text'),
        (b'{"id":"a","text":3}', '"text" has to be a text'),
        (b'{"text":"hello"}', '"id" has to be a text or a whole number'),
        (b'{"id":true,"text":"hello"}', '"id" has to be a text or a whole number'),
        (b'{"id":"a","text":"\xff"}', "is not UTF-8 at byte 18"),
        (
            json.dumps({"id": "a", "text": "a" * (LONGEST_TEXT + 1)}).encode(),
            '"text" has 16385 characters; 16384 are the most',
        ),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(line: bytes, reason: str) -> None:
    first, bad, last = _ask(b'{"id":1,"text":"hello"}', line, b'{"id":2,"text":"hello"}')

    assert bad == BadLine(2, reason)
    assert [json.loads(str(answer))["id"] for answer in (first, last)] == [1, 2]


def test_an_empty_line_is_passed_over_and_still_counted() -> None:
    answers = _ask(b"\n", b"  \r\n", b"{")

    assert answers == [BadLine(3, "is not JSON")]


def test_the_longest_text_is_answered() -> None:
    (line,) = _ask(json.dumps({"id": 1, "text": "转账给我" * (LONGEST_TEXT // 4)}).encode())

    assert isinstance(line, str)


def test_half_a_character_can_be_asked_and_answered() -> None:
    (line,) = _ask(b'{"id":"\\ud800","text":"your parcel \\ud800 is held"}')

    assert json.loads(str(line))["id"] == "\ud800"
    assert str(line).encode()


def test_examples_are_read_and_bad_ones_named() -> None:
    examples, bad = read_examples(
        [
            b'{"text":"a","label":"x"}',
            b'{"text":"b"}',
            b"",
            b'{"text":"c","label":""}',
            b'{"text":"d","label":"y","more":1}',
        ]
    )

    assert examples == (Example("a", "x"), Example("d", "y"))
    assert [str(line) for line in bad] == ['line 2: "label" has to be a text', 'line 4: "label" is empty']
