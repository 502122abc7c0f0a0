"""A child is spoken to as a child; who speaks of one is spoken to as a grown-up."""

import pytest

from bot.conversation.book import Book
from knowledge.dangers import Danger
from knowledge.hotlines import Situation, Way
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
TO_IT = {HANS: "告诉一个你信得过的大人", HANT: "告訴一個你信得過的大人", EN: "Tell a grown-up"}
OF_IT = {HANS: "告诉孩子", HANT: "告訴孩子", EN: "tell them that first"}


@pytest.mark.parametrize(
    ("language", "told", "of_one"),
    [
        (EN, "my daughter is 13 and someone online wants pics of her", True),
        (EN, "im 13 and someone online wants pics of me", False),
        (EN, "im 14, he has my nudes and says he will send them to my brother", False),
        (HANS, "我女儿13岁，网上有人要她拍裸照", True),
        (HANS, "我13岁，网上有人要我拍裸照", False),
        (HANT, "我班上的學生被網友騙了裸照，才國一", True),
        (HANT, "我國二，他說要把我的裸照傳給全班", False),
    ],
)
def test_the_card_speaks_to_whoever_writes(
    book: Book, matcher: Matcher, language: Language, told: str, of_one: bool
) -> None:
    person = talk(book, matcher, language).say(told)
    assert person.session.card is Danger.MINOR
    assert (OF_IT if of_one else TO_IT)[language] in person.text
    assert (TO_IT if of_one else OF_IT)[language] not in person.text
    person.press("minor:no-child" if of_one else "minor:adult")
    assert Danger.MINOR not in person.session.report.dangers


@pytest.mark.parametrize(
    ("language", "told"),
    [(EN, "our son took his own life after they blackmailed him"), (HANS, "我女儿被他们逼得自杀走了，她才十六岁")],
)
def test_of_a_child_who_died_nobody_is_told_that_it_is_in_no_trouble(
    book: Book, matcher: Matcher, language: Language, told: str
) -> None:
    assert Danger.MINOR not in talk(book, matcher, language).say(told).session.cards


@pytest.mark.parametrize(
    ("language", "country", "told", "pictured", "paid"),
    [
        (HANT, "HK", "我個女12歲喺roblox用咗我張卡課金八千蚊，有個網友叫佢買", False, True),
        (HANS, "CN", "我女儿13岁，网上有人要她拍裸照", True, False),
        (EN, "GB", "my daughter is 13 and someone online wants pics of her", True, False),
    ],
)
def test_pictures_and_money_are_spoken_of_where_they_are_told_of(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, *, pictured: bool, paid: bool
) -> None:
    person = talk(book, matcher, language, country).say(told)
    take_down = {EN: "taken down", HANS: "照片可以要求撤下", HANT: "相片可以要求移除"}[language]
    refund = {EN: "money back", HANS: "申请退款", HANT: "申請退款"}[language]
    has_line = any(line.kind is Way.WEB for line in book.hotlines.find(country, Situation.CHILD))
    assert (take_down in person.text) is (pictured and has_line)
    assert (refund in person.text) is paid
