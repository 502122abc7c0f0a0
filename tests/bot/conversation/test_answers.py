"""What is typed instead of pressed: read as it was meant, and kept as it was written."""

from dataclasses import replace

import pytest

from bot.conversation.answers import AnswerKind, Typed, read_answer
from bot.conversation.book import Book
from bot.conversation.questions import BY_ID
from bot.conversation.session import Session, Stage
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import RECEIPT, Talk, talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN


def choice(question: str, text: str) -> str | None:
    return read_answer(AnswerKind.CHOICE, Typed(text, ()), BY_ID[question].words)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("no", "nothing"),
        ("no, nothing yet", "nothing"),
        ("i have not paid", "nothing"),
        ("another man paid", "paid"),
        ("they know my password", "given"),
        ("还没付钱", "nothing"),
        ("付了三千", "paid"),
        ("沒匯", "nothing"),
        ("冇過數", "nothing"),
        ("hm", None),
    ],
)
def test_a_word_is_read_where_it_stands_by_itself(text: str, read: str | None) -> None:
    assert choice("money-left", text) == read


def test_nothing_is_not_read_as_money_that_came_in() -> None:
    assert choice("mule-flow", "nothing") is None
    assert choice("mule-flow", "it came in") == "came-in"


@pytest.mark.parametrize(
    ("language", "telling", "typed"),
    [
        (HANS, "我被骗了，转了钱", "微信转的"),
        (HANT, "我被騙了，匯了錢", "ATM轉帳"),
        (EN, "i was cheated and sent money", "by card i think"),
    ],
)
def test_the_words_of_a_typed_answer_are_kept(
    book: Book, matcher: Matcher, language: Language, telling: str, typed: str
) -> None:
    person = talk(book, matcher, language).say(telling).press("money:called")
    person.session = replace(person.session, stage=Stage.QUESTION, question="rail")
    person.say(typed)
    assert typed in person.session.report.lines
    assert "rail" in person.session.report.answers


@pytest.mark.parametrize(("language", "typed"), [(HANS, "没有"), (HANT, "沒有"), (EN, "no")])
def test_no_under_the_question_who_can_be_with_you_is_not_taken_for_all_is_well(
    book: Book, matcher: Matcher, language: Language, typed: str
) -> None:
    tellings = {HANS: "我不想活了", HANT: "我不想活了", EN: "i don't want to live any more"}
    person = talk(book, matcher, language).say(tellings[language])
    assert person.session.card is Danger.LIFE
    person.say(typed)
    assert person.where() is Stage.CARD
    assert "life:talking" in [button.id for button in person.replies[-1].buttons]


@pytest.mark.parametrize(
    ("language", "telling", "wrong", "right"),
    [
        (HANS, "我被骗了，转了3000元", "3000元", "是5000元"),
        (HANT, "我被騙了，匯了3000元", "3,000 元", "是5000元"),
        (EN, "i was cheated and sent £300", "300", "it was £500"),
    ],
)
def test_a_changed_answer_takes_the_place_of_what_was_told(
    book: Book, matcher: Matcher, language: Language, telling: str, wrong: str, right: str
) -> None:
    person = talk(book, matcher, language).say(telling).press("money:called")
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("change").press("change:amount").say(right)
    assert person.where() is Stage.REVIEW
    assert wrong not in person.text
    amounts = [fact.shown for fact in person.session.report.facts if fact.type == "amount"]
    assert len(amounts) == 1
    assert amounts[0] in right


def test_how_to_reach_the_reporter_is_no_observable_of_the_swindler(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN).say("i was cheated and sent £300 yesterday by card").press("money:called")
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("change").press("change:contact").say("call 07700 900123, signal @test.01")
    assert person.session.report.answers["contact"] == "call 07700 900123, signal @test.01"
    assert [fact for fact in person.session.report.facts if fact.type in {"phone", "handle"}] == []
    assert all("07700" not in line for line in person.session.report.lines)


def test_what_is_written_under_a_question_of_the_staff_answers_it(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN).say("i was cheated and sent £300 yesterday by card").press("money:called")
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("submit").ask_from_staff("What was the app called?")
    later = Talk(book, matcher, Session(language=EN), tips=person.tips).say(RECEIPT).say("CloudMeet")
    assert [str(effect) for effect in later.effects[-1:]] == ["Add(tip='TIP-1', text='CloudMeet', answer=True)"]


@pytest.mark.parametrize(
    ("language", "telling", "typed"),
    [
        (HANS, "我刚被骗了 转了4万", "打不通"),
        (HANS, "我刚被骗了 转了4万", "不敢打"),
        (HANT, "我剛被騙 匯了四萬", "不敢打"),
        (EN, "i was just scammed, i sent 4000 dollars", "don't dare"),
    ],
)
def test_half_of_a_button_of_two_halves_is_that_button(
    book: Book, matcher: Matcher, language: Language, telling: str, typed: str
) -> None:
    pressed = talk(book, matcher, language).say(telling).press("money:cannot")
    assert talk(book, matcher, language).say(telling).say(typed).text == pressed.text


