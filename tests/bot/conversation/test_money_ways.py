"""Whom to tell of money that has left hangs on the way it went."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Session
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import Talk, talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
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


@pytest.mark.parametrize(
    ("language", "country", "told", "was_posted"),
    [
        (EN, "US", "I mailed 20000 dollars in a fedex box this morning to the address the agent gave me", True),
        (EN, "US", "I gave 20000 dollars in cash to the man the agent sent", False),
        (EN, "US", "uber driver just took 15000 cash, the agent told me to put it in the boot", False),
        (HANT, "HK", "琴日用順豐速遞寄咗兩條金鏈去深圳 話係公安查案", True),
        (EN, "US", "i paid 3 dollars by card on a fake usps page for my parcel", False),
        (HANS, "CN", "我妈把5万现金用顺丰寄出去了，今天早上寄的", True),
        (HANT, "TW", "我把金條用宅急便寄給他們說的檢察官了", True),
        (HANT, "HK", "收到順豐短訊話要補運費，我用信用卡畀咗十蚊", False),
    ],
)
def test_what_is_in_a_parcel_can_still_be_turned_round(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, *, was_posted: bool
) -> None:
    person = talk(book, matcher, language, country).say(told)
    turn_round = {EN: ("Stop this parcel",), HANS: ("马上拦截",), HANT: ("馬上攔截", "即刻截停")}[language]
    said = " ".join(reply.text for reply in person.replies)
    assert any(words in said for words in turn_round) is was_posted


def test_a_driver_who_took_it_is_described_to_the_police(book: Book, matcher: Matcher) -> None:
    told = "uber driver just took 15000 cash, the agent told me to put it in the boot"
    person = talk(book, matcher, EN, "US").say(told)
    assert any("what they looked like" in reply.text for reply in person.replies)
