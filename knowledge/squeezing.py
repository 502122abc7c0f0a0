"""Letters and digits alone, with the way back: spaces and signs are what breaks wordings up."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The letters and digits of a text, and where each stands in it."""

    letters: str
    places: Sequence[int]

    def between(self, start: int, end: int) -> "Squeezed":
        """Those that stand from `start` up to `end` of the text."""
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        return (
            self
            if (first, last) == (0, len(self.places))
            else Squeezed(self.letters[first:last], self.places[first:last])
        )


def squeeze(text: str) -> Squeezed:
    letters = _SIGNS.sub("", text)
    if len(letters) == len(text):
        return Squeezed(text, range(len(text)))
    places: list[int] = []
    for run in _RUN.finditer(text):
        places += range(*run.span())
    return Squeezed(letters, places)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to the edges of the Latin words it cuts."""
    while start > 0 and _is_latin(text[start]) and _is_latin(text[start - 1]):
        start -= 1
    while end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]):
        end += 1
    return start, end


_SIGNS = re.compile(r"[\W_]+")
_RUN = re.compile(r"[^\W_]+")


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
