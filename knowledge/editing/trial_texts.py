"""Texts apart from the knowledge, each with the patterns that would be right: what a change is measured on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.errors import Fault, KnowledgeError


class TrialTextsError(KnowledgeError):
    """A file of trial texts that cannot be read."""


@dataclass(frozen=True, slots=True)
class TrialText:
    """`patterns` are the ids of which any is right; none for what is no scam."""

    text: str
    patterns: frozenset[str]


def read_trial_texts(lines: Iterable[str], file: str) -> tuple[TrialText, ...]:
    """Lines of JSON {"text", "patterns": [...]}; other keys are passed over. TrialTextsError names every bad line."""
    found: list[TrialText] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match _value(line):
            case {"text": str(text), "patterns": list(patterns)} if all(isinstance(one, str) for one in patterns):
                found.append(TrialText(text, frozenset(patterns)))
            case _:
                faults.append(Fault(file, f"line {number}", 'is not {"text": "...", "patterns": ["..."]}; mend it'))
    if faults:
        raise TrialTextsError(faults)
    return tuple(found)


def _value(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
