"""Everything that is said in the knowledge, each text with the place where an editor finds it."""

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.language import Language
from knowledge.learned import ORDINARY
from knowledge.ordinary import OrdinaryMessage
from knowledge.pattern import Pattern
from knowledge.text import Normalised, Normaliser


@dataclass(frozen=True, slots=True)
class KnownText:
    """A telling or script of a pattern, or an ordinary message, whose `pattern` is ORDINARY and `key` its group."""

    pattern: str
    key: str
    language: Language
    text: str
    normalised: Normalised

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"the ordinary messages ({self.key})" if self.pattern == ORDINARY else f"{self.pattern}.toml: {self.key}"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way a red flag is worded, and where it stands; what two scripts write alike stands there once."""

    pattern: str
    red_flag: str
    key: str
    text: str
    normalised: str
    is_honest_alone: bool


@dataclass(frozen=True, slots=True, order=True)
class Hint:
    """Something an editor should look at, though the file loads with it."""

    pattern: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.pattern}.toml: {self.key}: {self.sentence}"


def known_texts(
    patterns: Iterable[Pattern], ordinary: Iterable[OrdinaryMessage], normaliser: Normaliser
) -> tuple[KnownText, ...]:
    """The ordinary messages, then what each pattern's `spoken` yields: the order of the trials of `learn_and_try`."""
    honest = [
        KnownText(ORDINARY, message.group, message.language, message.text, normaliser.normalise(message.text))
        for message in ordinary
        if not message.is_vague
    ]
    spoken = [
        KnownText(pattern.id, f"{kind}s.{language}[{at}]", language, text, normaliser.normalise(text))
        for pattern in patterns
        for kind, language, at, text in pattern.spoken()
    ]
    return (*honest, *spoken)


def phrasings(patterns: Iterable[Pattern], normaliser: Normaliser) -> tuple[Phrasing, ...]:
    """Every phrasing of every red flag; empty ones, of a file not finished yet, are left out."""
    found: dict[tuple[str, str, str], Phrasing] = {}
    for pattern in patterns:
        for flag_at, flag in enumerate(pattern.red_flags):
            for language, texts in flag.phrasings.items():
                for at, text in enumerate(texts):
                    key = f"red_flags[{flag_at}].phrasings.{language}[{at}]"
                    normalised = normaliser.normalise(text).text
                    own = Phrasing(pattern.id, flag.id, key, text, normalised, flag.honest_alone)
                    if normalised:
                        found.setdefault((pattern.id, flag.id, normalised), own)
    return tuple(found.values())


def quote(text: str) -> str:
    """Enough of a text to find it by, on one line."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= _LONGEST_QUOTE else f"“{line[:_LONGEST_QUOTE].rstrip()} …”"


_LONGEST_QUOTE = 60
