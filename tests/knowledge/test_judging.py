"""From scores to probabilities."""

from dataclasses import replace

import numpy as np
import pytest

from knowledge.calibrating import fit_judge
from knowledge.judging import Judge, Trial


def _trial(scores: list[float], *, ordinary: float, red_flags: list[float] | None = None) -> Trial:
    return Trial(np.array(scores, np.float32), np.array(red_flags or [0.0] * len(scores), np.float32), ordinary, 20)


@pytest.fixture
def judge() -> Judge:
    generator = np.random.default_rng(3)
    trials, answers = [], list[int | None]()
    for at in range(60):
        noise = generator.normal(scale=0.15, size=3)
        right = None if at % 3 == 2 else at % 2
        scores = [0.1 + noise[0], 0.1 + noise[1]]
        if right is not None:
            scores[right] += 0.6
        trials.append(_trial(scores, ordinary=(0.7 if right is None else 0.1) + noise[2]))
        answers.append(right)
    return fit_judge(trials, answers, [{"left"}, {"right"}])


def test_the_higher_score_is_the_likelier_pattern(judge: Judge) -> None:
    shares = judge.which(_trial([0.7, 0.1], ordinary=0.1))

    assert shares[0] > 0.9
    assert shares.sum() == pytest.approx(1)


def test_what_scores_as_ordinary_is_no_known_scam(judge: Judge) -> None:
    assert judge.known_scam(_trial([0.7, 0.1], ordinary=0.1)) > 0.8
    assert judge.known_scam(_trial([0.1, 0.1], ordinary=0.8)) < 0.2


def test_a_red_flag_speaks_for_its_pattern() -> None:
    judge = Judge(10, 1, np.zeros(6), 0, 1, 0, 1)

    without = judge.which(_trial([0.3, 0.3], ordinary=0.1))
    flagged = judge.which(_trial([0.3, 0.3], ordinary=0.1, red_flags=[0, 1]))

    assert without == pytest.approx([0.5, 0.5])
    assert flagged[1] > 0.7


def test_a_fourth_red_flag_adds_nothing() -> None:
    judge = Judge(10, 1, np.ones(6), 0, 1, 0, 1)

    three = _trial([0.3, 0.3], ordinary=0.1, red_flags=[3, 0])
    four = _trial([0.3, 0.3], ordinary=0.1, red_flags=[4, 0])

    assert judge.which(three) == pytest.approx(judge.which(four))
    assert judge.known_scam(three) == pytest.approx(judge.known_scam(four))


def test_what_is_trusted_keeps_the_order_and_is_no_more_than_all(judge: Judge) -> None:
    for scores in ([0.7, 0.1], [0.3, 0.29], [0.0, 0.0]):
        shares = judge.which(_trial(scores, ordinary=0.1))

        trusted = judge.trusted(shares)

        assert trusted.argmax() == shares.argmax()
        assert trusted.sum() <= 1 + 1e-6


def test_a_neighbour_of_the_same_kind_counts_as_right() -> None:
    # The first is always the wrong one of two that share a kind: what it says of the kind is right all the same.
    trials = [_trial([0.5, 0.3, 0.1], ordinary=0.1) for _ in range(20)] + [_trial([0.1, 0.2, 0.3], ordinary=0.1)]
    answers: list[int | None] = [*([1] * 20), 0]
    trials += [_trial([0.1, 0.1, 0.1], ordinary=0.8) for _ in range(20)]
    answers += [None] * 20

    alone = fit_judge(trials, answers, [{"a"}, {"b"}, {"c"}])
    kin = fit_judge(trials, answers, [{"a", "kind"}, {"b", "kind"}, {"c"}])

    told = _trial([0.5, 0.3, 0.1], ordinary=0.1)
    assert kin.trusted(kin.which(told)).max() > 0.8 > alone.trusted(alone.which(told)).max()


def test_few_of_the_ordinary_are_as_sure_as_a_warning_asks() -> None:
    generator = np.random.default_rng(5)
    blurred = [_trial([score, 0.1], ordinary=1 - score) for score in generator.uniform(0.1, 0.6, size=500)]
    clear = [_trial([score, 0.1], ordinary=1 - score) for score in generator.uniform(0.3, 1.0, size=500)]
    judge = fit_judge([*blurred, *clear], [None] * 500 + [0] * 500, [{"left"}, {"right"}])

    sure = [judge.known_scam(trial) >= judge.sure for trial in blurred]

    assert 10 < sum(sure) < 26


def test_however_unlike_scams_the_ordinary_are_a_warning_asks_for_more_than_a_coin(judge: Judge) -> None:
    assert judge.sure == 0.5


def test_who_names_a_way_to_answer_is_likelier_to_be_after_something() -> None:
    trials = [replace(_trial([0.4, 0.1], ordinary=0.3), ways=at % 5) for at in range(100)]
    judge = fit_judge(trials, [0 if trial.ways else None for trial in trials], [{"left"}, {"right"}])

    none, one, four, forty = (judge.known_scam(replace(trials[0], ways=ways)) for ways in (0, 1, 4, 40))
    assert none < one < four
    assert forty == four
