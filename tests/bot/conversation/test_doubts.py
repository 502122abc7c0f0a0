"""Similar scams told apart by questions: few, one at a time, with a way past, and a warning only with a reason."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Stage
from bot.services.boxing import box_report
from knowledge.language import Language
from knowledge.matching import Likeness, Matcher
from tests.bot.conversation.saying import Says
from tests.bot.conversation.shell import NOON, Talk, talk

TELLING = "they hired me at once, first a deposit for training, then my bank card for the salary, is this right?"
DEPOSIT, CARD = "a deposit for training", "my bank card for the salary"
ASKED = ["clarify:yes", "clarify:no", "clarify:unsure", "skip"]


SIMILAR = Says(
    Likeness.SIMILAR, ("job-fee", 0.42, "", DEPOSIT), ("job-identity", 0.38, "", CARD), ("overseas-job", 0.05, "", "")
)


def asked_by(book: Book, matcher: Matcher) -> Talk:
    person = talk(book, matcher, Language.EN).say(TELLING)
    assert person.where() is Stage.CLARIFY
    return person


def test_it_is_asked_what_tells_the_likeliest_apart_and_each_question_has_a_way_past(book: Book) -> None:
    person = asked_by(book, SIMILAR)
    assert [button.id for button in person.replies[-1].buttons] == ASKED
    assert person.session.question in {"job-fee/pay-to-work", "job-identity/you-pay-fee"}


@pytest.mark.parametrize(("given", "pattern"), [("clarify:yes", "job-fee"), ("clarify:no", "job-identity")])
def test_the_answers_decide_which_of_two_is_named_and_filed(book: Book, given: str, pattern: str) -> None:
    person = asked_by(book, SIMILAR).press(given)
    while person.where() is Stage.CLARIFY:
        own = person.session.question == f"{pattern}/is-it-job"
        person.press("clarify:yes" if own else "clarify:unsure")
    assert person.session.report.matches[0].pattern == pattern
    if person.where() is Stage.EXPOSURE:
        person.press("exposure:nothing")
    person.press("offer:yes").press("submit")
    filed = person.filed[0]
    assert filed.report.matches[0].pattern == pattern
    assert box_report(book, SIMILAR, filed, NOON).matches[0].pattern == pattern


def test_a_clear_answer_leads_at_once_to_the_warning_with_what_comes_next(book: Book) -> None:
    person = asked_by(book, SIMILAR).press("clarify:yes")
    assert person.where() is Stage.EXPOSURE
    assert person.session.report.likeness == Likeness.WARN
    pattern = book.catalogue["job-fee"]
    assert pattern.name[Language.EN] in person.text
    assert pattern.next[Language.EN] in person.text
    assert len(person.replies) <= 2


def test_without_words_of_the_persons_own_no_answers_make_a_warning(book: Book) -> None:
    bare = Says(Likeness.SIMILAR, ("job-fee", 0.42, "", ""), ("job-identity", 0.38, "", ""))
    person = asked_by(book, bare)
    while person.where() is Stage.CLARIFY:
        person.press("clarify:yes")
    assert person.session.report.likeness == Likeness.SIMILAR
    assert person.where() is Stage.OFFER


def test_what_is_unknown_is_asked_nothing_and_stays_unknown_whatever_was_answered(book: Book) -> None:
    unknown = Says(Likeness.UNKNOWN, ("job-fee", 0.6, "", DEPOSIT), ("job-identity", 0.1, "", CARD))
    assert talk(book, unknown, Language.EN).say(TELLING).where() is Stage.UNKNOWN

    person = asked_by(book, SIMILAR).press("clarify:unsure")
    person.matcher = unknown
    person.say("and the office is above a bakery, they said, second floor on the left")
    assert person.session.report.likeness == Likeness.UNKNOWN
    assert person.where() is Stage.UNKNOWN


@pytest.mark.parametrize("given", ["clarify:no", "clarify:unsure"])
def test_at_most_three_and_never_the_same_again(book: Book, given: str) -> None:
    person = asked_by(book, SIMILAR)
    seen: list[str | None] = []
    while person.where() is Stage.CLARIFY:
        seen.append(person.session.question)
        person.press(given)
    assert 1 < len(seen) == len(set(seen)) <= 3
    assert person.where() in {Stage.OFFER, Stage.UNKNOWN}
    assert "safe" not in person.text.replace("That does not make it safe", "")


def test_the_way_past_leaves_the_rest_unasked(book: Book) -> None:
    person = asked_by(book, SIMILAR).press("skip")
    assert person.where() is Stage.OFFER
    assert person.session.doubts == ()
    assert person.session.report.likeness == Likeness.SIMILAR


def test_a_red_flag_that_was_told_is_not_asked_after(book: Book) -> None:
    line = {"sim-swap/dead-line", "account-hacking/phone-dead"}
    known = next(flag.id for flag in book.catalogue["sim-swap"].red_flags if "no service" in flag.name[Language.EN])
    for flag, words, is_asked in (("", "", True), (known, DEPOSIT, False)):
        matcher = Says(Likeness.SIMILAR, ("sim-swap", 0.4, flag, words), ("account-hacking", 0.4, "", ""))
        person = talk(book, matcher, Language.EN).say(TELLING)
        assert (person.session.question in line) is is_asked


def test_back_to_a_question_takes_its_answer_back(book: Book) -> None:
    person = asked_by(book, SIMILAR)
    before = person.session
    person.press("clarify:yes").say("back")
    assert person.where() is Stage.CLARIFY
    assert person.session.question == before.question
    assert person.session.doubts == ()
    assert person.session.report.likeness == Likeness.SIMILAR
    scores = {match.pattern: match.score for match in person.session.report.matches}
    assert scores == pytest.approx({match.pattern: match.score for match in before.report.matches})
    person.press("clarify:no")
    assert person.session.report.answers[before.question or ""] == "no"


def test_more_told_meanwhile_is_matched_anew_and_what_was_answered_still_counts(book: Book) -> None:
    person = asked_by(book, SIMILAR)
    first = person.session.question
    person.press("clarify:no").say("they found me through an advert on the notice board of the library, last week")
    report = person.session.report
    assert report.answers[first or ""] == "no"
    assert report.matches[0].pattern == "job-identity"
    assert person.session.question != first


@pytest.mark.parametrize(
    "telling",
    [
        "I've just paid them 300 by bank transfer for the training, the job does not exist, I was cheated",
        "they are on the phone with me now and can see my screen, it is about the deposit for the job",
    ],
)
def test_who_is_in_a_hurry_is_asked_no_such_question(book: Book, telling: str) -> None:
    person = talk(book, SIMILAR, Language.EN).say(telling)
    seen = {person.where()}
    for _ in range(4):
        buttons = [button.id for reply in person.replies for button in reply.buttons]
        if not buttons:
            break
        person.press(buttons[0])
        seen.add(person.where())
    assert Stage.CLARIFY not in seen
