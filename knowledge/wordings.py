"""The wordings of red flags, as they are looked for, and what it means to have seen one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.pattern import Pattern
from knowledge.text import Normaliser


def is_one_sentence(text: str) -> bool:
    """Whether a stretch of normalised text reaches across no end of a sentence. (A bare "." stands in links.)"""
    return not _SENTENCE_END.search(text)


_SENTENCE_END = re.compile(r"[。!?;]|\.\s")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way a red flag is worded, normalised."""

    pattern: str
    red_flag: str
    text: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A wording of a red flag, seen at `start`..`end` of a normalised text; `closeness` is 1 where to the letter."""

    pattern: str
    red_flag: str
    start: int
    end: int
    closeness: float


def wordings(patterns: Iterable[Pattern], normaliser: Normaliser) -> tuple[Wording, ...]:
    """Every wording of every red flag; what two scripts write alike once it is normalised stands there once."""
    found = {
        Wording(pattern.id, red_flag.id, normaliser.normalise(phrasing).text): None
        for pattern in patterns
        for red_flag in pattern.red_flags
        for phrasings in red_flag.phrasings.values()
        for phrasing in phrasings
    }
    return tuple(found)
