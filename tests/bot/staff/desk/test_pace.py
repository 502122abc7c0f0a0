"""How fast the desk writes."""

import pytest

from bot.staff.desk.pace import DeskPace


def test_a_group_takes_twenty_a_minute_after_a_burst_and_a_person_one_a_second() -> None:
    now = [0.0]
    pace = DeskPace(overall=1000, each=1, in_group=20 / 60, clock=lambda: now[0])

    def sent(address: str, seconds: int) -> int:
        """How many go in so many seconds, after a burst."""
        now[0] += 3600
        while pace.take_turn(address, 0) == 0:
            pass
        begun, count = now[0], 0
        for tenth in range(1, seconds * 10 + 1):
            now[0] = begun + tenth / 10
            count += pace.take_turn(address, 0) == 0
        return count

    assert sent("-100500", 60) == pytest.approx(20, abs=1)
    assert sent("4711", 60) == pytest.approx(60, abs=1)


def test_a_group_that_wants_nothing_for_a_while_gets_nothing() -> None:
    now = [0.0]
    pace = DeskPace(overall=1000, each=1, in_group=20 / 60, clock=lambda: now[0])
    pace.hold("-100500", 17)
    assert pace.take_turn("-100500", 2) == 17
    now[0] = 17
    assert pace.take_turn("-100500", 2) == 0
