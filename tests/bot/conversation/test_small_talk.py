"""What is written to the bot and tells of nothing has its own answer, and is kept nowhere."""

import pytest

from bot.conversation.book import Book
from bot.conversation.events import Add
from bot.conversation.session import Stage
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import RECEIPT, Talk, talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        (EN, "Thanks!", "glad you wrote"),
        (HANS, "谢谢你", "谢谢你写来"),
        (HANT, "唔該晒", "謝謝你寫來"),
        (EN, "any update?", "Send me the receipt"),
        (HANS, "查进度", "把回执码发来"),
        (HANT, "有結果了嗎？", "把回執碼傳來"),
        (EN, "delete everything about me", "“Stop” erases"),
        (HANS, "全部删掉", "“不说了”"),
        (HANT, "刪除我的資料", "「不說了」"),
        (HANS, "我要撤回", "“不说了”"),
        (HANT, "刪除我啲資料", "「不說了」"),
        (HANS, "把我说的都删了", "“不说了”"),
        (EN, "please delete my messages", "“Stop” erases"),
        (EN, "are you a robot?", "a program"),
        (EN, "you are so useless", "reason to be angry"),
        (HANS, "你真是废物", "生气"),
        (HANT, "操你媽的 爛機器人", "生氣"),
        (HANT, "唔該晒 你哋好幫到手", "謝謝你寫來"),
        (HANT, "我想查進度", "把回執碼傳來"),
        (HANT, ["什麼破機器人", "沒用的東西"][1], "生氣"),
    ],
)
def test_it_is_answered_and_no_part_of_a_telling(
    book: Book, matcher: Matcher, language: Language, text: str, answer: str
) -> None:
    person = talk(book, matcher, language).say(text)
    assert answer in person.text
    assert person.session.report.lines == ()
    assert person.where() is Stage.OPEN


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "useless loan company took my 3000"),
        (HANS, "废物客服骗了我三千"),
        (HANS, "操你妈的骗子骗了我三千"),
        (EN, "fuck i got scammed"),
        (HANS, "谢谢 我被骗了三千"),
    ],
)
def test_a_telling_with_such_a_word_is_a_telling(book: Book, matcher: Matcher, language: Language, text: str) -> None:
    assert talk(book, matcher, language).say(text).session.report.lines == (text,)


@pytest.mark.parametrize(
    ("language", "hint", "cry", "number", "more"),
    [
        (HANS, "zh-CN", "救命", "110", "他在楼顶上"),
        (HANT, "zh-HK", "救命呀！", "999", "佢喺天台"),
        (EN, "en-GB", "SOS", "999", "it is my neighbour"),
    ],
)
def test_a_bare_cry_is_asked_what_is_wrong_with_the_emergency_number_and_not_about_a_scam(
    book: Book, matcher: Matcher, language: Language, hint: str, cry: str, number: str, more: str
) -> None:
    person = talk(book, matcher, language)
    person.hint = hint
    person.say(cry)
    assert person.where() is Stage.WHICH_DANGER
    assert number in person.text
    # And what no card fits is asked once more, then read as what happened.
    person.say(more)
    assert person.where() is Stage.WHICH_DANGER
    assert person.session.report.lines == (more,)
    person.say(more)
    assert person.where() is not Stage.WHICH_DANGER


def test_thanks_after_filing_are_no_addition(book: Book, matcher: Matcher) -> None:
    person = filed(book, matcher)
    for word in ("thanks", "ok", "got it"):
        person.say(word)
    assert not any(isinstance(effect, Add) for effect in person.effects)
    for words in ("delete my report", "withdraw", "我要撤回舉報"):
        assert "Withdraw" in person.say(words).text or "撤回" in person.text
    assert not any(isinstance(effect, Add) for effect in person.effects)


def test_where_somebody_may_look_on_nothing_says_whose_chat_this_is(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN).press("watched").say("thanks")
    assert "glad" not in person.text


def filed(book: Book, matcher: Matcher) -> Talk:
    person = (
        talk(book, matcher, EN, "GB").say("i was cheated and sent 8000 pounds by bank transfer").press("money:called")
    )
    while person.where() is Stage.QUESTION:
        person.press("skip")
    return person.press("submit")


@pytest.mark.parametrize(
    ("language", "plea"), [(EN, "help me please"), (HANS, "怎么办"), (HANT, "好驚 點算".replace(" ", "")), (EN, "ok")]
)
def test_who_only_asks_for_help_is_not_asked_what_they_said(
    book: Book, matcher: Matcher, language: Language, plea: str
) -> None:
    person = talk(book, matcher, language).say(plea)
    assert person.where() is Stage.OPEN
    assert "kind:cheated" in [button.id for button in person.buttons()]


def test_a_yes_before_filing_says_that_nothing_is_sent_yet(book: Book, matcher: Matcher) -> None:
    person = (
        talk(book, matcher, EN, "GB").say("i was cheated and sent 8000 pounds by bank transfer").press("money:called")
    )
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.say("good")
    assert person.filed == []
    assert "Nothing is sent yet" in person.say("ok").text


def test_with_the_receipt_open_whoever_wants_it_gone_is_asked_whether_to_withdraw(book: Book, matcher: Matcher) -> None:
    person = filed(book, matcher)
    person.say(RECEIPT).say("please delete my report")
    assert person.where() is Stage.WITHDRAWING
