"""What is about to be handed over can still be kept: that is said first, unless a card says it better."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Stage
from bot.services.urgency import Reason
from bot.services.urgent_order import URGENT, marks_of, urgency
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import NOON, talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
KEEP = {HANS: "先别付，什么都先别", HANT: "先不要付", EN: "Don't pay or hand over"}


@pytest.mark.parametrize(
    ("language", "country", "told", "number"),
    [
        (EN, "GB", "courier is coming at 3pm to pick up 20000 in cash", "999"),
        (HANS, "CN", "我妈正在柜台汇款", "110"),
        (HANT, "TW", "投顧老師說專員等等到我家樓下面交80萬 有工作證 可以給嗎", "110"),
        (EN, None, "i am at the bitcoin atm now, should i send it", "emergency number"),
    ],
)
def test_it_is_said_before_anything_is_asked_with_the_number_to_call(
    book: Book, matcher: Matcher, language: Language, country: str | None, told: str, number: str
) -> None:
    person = talk(book, matcher, language, country)
    person.say(told)
    assert KEEP[language] in person.replies[0].text
    assert number in person.replies[0].text
    report = person.session.report
    assert Reason.PAYING in marks_of(report)
    assert urgency(report, (Reason.PAYING,), NOON) >= URGENT
    # Once is enough.
    person.say(told)
    assert KEEP[language] not in person.text


@pytest.mark.parametrize(
    ("language", "told", "card"),
    [
        (
            EN,
            "paid half £3000 yesterday by bank transfer, they want the other half tonight, should i send it",
            Danger.MONEY_GONE,
        ),
        (EN, "im 14 and he wants 200 in an hour or he posts my nudes, im about to send it", Danger.MINOR),
    ],
)
def test_a_card_that_says_it_too_stands_alone(
    book: Book, matcher: Matcher, language: Language, told: str, card: Danger
) -> None:
    person = talk(book, matcher, language, "GB").say(told)
    assert person.session.card is card
    assert KEEP[language] not in person.text


@pytest.mark.parametrize(
    ("language", "told", "step", "script"),
    [
        (EN, "i was cheated, i handed the courier 20000 in cash today", "handing over cash or gold", "Handed to"),
        (HANS, "我被骗了，把20万现金交给上门的人了", "把现金或黄金交给了人", "交给："),
        (HANT, "我被騙了，把50萬現金交給上門的專員", "把現金或黃金交給了人", "交給："),
    ],
)
def test_what_went_from_hand_to_hand_is_told_to_the_police_and_no_transfer_is_read_out(
    book: Book, matcher: Matcher, language: Language, told: str, step: str, script: str
) -> None:
    person = talk(book, matcher, language, {EN: "GB", HANS: "CN", HANT: "TW"}[language]).say(told)
    assert person.session.card is Danger.MONEY_GONE
    assert step in person.text
    person.press("money:called")
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("submit").press("script")
    assert script in person.text


@pytest.mark.parametrize(
    ("language", "told", "wrong"),
    [
        (EN, "i was cheated on a task site that pays cash, i sent them 900 dollars", "handing over"),
        (HANS, "投资黄金被骗了，转了5万", "交给了人"),
        (HANS, "刷单返现金，被骗5000", "交给了人"),
    ],
)
def test_the_word_alone_is_no_hand(book: Book, matcher: Matcher, language: Language, told: str, wrong: str) -> None:
    assert wrong not in talk(book, matcher, language).say(told).text


@pytest.mark.parametrize(
    ("language", "told", "gone"),
    [
        (EN, "courier is coming at 3pm to pick up 20000 in cash", "she paid it"),
        (HANS, "我妈正在柜台汇款", "已经转走了"),
        (HANT, "我媽現在在銀行櫃檯要匯款給別人", "匯出去了"),
    ],
)
def test_once_it_has_left_the_card_for_money_comes_whatever_was_asked_meanwhile(
    book: Book, matcher: Matcher, language: Language, told: str, gone: str
) -> None:
    person = talk(book, matcher, language).say(told)
    assert person.where() is not Stage.CARD
    person.say(gone)
    assert person.session.card is Danger.MONEY_GONE
    assert person.where() is Stage.CARD


def test_what_nobody_knows_is_no_second_answer_to_it(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN, "GB").say("courier is coming at 3pm to pick up 20000 in cash")
    assert "I don't know this one" not in person.text


@pytest.mark.parametrize(
    ("language", "country", "told"),
    [
        (EN, "GB", "there is a man in my house right now saying he is from the bank and needs my card"),
        (EN, "US", "the irs told me to buy gift cards, im at walgreens now"),
        (HANS, "CN", "公安叫我在银行等着，马上转账"),
    ],
)
def test_a_few_words_name_no_scam_but_what_to_do_is_said(
    book: Book, matcher: Matcher, language: Language, country: str, told: str
) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert KEEP[language] in person.replies[0].text
    assert person.where() not in {Stage.CLARIFY, Stage.EXPOSURE}


def test_with_a_stranger_in_the_room_whether_they_can_write_comes_first(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("有个自称银行的人现在在我家里要拿我的卡")
    assert person.session.card is Danger.CONTROLLER
    assert KEEP[HANS] not in person.text
    person.press("controller:yes")
    assert KEEP[HANS] in person.replies[0].text


def test_of_what_is_gone_nobody_is_told_to_keep_it(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我刚转了五万给他们，有个自称银行的人现在在我家里要拿我的卡")
    person.press("controller:yes")
    assert KEEP[HANS] not in person.text
    assert person.session.cards == (Danger.CONTROLLER, Danger.MONEY_GONE)
