"""A card is read on a phone by someone in a hurry: it fits, with the numbers of every place."""

from collections.abc import Iterator
from dataclasses import replace
from unicodedata import east_asian_width
from unittest.mock import NonCallableMock

import pytest

from bot.conversation import phrases, urgent
from bot.conversation.book import Book
from bot.conversation.buttons import PLACES
from bot.conversation.held import held_card
from bot.conversation.report import Fact, Report
from bot.conversation.session import Session
from bot.locales import Catalogues
from knowledge.catalogue import shipped_catalogue
from knowledge.dangers import Danger
from knowledge.hotlines import shipped_hotlines
from knowledge.language import Language

A_PHONES_SCREEN = 350
"""Chinese characters; a Latin letter or a digit takes half the room of one."""
PAID = Fact("amount", "9000 USD", "9000", minor=900000, currency="USD")
TOLD = (
    Report(lines=("a photo of her",)),
    Report(lines=("I posted cash in a box",), facts=(PAID,)),
    Report(lines=("he gave him cash",), answers={"rail": "cash"}),
)
RAILS = (None, "crypto", "gift-card")


@pytest.fixture(scope="module")
def book() -> Book:
    # A card is made from the session alone: nothing here reads, extracts or guesses.
    unused = NonCallableMock(spec_set=[])
    return Book(shipped_catalogue(), shipped_hotlines(), unused, unused, unused, unused, Catalogues.load().translator)


SCREENS = {Language.EN: 720 / 2, Language.ZH_HANS: A_PHONES_SCREEN, Language.ZH_HANT: A_PHONES_SCREEN}
"""The screen of each language, in the measure of `width`: English has 720 letters."""


def width(text: str) -> float:
    return sum(1 if east_asian_width(character) in "WFA" else 0.5 for character in text.replace("**", ""))


def cards(book: Book, session: Session) -> Iterator[str]:
    for danger in Danger:
        for rail in RAILS:
            answered = Report(answers={"rail": rail} if rail else {})
            yield urgent.danger_card(book, replace(session, report=answered), danger).text
        for told in TOLD:
            of_others = replace(session, report=told, theirs=True, of_a_child=True, of_another=True)
            yield urgent.danger_card(book, of_others, danger).text
    for held in ("inside", "out", "home"):
        yield held_card(book, replace(session, report=Report(answers={"held": held}))).text
    deadline = book.voice(session).say(phrases.ASK_DEADLINE)
    yield f"{held_card(book, session).text}\n\n{deadline}"
    yield urgent.safety_question(book, session).text


@pytest.mark.parametrize("country", [*PLACES, None])
@pytest.mark.parametrize("language", Language)
def test_every_card_fits_a_phones_screen_with_the_numbers_of_its_place(
    book: Book, language: Language, country: str | None
) -> None:
    too_long = [
        text for text in cards(book, Session(language=language, country=country)) if width(text) > SCREENS[language]
    ]

    assert too_long == []


@pytest.mark.parametrize("country", [*PLACES, None])
@pytest.mark.parametrize("language", Language)
def test_at_the_gate_and_where_someone_watches_the_card_is_short(
    book: Book, language: Language, country: str | None
) -> None:
    session = Session(language=language, country=country)

    assert width(urgent.danger_card(book, session, Danger.CONTROLLER).text) <= A_PHONES_SCREEN / 10
    assert width(urgent.danger_card(book, session, Danger.TRAVEL).text) <= A_PHONES_SCREEN * 0.6


@pytest.mark.parametrize("language", Language)
def test_no_slot_of_a_card_stays_empty_or_unfilled(book: Book, language: Language) -> None:
    for country in (*PLACES, None):
        for text in cards(book, Session(language=language, country=country)):
            assert "{" not in text
            assert "（）" not in text
            assert "：。" not in text
            assert "。。" not in text
            assert not any(line.endswith(". ") for line in text.split("\n"))
