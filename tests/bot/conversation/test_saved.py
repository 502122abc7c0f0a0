"""Sessions as version 1 kept them: whoever was in the middle of telling goes on after an upgrade."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.book import Book
from bot.conversation.events import Opened
from bot.conversation.saved import SavedForm, UnreadableSession
from bot.conversation.session import Session, Stage
from knowledge.dangers import Danger
from knowledge.matching import Matcher
from tests.bot.conversation.shell import RECEIPT, Talk

FOLDER = Path(__file__).parent / "sessions"


def recorded(name: str) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return kept


@pytest.fixture(scope="module")
def form() -> SavedForm:
    return SavedForm()


def test_a_half_told_report_is_offered_again_and_goes_on_to_its_receipt(
    form: SavedForm, book: Book, matcher: Matcher
) -> None:
    session = form.load(recorded("v1-half-told"))
    assert session.stage is Stage.QUESTION
    assert session.question == "when"
    assert session.report.answers == {"money": "called"}

    person = Talk(book, matcher, session).send(Opened(returned=True))
    assert person.where() is Stage.RETURNED
    assert "房东" not in person.text
    person.press("resume")
    assert person.session.question == "when"
    person.say("昨天下午三点").press("submit")
    assert RECEIPT in person.text
    assert person.filed[0].report.lines == ("我被骗了，转了3000元给网上的房东", "昨天下午三点")


def test_a_card_that_was_on_the_screen_is_there_again(form: SavedForm, book: Book, matcher: Matcher) -> None:
    session = form.load(recorded("v1-card"))
    assert session.card is Danger.MONEY_GONE

    person = Talk(book, matcher, session)
    assert "**110**" in person.say("?").text
    person.press("money:called")
    assert person.where() is Stage.QUESTION


def test_a_question_about_a_similar_scam_is_there_again_and_its_answer_counts(
    form: SavedForm, book: Book, matcher: Matcher
) -> None:
    session = form.load(recorded("v1-clarify"))
    assert session.stage is Stage.CLARIFY
    assert session.question is None

    person = Talk(book, matcher, session).say("?")
    person.press("clarify:yes")
    assert len(person.session.doubts) == 1
    assert person.session.report.matches[0].prior is not None
    assert person.where() in {Stage.CLARIFY, Stage.EXPOSURE, Stage.OFFER}


def test_what_was_filed_is_added_to_and_not_filed_again(form: SavedForm, book: Book, matcher: Matcher) -> None:
    session = form.load(recorded("v1-filed"))
    assert session.stage is Stage.FILED

    person = Talk(book, matcher, session)
    person.say("提交")
    person.say("他的工号是 8827")
    assert person.filed == []
    assert [str(effect) for effect in person.effects] == ["Add(tip='TIP-1', text='他的工号是 8827', answer=False)"]


def test_fields_of_a_later_release_are_left_out(form: SavedForm) -> None:
    later = recorded("v1-with-later-fields")
    assert "mood" in later["session"]
    assert "weight" in later["session"]["report"]["facts"][0]
    assert form.load(later) == form.load(recorded("v1-half-told"))


def test_a_session_of_an_earlier_field_list_is_filled_with_what_holds_for_a_new_one(form: SavedForm) -> None:
    kept = recorded("v1-half-told")
    for field in ("waiting", "safety_asked", "answering", "minor"):
        del kept["session"][field]
    assert form.load(kept) == form.load(recorded("v1-half-told"))


def test_a_damaged_session_is_refused_without_a_word_of_what_it_says(form: SavedForm) -> None:
    with pytest.raises(UnreadableSession) as refused:
        form.load(recorded("v1-damaged"))
    assert "房东" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("kept", [{}, {"version": 2, "session": {}}, {"version": 1, "session": None}])
def test_what_is_no_session_or_a_later_versions_is_refused(form: SavedForm, kept: dict[str, Any]) -> None:
    with pytest.raises(UnreadableSession):
        form.load(kept)


def test_what_is_kept_today_is_what_is_loaded_tomorrow(form: SavedForm) -> None:
    for name in ("v1-half-told", "v1-card", "v1-filed", "v1-clarify"):
        session = form.load(recorded(name))
        assert isinstance(session, Session)
        assert form.load(json.loads(json.dumps(form.dump(session)))) == session
