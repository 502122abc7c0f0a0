"""Phrasings that the matcher does not find under their own red flag: no warning could quote them as a reason."""

from collections.abc import Iterable, Iterator

from knowledge.editing.texts import Hint, Phrasing, quote
from knowledge.matching import Evidence, Match, Matcher


def phrasings_unfound(own: Iterable[Phrasing], matcher: Matcher) -> Iterator[Hint]:
    """Those that, said alone, do not show their own pattern and red flag among the best matches."""
    for phrasing in own:
        matches = matcher.match(phrasing.text).matches
        match = next((match for match in matches if match.pattern == phrasing.pattern), None)
        if match is None or not any(piece.red_flag == phrasing.red_flag for piece in match.evidence):
            yield Hint(
                phrasing.pattern,
                phrasing.key,
                f"{quote(phrasing.text)} is not found under its own red flag {phrasing.red_flag}{_but(match, matches)};"
                " say more in it of what only this scam says",
            )


def _but(own: Match | None, matches: tuple[Match, ...]) -> str:
    if own is None:
        return f": said alone it is like {matches[0].pattern}"
    flags: list[Evidence] = [piece for piece in own.evidence if piece.red_flag]
    return f" but under {flags[0].red_flag}" if flags else ""
