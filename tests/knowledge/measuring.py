"""The original test set, its disguises, and what the matcher makes of it.

`texts.jsonl` was written for this purpose by someone who had seen neither the patterns nor their examples: tellings and
scripts with every pattern that would be a right answer (the best first), and ordinary messages with none. Nothing of it
may ever teach a pattern, or it measures nothing any more.
"""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.matching import Likeness, Matcher, Matching

TEXTS = Path(__file__).with_name("texts.jsonl")


@dataclass(frozen=True, slots=True)
class Text:
    """`patterns` are all right answers; none for what is ordinary."""

    id: str
    kind: str
    language: str
    text: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1 of the texts that were asked."""

    first: float
    top_three: float
    warned: float
    warned_or_similar: float
    falsely_warned: float
    kept: float


def read_texts() -> tuple[Text, ...]:
    with TEXTS.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return tuple(Text(r["id"], r["kind"], r["language"], r["text"], tuple(r["patterns"])) for r in rows)


def measure(matcher: Matcher, texts: Sequence[Text]) -> Figures:
    """`kept`: the share of warnings that a disguise does not undo."""
    scams = [(text, matcher.match(text.text)) for text in texts if text.patterns]
    ordinary = [matcher.match(text.text) for text in texts if not text.patterns]
    warned = [text for text, found in scams if found.likeness is Likeness.WARN]
    kept = [matcher.match(disguised(text)).likeness is Likeness.WARN for text in warned]
    return Figures(
        first=_share(_rank(text, found) == 0 for text, found in scams),
        top_three=_share(_rank(text, found) < 3 for text, found in scams),
        warned=len(warned) / len(scams),
        warned_or_similar=_share(found.likeness is not Likeness.UNKNOWN for _, found in scams),
        falsely_warned=_share(found.likeness is Likeness.WARN for found in ordinary),
        kept=_share(kept),
    )


def disguised(text: Text) -> str:
    """The text as a sender writes it who evades filters; which way depends on its id alone."""
    generator = random.Random(text.id)  # noqa: S311 - no secret hangs on it
    return generator.choice(DISGUISES)(text.text, generator)


def _rank(text: Text, found: Matching) -> int:
    ranks = [at for at, match in enumerate(found.matches) if match.pattern in text.patterns]
    return min(ranks, default=len(found.matches))


def _share(answers: Iterable[bool]) -> float:
    counted = list(answers)
    return sum(counted) / max(1, len(counted))


def _look_alike(text: str, generator: random.Random) -> str:
    return text.translate(str.maketrans("aceopxyABEHKMOPT", "асеорхуАВЕНКМОРТ"))


def _invisible(text: str, generator: random.Random) -> str:
    return "".join(letter + generator.choice(["", "\u200b", "\u2060"]) for letter in text)


def _wide(text: str, generator: random.Random) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


def _spaced(text: str, generator: random.Random) -> str:
    if text.isascii():
        return "  ".join(" ".join(word) for word in text.split(" "))
    return " ".join(text)


def _dotted(text: str, generator: random.Random) -> str:
    return "".join(
        letter + generator.choice("·*|") if letter.isalpha() and generator.random() < 0.25 else letter
        for letter in text
    )


def _swapped(text: str, generator: random.Random) -> str:
    for meant, written in (
        ("微信", "薇信"),
        ("加", "咖"),
        ("群", "裙"),
        ("红包", "红苞"),
        ("账", "帐"),
        ("赚钱", "赚米"),
    ):
        text = text.replace(meant, written)
    return "".join(letter.swapcase() if generator.random() < 0.4 else letter for letter in text)


_SWAPS = (("微信", "薇信"), ("加", "咖"), ("群", "裙"), ("红包", "红苞"), ("账", "帐"), ("赚钱", "赚米"))

DISGUISES: tuple[Callable[[str, random.Random], str], ...] = (
    _look_alike,
    _invisible,
    _wide,
    _spaced,
    _dotted,
    _swapped,
)
