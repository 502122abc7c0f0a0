"""Folding a message to a terminal's width: Chinese breaks between characters, everything else between words."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from bot.channels.terminal import Span

Sign = tuple[str, bool]
"""A character, and whether it is bold."""

_NEVER_FIRST = frozenset("，。、：；？！）」』》〉”’…,.:;?!)%")
_NEVER_LAST = frozenset("（「『《〈“‘([")


def fold(spans: Iterable[Span], width: int) -> Iterator[tuple[Span, ...]]:
    """The lines of a message, none wider than `width` columns unless a single word is."""
    signs = [(sign, span.is_bold) for span in spans for sign in span.text]
    for paragraph in _split(signs):
        line: list[Sign] = []
        for piece in _pieces(paragraph):
            if line and columns(line) + columns(_trimmed(piece)) > width:
                yield _as_spans(_trimmed(line))
                line = []
            line += piece
        yield _as_spans(_trimmed(line))


def columns(signs: Iterable[Sign]) -> int:
    """How wide they are: two columns for a Chinese character, one for a letter, none for a mark on another."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign, _ in signs
    )


def _split(signs: Sequence[Sign]) -> Iterator[list[Sign]]:
    line: list[Sign] = []
    for sign in signs:
        if sign[0] == "\n":
            yield line
            line = []
        else:
            line.append(sign)
    yield line


def _pieces(line: Sequence[Sign]) -> Iterator[list[Sign]]:
    """What stays together."""
    piece: list[Sign] = []
    for sign in line:
        if piece and _may_break(piece[-1][0], sign[0]):
            yield piece
            piece = []
        piece.append(sign)
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _trimmed(signs: Sequence[Sign]) -> list[Sign]:
    kept = list(signs)
    while kept and kept[-1][0] == " ":
        kept.pop()
    return kept


def _as_spans(signs: Sequence[Sign]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for sign, is_bold in signs:
        if spans and spans[-1].is_bold == is_bold:
            spans[-1] = Span(spans[-1].text + sign, is_bold)
        else:
            spans.append(Span(sign, is_bold))
    return tuple(spans)
