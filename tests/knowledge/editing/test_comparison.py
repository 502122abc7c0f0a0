"""How the scores moved."""

import pytest

from knowledge.editing.comparison import Comparison, learn_and_measure
from knowledge.editing.scores import Alarm, Score, Scores
from knowledge.editing.trial_texts import TrialText, TrialTextsError, read_trial_texts
from tests.knowledge.editing.pair import LADDER, UMBRELLA, normaliser, ordinary, pair

NOTHING = Score(), Alarm(), Alarm()


def test_a_change_shows_in_the_whole_and_in_the_patterns_it_moved() -> None:
    before = Scores({"a": Score(10, 5, 8), "b": Score(10, 5, 8), "c": Score(10, 1, 1)}, Alarm(100, 2), *NOTHING)
    after = Scores({"a": Score(10, 3, 8), "b": Score(12, 8, 9), "c": Score(10, 1, 1)}, Alarm(100, 3), *NOTHING)
    comparison = Comparison(before, after)

    assert [(row.before, row.after, row.change) for row in comparison.rows()] == [
        ("36.7 % of 30", "37.5 % of 32", "+0.8"),
        ("56.7 % of 30", "56.2 % of 32", "-0.4"),
        ("2.0 % of 100", "3.0 % of 100", "+1.0"),
    ]
    assert [(row.name.split(":")[0].strip(), row.before, row.after, row.change) for row in comparison.moved()] == [
        ("a", "5, 8 of 10", "3, 8 of 10", "-2"),
        ("b", "5, 8 of 10", "8, 9 of 12", "+3"),
    ]


def test_a_new_pattern_has_nothing_before() -> None:
    comparison = Comparison(Scores({}, Alarm(), *NOTHING), Scores({"a": Score(10, 3, 8)}, Alarm(), *NOTHING))

    (row,) = comparison.moved()
    assert (row.before, row.change) == ("new", "+3")


def test_what_is_learned_is_measured_on_all_three() -> None:
    apart = (
        TrialText("umbrella 0 en a umbrella en one", frozenset({UMBRELLA})),
        TrialText("ladder en two ladder 1 en c", frozenset({UMBRELLA, LADDER})),
        TrialText("see you at lunch", frozenset()),
    )

    scores = learn_and_measure(pair().values(), ordinary(), normaliser(), apart)

    assert {name: score.texts for name, score in scores.patterns.items()} == {UMBRELLA: 30, LADDER: 30}
    assert scores.held_out().texts == 60
    assert scores.ordinary.texts == len(ordinary())
    assert scores.told == Score(2, 2, 2)
    assert (scores.told_alarm.texts, scores.told_ordinary) == (2, Alarm(1, 0))


def test_trial_texts_are_read_line_by_line() -> None:
    lines = ['{"id": "t1", "text": "a", "patterns": ["x", "y"]}', "", '{"text": "b", "patterns": []}']

    assert read_trial_texts(lines, "texts.jsonl") == (
        TrialText("a", frozenset({"x", "y"})),
        TrialText("b", frozenset()),
    )


def test_every_bad_line_is_named() -> None:
    lines = [
        "{",
        '{"text": 3, "patterns": []}',
        '{"text": "b", "patterns": [1]}',
        '{"text": "b", "patterns": []}',
        "[]",
    ]

    with pytest.raises(TrialTextsError) as caught:
        read_trial_texts(lines, "texts.jsonl")

    assert [fault.key for fault in caught.value.faults] == ["line 1", "line 2", "line 3", "line 5"]
