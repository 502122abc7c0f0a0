"""Whoever writes from inside gets the short branch, by a button or by their own words; who tells of another does not."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Stage
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
ASKED = {HANS: "现在方便打字吗", HANT: "現在方便打字嗎", EN: "Can you write freely now"}
RELATIVES = {HANS: "先别付", HANT: "先不要付", EN: "Don't pay yet"}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (HANT, "求救 我在大其力"),
        (HANT, "我在西港園區 被關"),
        (HANS, "我被困在果敢 逃不出去"),
        (EN, "im working in a compound in myanmar i want to escape"),
        (EN, "they keep us locked in and someone is watching me now"),
    ],
)
def test_who_writes_from_inside_hears_nothing_of_what_is_for_relatives(
    book: Book, matcher: Matcher, language: Language, told: str
) -> None:
    person = talk(book, matcher, language).say(told)
    assert person.session.card is Danger.CONTROLLER
    assert ASKED[language] in person.text
    assert all(reply.silent for reply in person.replies)
    # More is kept, with a word that it was, and nothing more is asked.
    person.say({EN: "the boss is called lin"}.get(language, "老板姓林"))
    assert len(person.session.report.lines) == 2
    assert ASKED[language] in person.text
    person.press("controller:yes")
    assert person.where() is Stage.REVIEW
    assert RELATIVES[language] not in person.text
    assert person.session.report.kind is Kind.HELD
    assert person.session.report.is_inside


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (HANS, "我弟弟在缅甸被关着，要我们交20万"),
        (HANT, "我弟在妙瓦底 他說護照被收走"),
        (EN, "my brother is in a building in Sihanoukville and they want 6000"),
    ],
)
def test_who_tells_of_another_gets_the_card_for_relatives_until_they_say_that_it_is_them(
    book: Book, matcher: Matcher, language: Language, told: str
) -> None:
    person = talk(book, matcher, language).say(told)
    assert person.where() is Stage.HELD
    assert RELATIVES[language] in person.text
    person.say({HANS: "是我自己", HANT: "我自己在裡面", EN: "it is me"}[language])
    assert ASKED[language] in person.text
    assert person.session.report.is_inside


def test_at_the_gate_the_short_branch_does_not_stand_before_the_way_out(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS).say("我在边境这边，他们把我护照收走了，说过了河就上班")
    assert person.session.card is Danger.TRAVEL


@pytest.mark.parametrize(
    ("language", "country", "told", "number"),
    [
        (HANT, "TW", "我被關在高雄的套房 他們拿走我的存摺跟手機 我偷用別人的手機", "110"),
        (HANT, "HK", "我俾人困喺旺角一間劏房 佢哋攞咗我張提款卡", "999"),
        (HANT, "TW", "我是高雄人 被關在西港的園區", "0800-085-095"),
    ],
)
def test_who_is_held_at_home_is_told_the_police_and_abroad_their_own_country(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, number: str
) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert ASKED[language] in person.text
    assert number not in person.text  # nothing but the question, while somebody may read along
    person.press("controller:yes")
    assert number in person.text


@pytest.mark.parametrize(
    ("language", "told", "said"),
    [
        (HANS, "我从缅北逃出来了，现在在泰国边境，没有护照", "人出来了"),
        (HANT, "我走咗出嚟 而家喺泰國美索 冇護照", "最難的一步"),
        (EN, "I got out of the compound yesterday and am in Mae Sot without passport", "Out of there"),
    ],
)
def test_who_got_out_and_is_not_home_is_sent_to_their_consulate(
    book: Book, matcher: Matcher, language: Language, told: str, said: str
) -> None:
    person = talk(book, matcher, language).say(told)
    assert person.where() is Stage.HELD
    assert said in person.text
    assert RELATIVES[language] not in person.text
    person.press("travel:go-on")
    assert person.where() is not Stage.HELD


def test_who_got_out_long_ago_is_home(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN).say("i escaped from a compound near the border in 2022, been home for years now")
    assert person.session.report.is_home
    assert "consulate" not in person.text


@pytest.mark.parametrize(
    ("language", "country", "told", "police"),
    [
        (
            EN,
            "GB",
            "i got out of a scam compound in myanmar last month and im home now, they still have my friends",
            "999",
        ),
        (HANS, "CN", "我上个月从缅甸园区逃出来，现在回国在家了，我朋友还在里面", "110"),
        (HANT, "TW", "我上個月從柬埔寨園區逃出來，已經回到家了，還有人在裡面", "110"),
    ],
)
def test_who_is_out_and_home_hears_whom_to_tell_and_nothing_of_ransom(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, police: str
) -> None:
    person = talk(book, matcher, language, country).say(told)
    assert person.where() is Stage.HELD
    assert RELATIVES[language] not in person.text
    assert f"**{police}**" in person.text
    assert person.session.report.is_home
    assert {EN: "deadline", HANS: "期限", HANT: "期限"}[language] not in person.text


def test_where_others_are_to_be_paid_for_nobody_is_out(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我弟弟从缅甸园区逃出来回到家了，他朋友还被关着要赎金")
    assert not person.session.report.is_out


@pytest.mark.parametrize(
    ("told", "is_home"),
    [
        ("我弟跑出来了 从妙瓦底 在湄索警察局", False),
        ("我姐从柬埔寨放出来了 在金边大使馆门口", False),
        ("我自己在柬埔寨 他们放我走了 在机场 怎么回家", False),
        ("我回国了 园区里待了八个月 现在怎么跟警察讲", True),
    ],
)
def test_whoever_is_out_hears_neither_of_ransom_nor_of_the_gate(
    book: Book, matcher: Matcher, told: str, *, is_home: bool
) -> None:
    person = talk(book, matcher, HANS, "CN").say(told)
    assert person.where() is Stage.HELD
    assert person.session.report.is_out
    assert person.session.report.is_home is is_home
    assert "人出来了" in person.text


@pytest.mark.parametrize(
    ("told", "is_home"),
    [
        ("i ran away last night im at the bus station in poipet they are looking for me", False),
        ("they rescued us, we are in the detention centre in Mae Sot, want go home, no ticket", False),
        ("my husband got out of there but he is on the border with no money and no passport", False),
        ("my brother was in a scam compound in Laos, he came home in may. he has nightmares", True),
        ("three years ago i was in a scam compound in Sihanoukville. i want to tell what i know", True),
    ],
)
def test_so_it_is_in_english(book: Book, matcher: Matcher, told: str, *, is_home: bool) -> None:
    person = talk(book, matcher, EN, "GB").say(told)
    assert person.where() is Stage.HELD
    assert person.session.report.is_out
    assert person.session.report.is_home is is_home
