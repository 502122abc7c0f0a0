"""What was done besides paying is heard and answered, and what else helps waits behind a button once it is filed."""

import pytest

from bot.conversation import phrases, urgent
from bot.conversation.aftercare import aftercare, has_aftercare
from bot.conversation.book import Book
from bot.conversation.questions import size
from bot.conversation.report import Match, Report
from bot.conversation.session import Session, Stage
from bot.services.urgency import Reason
from bot.services.urgent_order import marks_of
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from knowledge.matching import Likeness, Matcher
from knowledge.pattern import AdviceStage
from tests.bot.conversation.shell import Talk, talk
from tests.bot.conversation.test_examples import EN, HANS, HANT, MONEY_GONE, fits_a_phone

GIVEN = [
    (EN, "GB", "i gave them my card number and the code"),
    (EN, "US", "Is this real? A text said I owed a toll, I typed my card number and cvv on their page"),
    (HANS, "CN", "我把卡号和验证码告诉他了"),
    (HANT, "TW", "我在假網站輸入了信用卡卡號跟簡訊驗證碼"),
    (HANT, "HK", "我畀咗個OTP佢，點算"),
]
GIVEN_STAGE = AdviceStage.CARD_OR_PASSWORD_GIVEN


def all_advice(book: Book, person: Talk, stage: AdviceStage, of_all: str) -> tuple[str, ...]:
    """Whatever may be said at that stage, in their language: of all, and of each scam."""
    voice = book.voice(person.session)
    own = (pattern.advice.get(stage) for pattern in book.catalogue)
    return (voice.say(of_all), *(voice.texts(texts) for texts in own if texts))


