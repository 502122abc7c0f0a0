"""Who is told to play the victim of a kidnapping is held by nobody: they are told which scam it is."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Stage
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN


@pytest.mark.parametrize(
    ("language", "country", "told"),
    [
        (HANS, "GB", "他们让我录视频假装被绑架，好跟我爸妈要钱，我是在英国的留学生"),
        (HANS, "AU", "公安说我涉嫌洗钱，要我去酒店待着，拍被绑的照片发给家里"),
        (HANT, "AU", "他們要我假裝被綁架錄影片傳給爸媽，不然就通緝我，我是留學生"),
        (
            EN,
            "AU",
            "chinese police told me to film myself tied up and send it to my parents, im an international student",
        ),
    ],
)
def test_it_is_named(book: Book, matcher: Matcher, language: Language, country: str, told: str) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert person.session.report.kind is not Kind.HELD
    assert person.session.report.matches[0].pattern == "virtual-kidnapping"
    assert person.where() is Stage.EXPOSURE


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (HANS, "我儿子在悉尼留学，绑匪发来他被绑的视频要一百万"),
        (EN, "they sent us a video of my daughter tied up and want 200000, she studies in melbourne"),
    ],
)
def test_their_parents_are_told_to_speak_with_them_first(
    book: Book, matcher: Matcher, language: Language, told: str
) -> None:
    person = talk(book, matcher, language, "CN").say(told)
    assert person.where() is Stage.HELD


def test_a_child_is_still_one(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我15岁，他们让我假装被绑架拍视频")
    assert person.session.card is Danger.MINOR
