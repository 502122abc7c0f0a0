"""What was done besides paying is heard and answered, and what else helps waits behind a button once it is filed."""

import pytest

from bot.conversation import phrases
from bot.conversation.aftercare import aftercare, has_aftercare
from bot.conversation.book import Book
from bot.conversation.questions import size
from bot.conversation.report import Match, Report
from bot.conversation.session import Session, Stage
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from knowledge.matching import Likeness, Matcher
from knowledge.pattern import AdviceStage
from tests.bot.conversation.shell import talk
from tests.bot.conversation.test_examples import EN, HANS, HANT, MONEY_GONE, fits_a_phone

GIVEN = [
    (EN, "GB", "i gave them my card number and the code"),
    (EN, "US", "Is this real? A text said I owed a toll, I typed my card number and cvv on their page"),
    (HANS, "CN", "我把卡号和验证码告诉他了"),
    (HANT, "TW", "我在假網站輸入了信用卡卡號跟簡訊驗證碼"),
    (HANT, "HK", "我畀咗個OTP佢，點算"),
]
GIVEN_STAGE = AdviceStage.CARD_OR_PASSWORD_GIVEN


@pytest.mark.parametrize(("language", "country", "telling"), GIVEN)
def test_who_gave_a_card_or_a_code_hears_whom_to_call_and_is_not_asked_for_it_again(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    voice = book.voice(person.session)
    advices = [pattern.advice.get(GIVEN_STAGE) for pattern in book.catalogue]
    whom_to_call = (voice.say(phrases.GIVEN), *(voice.texts(texts) for texts in advices if texts))
    assert person.replies[0].text.startswith(whom_to_call)
    assert person.where() is Stage.REVIEW
    assert person.taps == 0
    said_again = person.say({HANS: "就这些", HANT: "就這些", EN: "that is all"}[language])
    assert not any(advice in said_again.text for advice in whom_to_call)
    person.press("submit")
    assert person.filed[0].report.lost == "given"


def test_who_did_nothing_at_first_and_gives_a_code_later_hears_it_then(book: Book, matcher: Matcher) -> None:
    telling = 'Is this real? "USPS: your parcel is held. Update within 12h: hxxps://usps-redelivery[.]top/i"'
    person = talk(book, matcher, EN, "US").say(telling).press("exposure:nothing")
    person.say("now i typed my card number and the code on their page after all")
    pattern = book.catalogue["parcel-message"]
    assert pattern.advice[GIVEN_STAGE][EN] in person.text
    assert person.session.report.lost == "given"


def test_a_child_who_gave_a_password_is_not_sent_to_a_bank(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我10岁 我把游戏密码告诉他了 登不进去了")
    assert person.session.report.lost == "given"
    person.press("minor:go-on")
    advices = [pattern.advice.get(GIVEN_STAGE) for pattern in book.catalogue]
    whom_to_call = (book.voice(person.session).say(phrases.GIVEN), *(texts[HANS] for texts in advices if texts))
    assert not any(advice in person.text for advice in whom_to_call)


@pytest.mark.parametrize(("language", "country", "telling"), GIVEN)
def test_once_money_has_left_too_its_card_comes(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling).press("money")
    assert person.replies[0].urgent
    assert person.session.card is Danger.MONEY_GONE
    person.press("money:called")
    assert person.session.report.lost == "paid"


@pytest.mark.parametrize(("language", "country", "number", "telling", "payee"), MONEY_GONE)
def test_once_filed_the_scams_own_advice_waits_behind_a_button(
    book: Book, matcher: Matcher, language: Language, country: str, number: str, telling: str, payee: str
) -> None:
    person = talk(book, matcher, language, country).say(telling).press("money:called")
    pattern = book.catalogue[person.session.report.matches[0].pattern]
    if person.where() is Stage.QUESTION:
        person.press("skip")
    person.say(payee).press("submit").press("aftercare")
    said = person.replies[0]
    assert book.voice(person.session).texts(pattern.advice[AdviceStage.PAID]) in said.text
    assert fits_a_phone(said)
    assert person.where() is Stage.FILED


def test_of_every_pattern_what_helps_after_a_loss_fits_a_phone_in_every_language(book: Book) -> None:
    for pattern in book.catalogue:
        match = Match(pattern.id, 1, ())
        for language in Language:
            for lost in ("paid", "given"):
                answers = {"money-left": lost}
                report = Report(answers=answers, kind=Kind.CHEATED, likeness=Likeness.WARN.value, matches=(match,))
                said = aftercare(book, Session(language=language, report=report))
                assert bool(said) == has_aftercare(book, report)
                assert bool(said) or lost == "given"
                assert size(said) <= 720


@pytest.mark.parametrize(("language", "asked"), [(EN, "Who are you?"), (HANS, "你是谁？"), (HANT, "你係邊個？")])
def test_whoever_asks_is_told_what_this_is_but_for_who_may_stand_beside_the_one_who_wrote(
    book: Book, matcher: Matcher, language: Language, asked: str
) -> None:
    person = talk(book, matcher, language, None).say(asked)
    assert book.voice(person.session).say(phrases.WHO) in person.text
    watched = talk(book, matcher, language, None).press("watched").say(asked)
    assert book.voice(watched.session).say(phrases.WHO) not in watched.text
    assert watched.session.card is Danger.CONTROLLER
