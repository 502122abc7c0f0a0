"""How fast a channel is written to."""

import pytest

from bot.services.pacing import Pace


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def test_one_person_gets_a_few_at_once_and_then_one_a_second(seconds: Seconds) -> None:
    pace = Pace(overall=1000, each=1, clock=seconds)
    waits = [round(pace.take_turn("a", 9), 3) for _ in range(23)]
    assert waits == [0] * 20 + [1, 2, 3]
    assert pace.take_turn("b", 9) == 0
    seconds.now += 60
    assert pace.take_turn("a", 9) == 0


def test_a_turn_that_is_too_far_off_is_not_taken(seconds: Seconds) -> None:
    pace = Pace(overall=1000, each=1, clock=seconds)
    waits = [round(pace.take_turn("a", 0.5), 3) for _ in range(23)]
    assert waits == [0] * 20 + [1, 1, 1]


def test_all_together_are_kept_to_the_overall_pace(seconds: Seconds) -> None:
    pace = Pace(overall=30, each=1, clock=seconds)
    waits = [pace.take_turn_of_all() for _ in range(90)]
    assert max(waits[:30]) == 0
    assert waits[-1] == pytest.approx(2.0, abs=0.05)


def test_who_is_held_is_held_for_just_so_long_and_nobody_else(seconds: Seconds) -> None:
    pace = Pace(overall=30, each=1, clock=seconds)
    pace.hold("a", 7)
    assert pace.is_held("a")
    assert pace.take_turn("a", 9) == 7
    assert pace.take_turn_of_all() == 0
    assert pace.take_turn("b", 9) == 0
    seconds.now += 7
    assert not pace.is_held("a")


def test_a_second_one_held_at_the_same_time_holds_everybody(seconds: Seconds) -> None:
    pace = Pace(overall=30, each=1, clock=seconds)
    pace.hold("a", 7)
    pace.hold("b", 5)
    assert pace.take_turn_of_all() == 5
    seconds.now += 5
    assert not pace.is_held("c")
    assert pace.is_held("a")
