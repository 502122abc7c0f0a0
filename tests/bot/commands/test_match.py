"""`fanzha match`: one answer a line, in order, whatever the lines are."""

import json
from pathlib import Path
from typing import Any

from bot.settings import Settings
from tests.bot.app.service import command


def lines(*asked: dict[str, Any]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in asked)


def test_a_bad_line_is_named_and_the_others_are_answered(settings: Settings) -> None:
    text = "客服来电说要取消会员,让我共享屏幕转账"
    told = (
        lines({"id": "a", "text": text})
        + "{not json\n"
        + lines({"id": "long", "text": "x" * 16_385}, {"id": "b", "text": ""})
    )
    done = command(settings, "match", "--jsonl", told=told)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["line 2", "line 3"]
    first = answers[0]
    assert list(first) == ["id", "verdict", "language", "matches", "observables"]
    assert len(first["matches"]) == 5
    for match in first["matches"]:
        assert list(match) == ["pattern", "score", "codes", "evidence"]
        assert list(match["codes"]) == ["mps", "tw165"]
        for piece in match["evidence"]:
            assert text[piece["start"] : piece["end"]] == piece["text"]


def test_with_examples_their_labels_are_told_apart(settings: Settings, tmp_path: Path) -> None:
    examples = tmp_path / "examples.jsonl"
    taught = [("please pay the parcel fee by this link", "parcel"), ("invest with me and earn every day", "money")]
    examples.write_text(lines(*({"text": f"{text} {n}", "label": label} for text, label in taught for n in range(8))))
    done = command(
        settings, "match", "--jsonl", "--examples", str(examples), told=lines({"id": 1, "text": taught[1][0]})
    )
    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert {match["pattern"] for match in answer["matches"]} == {"parcel", "money"}
    assert answer["matches"][0]["pattern"] == "money"


def test_without_jsonl_it_says_what_is_missing(settings: Settings) -> None:
    done = command(settings, "match")
    assert done.returncode == 2
    assert "--jsonl" in done.stderr
