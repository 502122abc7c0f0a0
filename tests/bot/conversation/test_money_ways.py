"""Whom to tell of money that has left hangs on the way it went."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Session
from knowledge.matching import Matcher
from tests.bot.conversation.shell import Talk

BANK, EXCHANGE, POLICE = "your own bank", "the exchange you sent it from", "Tell the police"


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        ("i just paid 3000 dollars by bank transfer to a man who said he was the police", (BANK, POLICE)),
        ("i just sent 3000 USDT to their platform and it will not pay out", (EXCHANGE, POLICE)),
        ("i just paid 3000 dollars to a fake crypto platform by bank transfer", (BANK, EXCHANGE)),
    ],
)
def test_where_no_number_stops_money_each_way_it_went_is_told(
    book: Book, matcher: Matcher, told: str, steps: tuple[str, ...]
) -> None:
    person = Talk(book, matcher, Session()).say(told)
    card = next(reply.text for reply in person.replies if "First these three" in reply.text)
    assert {words for words in (BANK, EXCHANGE, POLICE) if words in card} == {*steps}
    assert [card.index(words) for words in steps] == sorted(card.index(words) for words in steps)
