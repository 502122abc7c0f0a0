"""A journey or an account that is somebody else's: the card says what to tell them, and speaks to nobody as the doer."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Stage
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
# At the gate, and days before it.
DO_NOT_GO = {HANS: ("**先别走", "**别去"), HANT: ("**先不要走", "**不要去"), EN: ("**Don't go on", "**Don't go.")}
DO_NOT_LET_THEM = {HANS: "**别让人走", HANT: "**先不要讓人走", EN: "**They should not go on"}
STOP = {HANS: "**到这里就停", HANT: "**到這裡就停", EN: "**Stop here"}
LET_THEM_STOP = {HANS: "**让当事人到这里就停", HANT: "**請當事人到這裡就停", EN: "**It has to stop here"}


@pytest.mark.parametrize(
    ("language", "country", "told", "theirs"),
    [
        (EN, "GB", "my son is at the airport right now flying to cambodia for a job paying 5000 a month", True),
        (EN, "GB", "how do i stop my brother from going to myanmar tomorrow for a crypto job", True),
        (EN, "GB", "my nephew already boarded the plane to Phnom Penh, the job is chat support", True),
        (EN, "GB", "my friend told me to fly to cambodia for a job, im at the gate", False),
        (HANS, "CN", "我弟弟明天飞西港做客服，月薪三万，怎么劝他", True),
        (HANS, "CN", "我在机场了，朋友在泰国接我，说去做客服", False),
        (HANS, "CN", "我和女朋友明天飞柬埔寨打工", False),
        (HANT, "HK", "我個仔聽日飛泰國做客服，攔佢唔住", True),
        (HANT, "TW", "朋友介紹我明天飛柬埔寨做客服", False),
    ],
)
def test_the_card_for_the_journey_speaks_to_whoever_writes(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, *, theirs: bool
) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert person.session.card is Danger.TRAVEL
    assert (DO_NOT_LET_THEM[language] in person.text) is theirs
    assert any(words in person.text for words in DO_NOT_GO[language]) is not theirs


def test_whose_journey_it_is_stays_known(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN, "GB").say("my son is at the airport right now flying to cambodia for a job")
    person.say("he is boarding the flight to phnom penh now, the job is customer service")
    assert person.session.theirs


def test_who_cannot_reach_them_hears_what_else_to_do_and_who_meant_themself_gets_their_own_card(
    book: Book, matcher: Matcher
) -> None:
    told = "我儿子在机场，要去柬埔寨打工"
    person = talk(book, matcher, HANS, "CN").say(told).press("travel:not-reached")
    assert "拦人" in person.text
    assert person.where() is Stage.CARD
    person.press("travel:stayed")
    assert person.where() is not Stage.CARD
    other = talk(book, matcher, HANS, "CN").say(told).press("travel:me")
    assert any(words in other.text for words in DO_NOT_GO[HANS])


@pytest.mark.parametrize(
    ("language", "country", "told", "theirs"),
    [
        (EN, "GB", "one of my students lent his bank card to someone and the bank froze it, what should he do", True),
        (EN, "GB", "i lent my bank card to a friend and now its frozen", False),
        (EN, "GB", "my boyfriend wants me to receive money in my account and send it on", False),
        (HANS, "CN", "我学生把银行卡借给别人，现在卡被冻结了怎么办", True),
        (HANS, "CN", "我把银行卡借给了朋友，现在冻结了", False),
        (HANT, "TW", "我兒子帮人轉帳賺佣金，是不是違法", True),
    ],
)
def test_the_card_for_an_account_that_was_lent_does_too(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, *, theirs: bool
) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert person.session.card is Danger.MULE
    assert (LET_THEM_STOP if theirs else STOP)[language] in person.text
    assert (STOP if theirs else LET_THEM_STOP)[language] not in person.text
