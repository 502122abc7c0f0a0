"""The tricks that break words up ("转 账", "t r a n s f e r", "转.账") or make links harmless (hxxp, [.]), as rules."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What to look for, and what to put in its place (None: leave it). Every pattern runs in linear time.

    Where none of `signs` stands in a text, or it is all ASCII and the rule is about Han characters, the rule finds
    nothing: most texts are spared most searches.
    """

    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str | None]
    signs: frozenset[str]
    about_han: bool = False


_SPACES = frozenset(letter for letter in map(chr, range(0x3001)) if letter.isspace())
HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
ENDINGS = "com|cn|net|org|top|vip|xyz|shop|cc|info|site|online|tw|hk|sg|my|uk|in|me|co|app|link|club|io|biz|ru|live|icu"
"""After these, something written without "http" is a link all the same."""
# Signs people put between characters to break a word up. "+" is left out: it is itself a disguise of 加.
_BREAKERS = r"·•∙・‧｡.*|¦_~^=\\/'\"`\-"
_BREAKER_SIGNS = frozenset("·•∙・‧｡.*|¦_~^=\\/'\"`-")
_LATIN_BREAKERS = "·•∙・‧*|¦~^"


def _closed(match: re.Match[str]) -> str | None:
    """ "转 账": a gap that a Han character stands beside."""
    before, after = _neighbours(match)
    return "" if is_han(before) or is_han(after) else None


def _joined(match: re.Match[str]) -> str | None:
    """ "转.账", "加·v": signs after a Han character, or between a letter and one."""
    before, after = _neighbours(match)
    if is_han(before):
        return "" if is_han(after) or _is_letter(after) else None
    return "" if _is_letter(before) and is_han(after) else None


def _neighbours(match: re.Match[str]) -> tuple[str, str]:
    """What stands right before and right after; empty at either end of the text."""
    return match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]


def is_han(letter: str) -> bool:
    """Whether one character is of `HAN`; the empty string is not."""
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff"


def _is_letter(letter: str) -> bool:
    return "a" <= letter <= "z"


def _spelled(match: re.Match[str]) -> str | None:
    """ "t r a n s f e r": single letters one space or sign apart; the wider gaps stay as the gaps between words."""
    letters = re.sub("[^a-z0-9]", "", match[0])
    return letters if sum(letter.isalpha() for letter in letters) >= 3 else None


def _unbroken(match: re.Match[str]) -> str | None:
    """ "tra·ns*fer", "t.r.a.n.s": joined where a sign never stands in honest words, or the pieces are too short."""
    if _HOST.fullmatch(match[0]):
        return None
    pieces = re.findall("[a-z0-9]+", match[0])
    letters = sum(letter.isalpha() for piece in pieces for letter in piece)
    length = sum(len(piece) for piece in pieces)
    if letters * 2 < length:
        return None
    if any(sign in match[0] for sign in _LATIN_BREAKERS) or (len(pieces) >= 3 and length < 3 * len(pieces)):
        return "".join(pieces)
    return None


_HOST = re.compile(rf"(?:[a-z0-9\-]+\.)*[a-z0-9][a-z0-9\-]{{3,}}\.(?:{ENDINGS})")


SPACING_RULES: tuple[Rule, ...] = (
    Rule(re.compile(r"\bh(?:xx|tt|\*\*|__)p(?=s?\s?(?:\[?:\]?|\(:\))\s?//)"), lambda _: "http", frozenset("/")),
    Rule(re.compile(r"\s?(?:\[:\]|\(:\))\s?(?=//)"), lambda _: ":", frozenset("/")),
    Rule(
        re.compile(r"\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\{dot\}|\(点\)|\[点\])\s?"),
        lambda _: ".",
        frozenset("[({"),
    ),
    Rule(
        re.compile(r"(?<=[a-z0-9])\s(?:dot|点)\s(?=(?:com|net|org|top|info|cn|xyz|vip|shop)\b)"),
        lambda _: ".",
        frozenset("o点"),
    ),
    Rule(
        re.compile(r"(?<=[a-z0-9])(?:。|点)(?=(?:com|net|org|top|info|cn|xyz|vip|shop)(?![a-z0-9]))"),
        lambda _: ".",
        frozenset("。点"),
    ),
    Rule(re.compile(r"\s?(?:\[at\]|\(at\)|\{at\})\s?"), lambda _: "@", frozenset("[({")),
    Rule(re.compile(r"\s++"), _closed, _SPACES, about_han=True),
    Rule(re.compile(f"[{_BREAKERS}]++"), _joined, _BREAKER_SIGNS, about_han=True),
    Rule(
        re.compile(r"(?<![a-z0-9])[a-z](?:[ ·•*|_~^.\-][a-z0-9]){2,}(?![a-z0-9])"), _spelled, _SPACES | _BREAKER_SIGNS
    ),
    Rule(
        re.compile(rf"(?<![a-z0-9])[a-z0-9]++(?:[{_LATIN_BREAKERS}._\-]{{1,2}}[a-z0-9]++)+"), _unbroken, _BREAKER_SIGNS
    ),
    Rule(re.compile(r"\s{2,}"), lambda _: " ", _SPACES),
)
"""In this order; the last makes one space of many, after the gaps have been read."""
