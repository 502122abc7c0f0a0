"""One reader a kind of answer: what was typed, as the value kept, or None where it can't be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.report import Fact
from bot.conversation.words import has_words, is_no, is_yes, says
from bot.conversation.words import typed as as_typed
from knowledge.observables import ObservableType


class AnswerKind(StrEnum):
    YES_NO = "yes-no"
    CHOICE = "choice"
    AMOUNT = "amount"
    MOMENT = "moment"
    TEXT = "text"


NOT_KNOWN = "not-known"
"""Kept where the person said that they don't know; "skip" keeps nothing but is not asked again."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed as an answer, with the facts found in it."""

    text: str
    facts: tuple[Fact, ...]


def read_answer(kind: AnswerKind, typed: Typed, words: Mapping[str, str]) -> str | None:
    """The value to keep. `words`: a choice's id by each word that means it; of a yes or no, by all that is typed."""
    match kind:
        case AnswerKind.YES_NO:
            answer = "yes" if is_yes(typed.text) else "no" if is_no(typed.text) else None
            return answer or words.get(as_typed(typed.text))
        case AnswerKind.CHOICE:
            return _choice(typed, words)
        case AnswerKind.AMOUNT:
            return _first_shown(typed, ObservableType.AMOUNT) or _bare_number(typed.text)
        case AnswerKind.MOMENT:
            return _first_shown(typed, ObservableType.MOMENT)
        case AnswerKind.TEXT:
            return typed.text.strip() if has_words(typed.text) else None


def _choice(typed: Typed, words: Mapping[str, str]) -> str | None:
    said = typed.text.casefold()
    for fact in typed.facts:
        if fact.value in words:
            return words[fact.value]
    return next((choice for word, choice in words.items() if says(said, word)), None)


def _first_shown(typed: Typed, wanted: ObservableType) -> str | None:
    return next((fact.shown for fact in typed.facts if fact.type == wanted), None)


def _bare_number(text: str) -> str | None:
    """ "5000", "5,000", "5000 or so": an amount, since an amount was asked."""
    return text.strip() if _BARE.fullmatch(text.strip().casefold()) else None


_BARE = re.compile(
    r"(?:大概|大约|大約|差不多|約|约|about|around|roughly|approx\.?)? ?\d[\d,，]{0,14} ?"
    r"(?:左右|上下|多|几|幾|差不多|ish|or so|about)?[.。]?"
)
