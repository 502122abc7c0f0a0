"""Letters and digits alone, with the way back: spaces and signs are what breaks wordings up."""

import re
from bisect import bisect_left
from collections.abc import Sequence


class Squeezed:
    """The letters and digits of a text, and where each stands in it: looked up when first asked for, for in most texts
    nothing is found."""

    def __init__(self, letters: str, text: str, places: Sequence[int] | None = None) -> None:
        self.letters = letters
        self._text = text
        self._places = places

    @property
    def places(self) -> Sequence[int]:
        if self._places is None:
            self._places = [at for run in _RUN.finditer(self._text) for at in range(*run.span())]
        return self._places

    def between(self, start: int, end: int) -> "Squeezed":
        """Those that stand from `start` up to `end` of the text."""
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        return Squeezed(self.letters[first:last], self._text, self.places[first:last])


def squeeze(text: str) -> Squeezed:
    letters = _SIGNS.sub("", text)
    return Squeezed(letters, text, range(len(text)) if len(letters) == len(text) else None)


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