@pytest.mark.parametrize(("language", "country", "telling"), GIVEN)
def test_who_gave_a_card_or_a_code_hears_whom_to_call_and_is_not_asked_for_it_again(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    whom_to_call = all_advice(book, person, GIVEN_STAGE, phrases.GIVEN)
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
    whom_to_call = all_advice(book, person, GIVEN_STAGE, phrases.GIVEN)
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


IDENTITY = [
    (EN, "GB", "The letting agent on Facebook got me to send a photo of my passport and now the advert is gone"),
    (HANS, "CN", "网上办贷款的客服要身份证，我把身份证正反面都拍给他了"),
    (HANT, "TW", "臉書找的貸款業務要審核，我把身分證正反面都傳給他了"),
    (HANT, "HK", "搵樓個agent叫我send身份證副本畀佢，我send咗"),
]


@pytest.mark.parametrize(("language", "country", "telling"), IDENTITY)
def test_who_gave_id_hears_once_what_can_be_done_about_it(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    what_to_do = all_advice(book, person, AdviceStage.IDENTITY_GIVEN, phrases.IDENTITY_GIVEN)
    assert sum(advice in person.text for advice in what_to_do) == 1
    assert all(fits_a_phone(reply) for reply in person.replies)
    # Whether money left them is asked all the same.
    assert person.where() is Stage.QUESTION
    person.press("answer:nothing")
    assert not any(advice in person.text for advice in what_to_do)
    person.press("submit")
    assert person.filed[0].report.gave_identity


@pytest.mark.parametrize(("language", "country", "telling"), IDENTITY)
def test_beside_a_card_what_was_said_of_id_is_not_said_again_once_it_is_filed(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling).press("answer:given")
    person.press("submit")
    if any(button.id == "aftercare" for button in person.buttons()):
        person.press("aftercare")
    what_to_do = all_advice(book, person, AdviceStage.IDENTITY_GIVEN, phrases.IDENTITY_GIVEN)
    assert not any(advice in person.text for advice in what_to_do)


@pytest.mark.parametrize(("language", "country", "telling"), IDENTITY)
def test_after_money_it_waits_with_what_else_helps(
    book: Book, matcher: Matcher, language: Language, country: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling).press("money").press("money:called")
    what_to_do = all_advice(book, person, AdviceStage.IDENTITY_GIVEN, phrases.IDENTITY_GIVEN)
    assert person.session.report.lost == "paid"
    assert not any(advice in person.text for advice in what_to_do)
    while person.where() is Stage.QUESTION:
        person.press("skip")
    person.press("submit")
    assert not any(advice in person.text for advice in what_to_do)
    # Also where no scam is named, or the one that is says nothing of ID.
    assert any(advice in person.press("aftercare").text for advice in what_to_do)


HURT = [
    (EN, "GB", "999", "my husband found out i sent the savings to that trading app and he broke my nose, im bleeding"),
    (HANS, "CN", "120、110", "我给刷单的转了两千，他知道了拿皮带抽我，耳朵都打出血了"),
    (HANT, "TW", "119、110", "我匯了五萬給假投資，先生知道之後拿棍子打我，打到流血"),
    (HANT, "HK", "999", "我俾人呃咗三萬，老公知道咗攞皮帶打我，打到流血"),
]


@pytest.mark.parametrize(("language", "country", "number", "telling"), HURT)
def test_who_is_beaten_hears_first_whom_to_call_and_only_once(
    book: Book, matcher: Matcher, language: Language, country: str, number: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).say(telling)
    first = person.replies[0]
    said = book.voice(person.session).say(urgent.HURT, number=number)
    assert first.text == said
    assert first.urgent
    assert first.silent
    assert person.session.card is Danger.MONEY_GONE
    assert said not in person.say(telling).text
    assert Reason.HURT in marks_of(person.session.report)
    assert person.session.quiet
    assert all(reply.silent for reply in person.replies)


@pytest.mark.parametrize(("language", "country", "number", "telling"), HURT)
def test_whoever_may_be_watched_hears_it_once_they_can_write_freely(
    book: Book, matcher: Matcher, language: Language, country: str, number: str, telling: str
) -> None:
    person = talk(book, matcher, language, country).press("watched").say(telling)
    said = book.voice(person.session).say(urgent.HURT, number=number)
    assert said not in person.text
    assert said in person.press("controller:yes").text


@pytest.mark.parametrize(
    ("language", "telling"),
    [
        (EN, "my brother is held in myanmar, they beat him with a rod every night and want 15000"),
        (HANS, "我弟弟被关在妙瓦底，他们拿电棍电他，要二十万才放人"),
        (HANT, "我弟弟被關在緬甸園區，他們拿電棍電他，要二十萬才放人"),
    ],
)
def test_whose_own_is_held_abroad_is_not_sent_to_the_emergency_number(
    book: Book, matcher: Matcher, language: Language, telling: str
) -> None:
    person = talk(book, matcher, language, None).say(telling)
    assert person.session.report.is_hurt
    assert person.where() is Stage.HELD
    assert book.voice(person.session).say(urgent.HURT_NOWHERE) not in person.text


@pytest.mark.parametrize(("language", "asked"), [(EN, "Who are you?"), (HANS, "你是谁？"), (HANT, "你係邊個？")])
def test_whoever_asks_is_told_what_this_is_but_for_who_may_stand_beside_the_one_who_wrote(
    book: Book, matcher: Matcher, language: Language, asked: str
) -> None:
    person = talk(book, matcher, language, None).say(asked)
    assert book.voice(person.session).say(phrases.WHO) in person.text
    watched = talk(book, matcher, language, None).press("watched").say(asked)
    assert book.voice(watched.session).say(phrases.WHO) not in watched.text
    assert watched.session.card is Danger.CONTROLLER


@pytest.mark.parametrize(
    ("language", "country", "told", "ambulance"),
    [
        (HANS, "CN", "我吃了一瓶安眠药", "120"),
        (HANT, "TW", "我吞了安眠藥", "119"),
        (HANT, "HK", "我吞咗成樽安眠藥", "999"),
    ],
)
def test_who_took_something_reads_the_ambulances_number_before_anything_is_asked(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, ambulance: str
) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert ambulance in person.replies[0].text
