"""A card that the person has answered does not come back for words written before the answer; new words bring it."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Stage
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Likeness
from tests.bot.conversation.saying import Says
from tests.bot.conversation.shell import Talk, talk

NOTHING_KNOWN = Says(Likeness.UNKNOWN)
CRY = {
    Language.EN: "I want to kill myself",
    Language.ZH_HANS: "我不想活了，想死",
    Language.ZH_HANT: "我不想活了，想死",
}


def told_thrice(book: Book, language: Language) -> Talk:
    person = talk(book, NOTHING_KNOWN, language)
    for _ in range(3):
        person.say(CRY[language])
        assert (person.where(), person.session.card) == (Stage.CARD, Danger.LIFE)
    return person


@pytest.mark.parametrize("language", CRY)
def test_not_that_answers_all_that_was_written_while_the_card_stood(book: Book, language: Language) -> None:
    person = told_thrice(book, language).press("life:not-that")
    assert person.where() is not Stage.CARD
    assert Danger.LIFE not in person.session.report.dangers


@pytest.mark.parametrize("language", CRY)
def test_a_new_cry_after_the_denial_is_asked_about_again(book: Book, language: Language) -> None:
    person = told_thrice(book, language).press("life:not-that").say(CRY[language])
    assert (person.where(), person.session.card) == (Stage.CARD, Danger.LIFE)
