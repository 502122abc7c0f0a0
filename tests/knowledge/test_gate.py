"""The gate: what may serve, and what is held back, on the patterns two releases share."""

import pytest

from knowledge.gate import Fall, Figure, Figures, Tally, falls


def figures(*, first: int = 80, warned: int = 60, false: int = 2, error: float = 0.1, own: int = 80) -> Figures:
    """Two patterns of a hundred texts each, and two hundred ordinary messages."""
    patterns = {"loan": Tally(100, first, warned), "job": Tally(100, own, 60)}
    return Figures(patterns, Tally(200, 0, false), error)


def test_what_measures_the_same_or_better_may_serve() -> None:
    assert falls(figures(), figures()) == ()
    assert falls(figures(first=99, warned=99, false=0, error=0.0), figures()) == ()


def test_what_is_within_the_margin_may_serve() -> None:
    assert falls(figures(first=79, warned=58, false=3, error=0.12), figures()) == ()


@pytest.mark.parametrize(
    ("worse", "fall"),
    [
        (figures(first=75), Fall(Figure.FIRST, 0.8, 0.775)),
        (figures(warned=50), Fall(Figure.WARNED, 0.6, 0.55)),
        (figures(false=5), Fall(Figure.FALSE_WARNINGS, 0.01, 0.025)),
        (figures(error=0.2), Fall(Figure.CALIBRATION, 0.1, 0.2)),
    ],
)
def test_what_is_worse_by_more_is_held_back_and_says_in_what(worse: Figures, fall: Fall) -> None:
    assert falls(worse, figures()) == (fall,)


def test_one_pattern_that_is_swallowed_is_seen_although_the_whole_is_not_worse() -> None:
    found = falls(figures(first=100, own=40), figures(first=60))
    assert found == (Fall(Figure.ONE_PATTERN, 0.8, 0.4, "job"),)


def test_a_new_pattern_that_is_hard_to_tell_is_not_held_against_the_others() -> None:
    before = figures()
    after = Figures({**before.patterns, "hard": Tally(100, 0, 0)}, before.ordinary, before.calibration_error)
    assert falls(after, before) == ()


def test_figures_are_kept_as_json() -> None:
    assert Figures.load(figures().dump()) == figures()
    with pytest.raises(KeyError):
        Figures.load({})
