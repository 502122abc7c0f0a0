"""The staff's set phrases: chosen in their own language, sent in the reporter's, and known again when they are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.language import HONG_KONG, SPEAK_AS_HONG_KONG, Language, Texts, in_language

_FILE = "set_phrases.toml"


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A question in every language."""

    id: str
    texts: Texts

    def for_staff(self, language: Language) -> str:
        """As the member of staff reads it."""
        return in_language(self.texts, language)

    def for_reporter(self, language: str, country: str | None) -> str:
        """In the tip's language and the words of its country; in English for a language that is none of ours."""
        if language == Language.ZH_HANT and country in SPEAK_AS_HONG_KONG and HONG_KONG in self.texts:
            return self.texts[HONG_KONG]
        return in_language(self.texts, Language(language) if language in set(Language) else Language.EN)


@cache
def set_phrases() -> tuple[SetPhrase, ...]:
    """All of them, in the order of the file. Raises ValueError, naming the phrase, where a language is missing."""
    told: Mapping[str, Mapping[str, str]] = tomllib.loads((files("bot.staff") / _FILE).read_text("utf-8"))
    for name, texts in told.items():
        missing = set(Language) - set(texts)
        unknown = set(texts) - set(Language) - {HONG_KONG}
        if missing or unknown or not all(text.strip() for text in texts.values()):
            raise ValueError(f"{_FILE}: [{name}] needs a text in each of {', '.join(Language)}, and no other key.")
    return tuple(SetPhrase(name, texts) for name, texts in told.items())


def in_staff_words(text: str, language: Language) -> str:
    """What was asked by set phrases, in the reader's language; empty where nothing of it was one, or all is in it."""
    known = {said: phrase for phrase in set_phrases() for said in phrase.texts.values()}
    lines = [line.strip() for line in text.splitlines()]
    read = [known[line].for_staff(language) for line in lines if line in known]
    return "" if not read or set(read) <= set(lines) else "\n".join(read)
