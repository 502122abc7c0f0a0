"""A matcher that says what it is told to, so that a talk hangs on the conversation, not on the scores of the day."""

import re

from knowledge.language import detect_language
from knowledge.matching import Evidence, Likeness, Match, Matcher, Matching


class Says(Matcher):
    """Says the same of whatever text: (pattern, score, red flag or "", words of the text or "")."""

    def __init__(self, likeness: Likeness, *found: tuple[str, float, str, str]) -> None:
        self._says = likeness
        self._found = found

    @classmethod
    def read(cls, line: str) -> "Says":
        """From "similar: job-fee 0.42 fee-to-start (the words), job-identity 0.3"; the red flag may be left out."""
        likeness, _, rest = line.partition(": ")
        found = _FOUND.findall(rest)
        return cls(Likeness(likeness), *((pattern, float(score), flag, words) for pattern, score, flag, words in found))

    def match(self, text: str) -> Matching:
        matches = tuple(
            Match(pattern, score, {}, _evidence(text, red_flag, words))
            for pattern, score, red_flag, words in self._found
        )
        return Matching(self._says, detect_language(text), matches)


_FOUND = re.compile(r"([a-z-]+) ([0-9.]+)(?: ([a-z-]*) ?\(([^)]*)\))?")


def _evidence(text: str, red_flag: str, words: str) -> tuple[Evidence, ...]:
    at = text.find(words) if words else -1
    return (Evidence(at, at + len(words), words, red_flag or None),) if at >= 0 else ()
