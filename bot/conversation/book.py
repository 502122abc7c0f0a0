"""What the conversation knows and how it speaks: knowledge and translations, passed in, never looked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.conversation.buttons import LABELS, NOT_IN, PLACES
from bot.conversation.events import Button
from bot.conversation.session import Session
from knowledge.catalogue import Catalogue
from knowledge.dangers import Reading
from knowledge.hotlines import Hotlines
from knowledge.language import HONG_KONG, SPEAK_AS_HONG_KONG, Language, Texts
from knowledge.observables import Look, Observable


class ReadsDangers(Protocol):
    def read(self, text: str) -> Reading: ...


class Extracts(Protocol):
    def extract(self, text: str, *, country: str | None, now: datetime) -> tuple[Observable, ...]: ...

    def look(self, text: str) -> Look: ...

    def settle(self, look: Look, *, country: str | None, now: datetime) -> tuple[Observable, ...]: ...


class GuessesCountry(Protocol):
    def __call__(
        self, text: str, *, language: Language | None, observables: tuple[Observable, ...], hint: str | None
    ) -> str | None: ...


class NamesCountry(Protocol):
    def __call__(self, text: str) -> str | None: ...


Translate = Callable[[str], str]

# Quotation marks inside a quotation.
_INNER_HANT = str.maketrans("「」", "『』")
_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language. `country` is whose numbers are told, `words` whose words are said: a Hongkonger in London
    calls 999 there and is spoken to as at home."""

    language: Language
    country: str | None
    translate: Translate
    words: str | None

    def say(self, sentence: str, **slots: object) -> str:
        """The sentence in this language, its slots filled."""
        spoken = self.translate(sentence)
        return spoken.format(**slots) if slots else spoken

    def button(self, button: str) -> Button:
        return Button(button, self.say(LABELS[button]))

    def place(self, country: str) -> str:
        return self.say(PLACES[country])

    def not_here(self) -> Button:
        """The way to other numbers: names the place guessed, so that a wrong guess is seen."""
        if self.country is not None and self.country in PLACES:
            return Button("place", self.say(NOT_IN, place=self.place(self.country)))
        return self.button("place:choose")

    def texts(self, texts: Texts) -> str:
        """The knowledge's own words in this language, and of this place where it says it otherwise."""
        if self.language is Language.ZH_HANT and self.words in SPEAK_AS_HONG_KONG:
            return texts.get(HONG_KONG, texts[self.language])
        return texts[self.language]

    def quote(self, words: str) -> str:
        """The person's words, set apart as this language does."""
        match self.language:
            case Language.ZH_HANT:
                return f"「{words.translate(_INNER_HANT)}」"
            case _:
                return f"“{words.translate(_INNER)}”"

    def join(self, sentences: list[str]) -> str:
        """Whole sentences, one after the other; Chinese ones need no space between."""
        return (" " if self.language is Language.EN else "").join(sentences)

    @property
    def stop(self) -> str:
        return "." if self.language is Language.EN else "。"

    def first_sentence(self, text: str) -> str:
        end = ". " if self.language is Language.EN else self.stop
        first, found, _ = text.partition(end)
        return first + found.strip()

    def list(self, items: list[str]) -> str:
        return (", " if self.language is Language.EN else "、").join(items)


@dataclass(frozen=True, slots=True)
class Book:
    """`translators` by (language, country): country None for the language's own wording."""

    catalogue: Catalogue
    hotlines: Hotlines
    reader: ReadsDangers
    extractor: Extracts
    guess_country: GuessesCountry
    name_country: NamesCountry
    translator: Callable[[Language, str | None], Translate]

    def voice(self, session: Session) -> Voice:
        words = session.speaks_as or session.country
        return Voice(session.language, session.country, self.translator(session.language, words), words)
