"""The screens of places: each is read on a phone, and none of the countries with numbers is out of reach."""

import pytest

from bot.conversation.book import Book
from bot.conversation.buttons import NEAREST, PLACES, REGION_NAMES, REGIONS
from bot.conversation.screens import screen
from bot.conversation.session import Session, Stage
from knowledge.hotlines import shipped_hotlines
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import NOON, Talk

MOST_BUTTONS = 10


def ids(person: Talk) -> list[str]:
    return [button.id for reply in person.replies for button in reply.buttons]


def at_the_places(book: Book, matcher: Matcher) -> Talk:
    person = Talk(book, matcher, Session(country="GB"))
    person.say("i just transferred 3000 to someone pretending to be the police")
    return person.press("place")


def test_every_country_with_numbers_has_a_button_and_every_button_has_numbers() -> None:
    assert set(PLACES) == {line.country for line in shipped_hotlines().every}


def test_every_country_stands_on_exactly_one_screen() -> None:
    shown = [*NEAREST, *(code for codes in REGIONS.values() for code in codes)]
    assert sorted(shown) == sorted(PLACES)
    assert list(REGION_NAMES) == list(REGIONS)


def test_no_screen_of_places_has_more_than_ten_buttons_and_each_has_a_way_out(book: Book, matcher: Matcher) -> None:
    first = at_the_places(book, matcher)
    assert len(ids(first)) <= MOST_BUTTONS
    assert ids(first)[-1] == "place:other"
    for region in REGIONS:
        person = at_the_places(book, matcher).press(f"place:{region}")
        assert len(ids(person)) <= MOST_BUTTONS
        assert ids(person)[-1] == "place:choose"


def test_every_country_is_chosen_within_two_presses_and_the_card_comes_back(book: Book, matcher: Matcher) -> None:
    for region, codes in REGIONS.items():
        for code in codes:
            person = at_the_places(book, matcher).press(f"place:{region}").press(f"place:{code}")
            assert person.session.country == code
            assert person.where() is Stage.CARD


def test_from_the_wrong_region_and_back_the_way_leads_to_where_it_began(book: Book, matcher: Matcher) -> None:
    person = at_the_places(book, matcher)
    for press in ("place:europe", "place:choose", "place:asia", "place:choose", "place:other"):
        person.press(press)
    assert person.where() is Stage.CARD
    assert person.session.country is None
    assert person.session.resume is None


def test_the_language_changed_among_the_places_leads_back_to_the_card(book: Book, matcher: Matcher) -> None:
    person = at_the_places(book, matcher).press("place:europe").press("language").press("language:zh-Hans")
    assert person.where() is Stage.CARD
    assert person.session.country == "GB"


def test_a_region_that_is_no_longer_there_shows_the_first_places(book: Book) -> None:
    session = Session(stage=Stage.PLACE, question="atlantis")
    [reply] = screen(book, session, NOON)
    assert [button.id for button in reply.buttons][:4] == [f"place:{code}" for code in NEAREST]


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("Canada", "CA"),
        ("the UK", "GB"),
        ("加拿大", "CA"),
        ("菲律賓", "PH"),
        ("in Dubai", "AE"),
        ("china", "CN"),
        ("Sweden", None),
    ],
)
def test_a_place_is_typed_as_well_as_pressed(book: Book, matcher: Matcher, typed: str, country: str | None) -> None:
    person = at_the_places(book, matcher).say(typed)
    assert person.where() is Stage.CARD
    assert (person.session.country, person.session.country_chosen) == (country, True)
    assert typed not in person.session.report.lines


@pytest.mark.parametrize(("typed", "country"), [("我在洛杉矶", "US"), ("日本大阪", "JP"), ("马来西亚吉隆坡", "MY")])
def test_where_they_are_may_be_told_in_a_sentence(book: Book, matcher: Matcher, typed: str, country: str) -> None:
    person = at_the_places(book, matcher).say(typed)
    assert (person.where(), person.session.country) == (Stage.CARD, country)


def test_a_place_alone_gives_the_card_its_numbers(book: Book, matcher: Matcher) -> None:
    person = Talk(book, matcher, Session()).say("I want to die, I lost everything")
    assert "988" not in person.text
    assert "988" in person.say("US").text
    assert person.where() is Stage.CARD


def test_no_numbers_are_announced_where_the_card_has_none(book: Book, matcher: Matcher) -> None:
    person = Talk(book, matcher, Session(country="NZ")).say(
        "i was asked to receive money and pass it on, i keep 5 percent"
    )
    assert "Numbers for" not in person.text


def test_a_place_named_where_somebody_is_held_is_no_home_of_whoever_writes(book: Book, matcher: Matcher) -> None:
    for told, place in (
        ("我弟弟被关起来了，要我们交20万", "柬埔寨"),
        ("求救 我在大其力", "缅甸"),
        ("我被骗了，转了5000", "泰国"),
    ):
        person = Talk(book, matcher, Session(language=Language.ZH_HANS, country="CN")).say(told).say(place)
        assert person.session.country == "CN"
        assert place in person.session.report.telling


@pytest.mark.parametrize(
    ("told", "as_hong_kong"),
    [
        ("我喺英國讀書，有人話係入境處打嚟，叫我過數去安全戶口，我過咗兩萬鎊", True),
        ("我在英國讀書，有人自稱移民署打來，叫我把錢轉到安全帳戶，我轉了兩萬英鎊", False),
    ],
)
def test_a_hongkonger_abroad_is_spoken_to_as_at_home_with_the_numbers_of_where_they_are(
    book: Book, matcher: Matcher, told: str, *, as_hong_kong: bool
) -> None:
    person = Talk(book, matcher, Session()).say(told)
    assert person.session.country == "GB"
    assert "**159**" in person.text
    assert ("不要再過數" in person.text) is as_hong_kong
    assert ("不要再匯錢" in person.text) is not as_hong_kong