@pytest.mark.parametrize(
    ("language", "typed"),
    [(HANS, "人工"), (HANS, "你是不是警察"), (HANT, "轉人工"), (HANT, "搵真人"), (EN, "talk to a human")],
)
def test_whoever_asks_for_a_human_is_told_who_reads(
    book: Book, matcher: Matcher, language: Language, typed: str
) -> None:
    assert talk(book, matcher, language).say(typed).text == talk(book, matcher, language).say(WHO[language]).text


WHO = {HANS: "你是真人吗", HANT: "你是真人嗎", EN: "are you human"}


@pytest.mark.parametrize(
    ("language", "telling", "told"),
    [
        (HANS, "我同事投资被骗了一百万，他说想跳楼", "别让人一个人待着"),
        (HANT, "我同事投資被騙一百萬，他說想跳樓", "別讓對方一個人"),
        (EN, "my colleague lost everything to a scam and says he wants to kill himself", "don't leave them alone"),
    ],
)
def test_whoever_fears_for_somebody_else_hears_what_to_do_for_them(
    book: Book, matcher: Matcher, language: Language, telling: str, told: str
) -> None:
    person = talk(book, matcher, language).say(telling)
    assert person.session.card is Danger.LIFE
    # They are not asked whether they mean to die, unless they say that it is them.
    assert told in person.text
    assert person.where() is Stage.CARD
    person.press("life:me")
    assert told not in person.text
    person.press("life:other")
    assert told in person.text
    assert [button.id for button in person.replies[-1].buttons] == ["life:go-on", "life:later"]


@pytest.mark.parametrize(
    ("language", "telling", "again", "steps"),
    [
        (HANS, "我被骗了，转了8000元", "我刚刚又转了5000元", "先做这三件"),
        (HANT, "我被騙了，匯了8000元", "我剛剛又匯了5000元", "先做這三件"),
        (EN, "i was cheated and sent 8000 dollars", "i just sent another 5000 dollars", "First these three"),
    ],
)
def test_whoever_pays_once_more_after_filing_hears_at_once_what_stops_money(
    book: Book, matcher: Matcher, language: Language, telling: str, again: str, steps: str
) -> None:
    person = talk(book, matcher, language).say(telling).press("money:called").say(telling_more(language))
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("submit")
    person.say(telling_more(language))
    assert steps not in person.text
    person.say(again)
    assert steps in person.replies[0].text
    person.say(ON_A_CALL[language])
    assert OFF[language] in person.replies[0].text
    assert not any(button.id.startswith("money:") for reply in person.replies for button in reply.buttons)


def telling_more(language: Language) -> str:
    return {HANS: "对方姓王", HANT: "對方姓王", EN: "his name was Wang"}[language]


ON_A_CALL = {
    HANS: "他现在还在跟我通话，不让我挂",
    HANT: "他現在還在跟我通話，不讓我掛",
    EN: "he is on the phone with me now and says stay on the line",
}
OFF = {HANS: "关机", HANT: "關機", EN: "off"}


@pytest.mark.parametrize(
    ("language", "telling", "instead"),
    [
        (HANS, "我被骗了，转了两万给他们", "不对 是2万1"),
        (HANT, "我被騙了，匯了20萬", "不對 是21萬"),
        (EN, "i was cheated and sent 800 dollars", "no, it was 900 dollars"),
    ],
)
def test_a_sum_that_is_taken_back_does_not_stand_beside_the_right_one(
    book: Book, matcher: Matcher, language: Language, telling: str, instead: str
) -> None:
    person = talk(book, matcher, language).say(telling).press("money:called").say(instead)
    sums = [fact.minor for fact in person.session.report.facts if fact.type == "amount"]
    assert sums == [{HANS: 2_100_000, HANT: 21_000_000, EN: 90_000}[language]]


def test_another_sum_does_stand_beside_it(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN).say("i was cheated and sent 800 dollars").press("money:called")
    person.say("and another 900 dollars last week")
    assert [fact.minor for fact in person.session.report.facts if fact.type == "amount"] == [80_000, 90_000]


def test_the_script_follows_what_is_corrected_after_filing(book: Book, matcher: Matcher) -> None:
    person = (
        talk(book, matcher, EN, "GB").say("i was cheated and sent 800 pounds by bank transfer").press("money:called")
    )
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("submit").say("no, it was 900 pounds").press("script")
    assert "900" in person.text
    assert "800" not in person.text


@pytest.mark.parametrize(
    ("language", "telling", "instead", "minor"), [(HANS, "我被骗了，转了5万给他", "4万8", 4_800_000)]
)
def test_what_is_typed_where_it_may_be_changed_takes_the_place(
    book: Book, matcher: Matcher, language: Language, telling: str, instead: str, minor: int
) -> None:
    person = talk(book, matcher, language).say(telling).press("money:called")
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("change").say(instead)
    assert [fact.minor for fact in person.session.report.facts if fact.type == "amount"] == [minor]
