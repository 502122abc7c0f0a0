"""A child beside the man who writes to them reads whom to go to, and where to call, in one look."""

import pytest

from bot.conversation.book import Book
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import talk


@pytest.mark.parametrize(
    ("language", "country", "told", "number"),
    [
        (Language.EN, "GB", "hes outside my school now the man from the game", "999"),
        (Language.EN, None, "hes outside my school now the man from the game", "emergency number"),
    ],
)
def test_whom_to_go_to_is_said_before_they_are_asked_whether_they_can_write(
    book: Book, matcher: Matcher, language: Language, country: str | None, told: str, number: str
) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert person.session.card is Danger.CONTROLLER
    assert number in person.text
    assert "Can you write freely" in person.text
    assert len(person.replies) == 1


def test_a_grown_up_reads_no_number_that_others_may_see(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, Language.EN, "GB").press("watched")
    assert "999" not in person.text
