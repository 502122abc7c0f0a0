"""With somebody beside them nothing stands on the screen but a question: whom to call comes once they can write."""

from bot.conversation.book import Book
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import talk


def test_a_child_reads_no_number_that_the_man_may_see_and_all_of_it_once_they_can_write(
    book: Book, matcher: Matcher
) -> None:
    person = talk(book, matcher, Language.EN, "GB").say("hes outside my school now the man from the game")
    assert person.session.card is Danger.CONTROLLER
    assert "999" not in person.text
    assert len(person.replies) == 1
    assert "999" in person.press("controller:yes").text
