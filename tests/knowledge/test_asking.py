"""The next question, and what the answers make of the patterns in play."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking import (
    CLEAR,
    MOST_QUESTIONS,
    Doubt,
    Reply,
    clear_pattern,
    find_doubt,
    gain,
    next_question,
    posterior,
)
from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.language import Language, Texts
from knowledge.pattern import Question

YES, NO, UNSURE = Reply.YES, Reply.NO, Reply.UNSURE


def texts(words: str) -> Texts:
    return dict.fromkeys(Language, words)


def question(name: str, *against: str, turned: bool = False, words: str = "") -> Question:
    return Question(name, texts(words or name), against, turned)


def catalogue_of(**questions: tuple[Question, ...]) -> Catalogue:
    model = next(iter(shipped_catalogue()))
    return Catalogue({name: replace(model, id=name, questions=own) for name, own in questions.items()})


HAT = question("feather", "shoe", words="feathers")
SHOE = question("laces", "hat", words="laces")
HATS = catalogue_of(hat=(HAT,), shoe=(SHOE,), glove=(question("fingers", "sock", words="fingers"),), sock=())
EVEN = {"hat": 0.4, "shoe": 0.4, "glove": 0.1}


def test_a_question_that_splits_nothing_gains_nothing() -> None:
    assert gain(EVEN, Doubt("scarf", question("long", "sock"))) == 0
    assert gain({"hat": 1.0}, Doubt("hat", HAT)) == 0
    assert gain({}, Doubt("hat", HAT)) == 0


def test_what_splits_the_likeliest_gains_more_than_what_splits_off_the_unlikely() -> None:
    assert gain(EVEN, Doubt("hat", HAT)) > gain(EVEN, Doubt("glove", question("fingers", "sock"))) > 0


def test_a_gain_does_not_hang_on_which_of_two_asks_nor_on_which_answer_is_yes() -> None:
    hat = gain(EVEN, Doubt("hat", HAT))
    assert gain(EVEN, Doubt("shoe", SHOE)) == pytest.approx(hat)
    assert gain(EVEN, Doubt("hat", question("bare", "shoe", turned=True))) == pytest.approx(hat)


def test_yes_speaks_for_its_own_and_against_its_neighbours_and_no_the_other_way_round() -> None:
    yes, no = (posterior(EVEN, HATS, {"hat/feather": reply}) for reply in (YES, NO))
    assert yes["hat"] > EVEN["hat"] > no["hat"]
    assert yes["shoe"] < EVEN["shoe"] < no["shoe"]


def test_where_yes_means_the_neighbour_it_is_turned_about() -> None:
    turned = catalogue_of(hat=(question("laces", "shoe", turned=True),), shoe=())
    assert posterior(EVEN, turned, {"hat/laces": YES})["shoe"] > EVEN["shoe"]
    assert posterior(EVEN, turned, {"hat/laces": NO})["hat"] > EVEN["hat"]


def test_not_sure_teaches_nothing_and_is_not_asked_again() -> None:
    assert posterior(EVEN, HATS, {"hat/feather": UNSURE}) == pytest.approx(EVEN)
    following = next_question(EVEN, HATS, {"hat/feather": UNSURE})
    assert following is not None
    assert following.id == "shoe/laces"


def test_what_was_told_already_is_not_asked() -> None:
    first = next_question(EVEN, HATS, {}, told=[texts("feathers"), texts("laces")])
    assert first is None or first.pattern == "glove"


def test_a_question_of_another_pattern_that_asks_the_same_is_not_asked_again() -> None:
    twice = catalogue_of(hat=(HAT,), shoe=(question("plume", "hat", turned=True, words="feathers"),))
    assert next_question(EVEN, twice, {"hat/feather": UNSURE}) is None


def test_it_is_clear_when_an_answer_says_so_and_nothing_more_is_asked() -> None:
    answers = {"hat/feather": YES}
    assert clear_pattern(EVEN, HATS, answers) == "hat"
    assert next_question(EVEN, HATS, answers) is None


def test_nothing_is_clear_before_an_answer_nor_after_not_sure() -> None:
    likely = {"hat": 0.7, "shoe": 0.2}
    assert clear_pattern(likely, HATS, {}) is None
    assert clear_pattern(likely, HATS, {"hat/feather": UNSURE}) is None


def test_no_alone_makes_nothing_clear() -> None:
    only_no = posterior(EVEN, HATS, {"shoe/laces": NO})
    assert only_no["hat"] >= CLEAR
    assert clear_pattern(EVEN, HATS, {"shoe/laces": NO}) is None


def test_one_that_leads_by_far_is_asked_about_all_the_same_for_it_may_be_honest() -> None:
    leading = {"hat": 0.95, "shoe": 0.01}
    doubt = next_question(leading, HATS, {})
    assert doubt is not None
    assert doubt.id == "hat/feather"
    assert clear_pattern(leading, HATS, {doubt.id: YES}) == "hat"
    assert next_question(leading, HATS, {doubt.id: YES}) is None


def test_nothing_in_play_asks_nothing() -> None:
    assert next_question({}, HATS, {}) is None
    assert next_question({"gone": 0.9}, HATS, {}) is None


def test_answers_to_questions_that_are_gone_count_for_naught() -> None:
    gone = {"hat/gone": YES, "gone/feather": NO, "hat": YES}
    assert posterior(EVEN, HATS, gone) == pytest.approx(EVEN)
    assert find_doubt(HATS, "hat/gone") is None


KNOWN = shipped_catalogue()
SHARES = st.lists(st.sampled_from(sorted(KNOWN.by_id)), min_size=1, max_size=5, unique=True).flatmap(
    lambda names: st.lists(st.floats(0.001, 1), min_size=len(names) + 1, max_size=len(names) + 1).map(
        lambda weights: {name: weight / sum(weights) for name, weight in zip(names, weights, strict=False)}
    )
)
REPLIES = st.lists(st.sampled_from(Reply), min_size=MOST_QUESTIONS, max_size=MOST_QUESTIONS)


@given(SHARES, REPLIES)
def test_at_most_three_never_the_same_again_and_all_of_patterns_in_play(
    shares: dict[str, float], replies: list[Reply]
) -> None:
    answers: dict[str, Reply] = {}
    while (doubt := next_question(shares, KNOWN, answers)) is not None:
        assert doubt.id not in answers
        assert doubt.pattern in shares
        assert 0 < gain(posterior(shares, KNOWN, answers), doubt) <= 1
        answers[doubt.id] = replies[len(answers)]
    assert len(answers) <= MOST_QUESTIONS


@given(SHARES, st.data())
def test_the_shares_stay_shares_whatever_the_order_of_the_answers(
    shares: dict[str, float], data: st.DataObject
) -> None:
    every = [Doubt(pattern.id, own).id for pattern in KNOWN for own in pattern.questions]
    answers = data.draw(st.dictionaries(st.sampled_from(every), st.sampled_from(Reply), max_size=MOST_QUESTIONS))
    after = posterior(shares, KNOWN, answers)
    assert set(after) == set(shares)
    assert all(0 <= share <= 1 for share in after.values())
    assert sum(after.values()) <= 1 + 1e-9
    backwards = dict(reversed(answers.items()))
    assert posterior(shares, KNOWN, backwards) == pytest.approx(after)


@given(SHARES, st.booleans())
def test_a_question_and_its_turned_twin_gain_the_same(shares: dict[str, float], turned: bool) -> None:
    for name in shares:
        for own in KNOWN[name].questions:
            twin = replace(own, yes_means_neighbour=not own.yes_means_neighbour)
            assert gain(shares, Doubt(name, own)) == pytest.approx(gain(shares, Doubt(name, twin)), abs=1e-9)
