"""Matching line by line for other programs: JSON lines in, JSON lines out, in the same order."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from knowledge.learning import Example
from knowledge.matching import Matcher, Matching
from knowledge.pattern import System

LONGEST_TEXT = 16_384
"""Characters of text in one line."""


class Seen(Protocol):
    """An observable, as far as a line tells of it."""

    @property
    def type(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be answered: its number, from 1, and why; nothing of what it holds."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


def match_lines(
    lines: Iterable[bytes], matcher: Matcher, observe: Callable[[str], Iterable[Seen]]
) -> Iterator[str | BadLine]:
    """For each line `{"id","text"}` its answer as a line of JSON without the line break, or what is wrong with it.

    Empty lines are passed over.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = _read(line)
            name, text = asked.get("id"), _text(asked, "text")
            if not isinstance(name, str | int) or isinstance(name, bool):
                raise _UnfitError('"id" has to be a text or a whole number')  # noqa: TRY301 - one place answers both
        except _UnfitError as error:
            yield BadLine(number, str(error))
        else:
            yield _line({"id": name, **_answer(matcher.match(text), observe(text))})


def read_examples(lines: Iterable[bytes]) -> tuple[tuple[Example, ...], tuple[BadLine, ...]]:
    """The examples in lines `{"text","label"}`, and the lines that are none."""
    examples: list[Example] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            told = _read(line)
            examples.append(Example(text=_text(told, "text"), label=_text(told, "label", empty=False)))
        except _UnfitError as error:
            bad.append(BadLine(number, str(error)))
    return tuple(examples), tuple(bad)


class _UnfitError(Exception):
    """What a line lacks."""


def _read(line: bytes) -> dict[str, object]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _UnfitError(f"is not UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise _UnfitError("is not JSON") from error
    if not isinstance(value, dict):
        raise _UnfitError("is not a JSON object")
    return value


def _text(fields: dict[str, object], key: str, *, empty: bool = True) -> str:
    value = fields.get(key)
    if not isinstance(value, str):
        raise _UnfitError(f'"{key}" has to be a text')
    if len(value) > LONGEST_TEXT:
        raise _UnfitError(f'"{key}" has {len(value)} characters; {LONGEST_TEXT} are the most')
    if not (value or empty):
        raise _UnfitError(f'"{key}" is empty')
    return value


def _answer(matching: Matching, observables: Iterable[Seen]) -> dict[str, object]:
    return {
        "verdict": matching.likeness,
        "language": matching.language,
        "matches": [
            {
                "pattern": match.pattern,
                "score": round(match.score, 6),
                "codes": {system: match.codes.get(system, ()) for system in (System.MPS, System.TW165)},
                "evidence": [
                    {"start": piece.start, "end": piece.end, "text": piece.text, "red_flag": piece.red_flag}
                    for piece in match.evidence
                ],
            }
            for match in matching.matches
        ],
        "observables": [
            {"type": seen.type, "value": seen.value, "start": seen.start, "end": seen.end} for seen in observables
        ],
    }


def _line(answer: dict[str, object]) -> str:
    """Readable characters; escaped where a lone surrogate could not be written otherwise."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(answer)
    return line
