"""Finding red flags in a text, however they are worded: to the letter, misspelt, or in other words."""

from collections.abc import Iterable, Sequence

from knowledge.features import Piece
from knowledge.paraphrase import ParaphraseFinder
from knowledge.pattern import Pattern
from knowledge.spelling import SpellingFinder
from knowledge.text import Normaliser
from knowledge.wordings import Sighting, wordings


class RedFlagFinder:
    """Knows every wording of every red flag; one search costs a few milliseconds whatever the text holds."""

    def __init__(self, patterns: Iterable[Pattern], normaliser: Normaliser, common: Iterable[str]) -> None:
        """`common` are normalised texts that show which words are said every day."""
        known = wordings(patterns, normaliser)
        self._spelling = SpellingFinder(known)
        self._paraphrase = ParaphraseFinder(known, common)

    def find(self, text: str, said: Sequence[Piece]) -> tuple[Sighting, ...]:
        """The closest sighting of each red flag of each pattern in a normalised text made of the units `said`."""
        best: dict[tuple[str, str], Sighting] = {}
        for sighting in (*self._spelling.find(text), *self._paraphrase.find(text, said)):
            key = (sighting.pattern, sighting.red_flag)
            if key not in best or _rank(sighting) > _rank(best[key]):
                best[key] = sighting
        return tuple(sorted(best.values(), key=lambda seen: (seen.start, seen.end, seen.pattern, seen.red_flag)))


def _rank(sighting: Sighting) -> tuple[float, int, int]:
    return sighting.closeness, sighting.end - sighting.start, -sighting.start
