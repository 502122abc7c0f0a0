"""What shares a call: nobody waits without need, everybody gets their own answer, a fault goes to all who shared."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.services.together import Together


class _Slow:
    """Doubles numbers, each call only once it is let go."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.go = asyncio.Event()
        self.fault: Exception | None = None

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.calls.append(list(numbers))
        await self.go.wait()
        if self.fault is not None:
            raise self.fault
        return [2 * number for number in numbers]


async def test_the_first_goes_at_once_and_what_comes_meanwhile_goes_together() -> None:
    slow = _Slow()
    double = Together(slow)
    asked = [asyncio.create_task(double(number)) for number in (1,)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asked += [asyncio.create_task(double(number)) for number in (2, 3)]
    await asyncio.sleep(0)
    assert slow.calls == [[1]]
    slow.go.set()
    assert await asyncio.gather(*asked) == [2, 4, 6]
    assert slow.calls == [[1], [2, 3]]
    assert await double(4) == 8
    assert slow.calls[2:] == [[4]]


async def test_a_fault_is_everybodys_who_shared_the_call_and_the_next_call_is_made_all_the_same() -> None:
    slow = _Slow()
    double = Together(slow)
    slow.fault = OSError("away")
    slow.go.set()
    answers = await asyncio.gather(double(1), double(2), return_exceptions=True)
    assert [type(answer) for answer in answers] == [OSError, OSError]
    slow.fault = None
    assert await double(3) == 6


async def test_who_goes_away_takes_no_answer_from_others() -> None:
    slow = _Slow()
    double = Together(slow)
    first, second = asyncio.create_task(double(1)), asyncio.create_task(double(2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    first.cancel()
    slow.go.set()
    assert await second == 4
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_a_call_that_is_ended_ends_for_all_and_the_next_one_is_made() -> None:
    slow = _Slow()
    double = Together(slow)
    asked = asyncio.create_task(double(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert double._running is not None
    double._running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    slow.go.set()
    assert await asyncio.wait_for(double(2), 5) == 4
