"""Fifty reviewers at once, in several processes' worth of connections: no tip is given twice and none is lost."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from storage import claims, queueing, tips
from storage.database import Database
from storage.errors import AlreadyClaimed
from storage.place import Place
from storage.queueing import QueueFilter
from storage.tips import TipState
from tests.storage.conftest import NOW, Chance, new_tip

REVIEWERS = 50
TIPS = 60
PROCESSES = 4


@pytest.fixture
def others(place: Place) -> Iterator[list[Database]]:
    """As several processes have it open."""
    with ExitStack() as stack:
        yield [stack.enter_context(Database.open(place)) for _ in range(PROCESSES)]


@pytest.fixture
def waiting(others: list[Database]) -> list[str]:
    """Tips that nobody holds, the most urgent first."""
    chance = Chance()

    def unit(t: object) -> list[str]:
        return [tips.file(t, new_tip(urgency=number % 7), random=chance) for number in range(TIPS)]  # type: ignore[arg-type] # a Transaction

    others[0].write_now(unit)
    return [tip.id for tip in others[0].read_now(lambda t: queueing.queue(t, QueueFilter(), limit=TIPS)).tips]


def all_at_once(others: list[Database], act: Callable[[Database, str], list[str]]) -> dict[str, list[str]]:
    """What each reviewer came away with."""
    start = threading.Barrier(REVIEWERS)

    def one(number: int) -> list[str]:
        start.wait(30)
        return act(others[number % PROCESSES], f"r{number}")

    with ThreadPoolExecutor(REVIEWERS) as threads:
        return {f"r{number}": taken for number, taken in enumerate(threads.map(one, range(REVIEWERS)))}


def check(others: list[Database], taken: dict[str, list[str]], waiting: list[str]) -> None:
    counted = Counter(tip for mine in taken.values() for tip in mine)
    assert counted == dict.fromkeys(waiting, 1)
    for by, mine in taken.items():
        held = others[0].read_now(lambda t, by=by: queueing.queue(t, QueueFilter(claimed_by=by), limit=TIPS))  # type: ignore[misc] # read at once
        assert {tip.id for tip in held.tips} == set(mine)
        assert {tip.state for tip in held.tips} <= {TipState.CLAIMED}


def test_who_presses_next_gets_a_tip_that_nobody_else_gets(others: list[Database], waiting: list[str]) -> None:
    def press(database: Database, by: str) -> list[str]:
        mine = []
        while (tip := database.write_now(lambda t: claims.take_next(t, QueueFilter(), by=by, now=NOW))) is not None:
            mine.append(tip.id)
        return mine

    check(others, all_at_once(others, press), waiting)


def test_all_who_claim_the_same_tips_share_them_out(others: list[Database], waiting: list[str]) -> None:
    def claim(database: Database, by: str) -> list[str]:
        mine = []
        for tip in waiting:
            try:
                database.write_now(lambda t, tip=tip: claims.claim(t, tip, by=by, now=NOW))  # type: ignore[misc] # run at once
            except AlreadyClaimed:
                continue
            mine.append(tip)
        return mine

    check(others, all_at_once(others, claim), waiting)


def test_next_is_the_most_urgent_that_fits_and_is_free(others: list[Database], waiting: list[str]) -> None:
    def take(passing: str | None = None, **which: object) -> str | None:
        made = QueueFilter(**which)  # type: ignore[arg-type] # names of fields
        tip = others[0].write_now(lambda t: claims.take_next(t, made, by="wei", now=NOW, passing=passing))
        return None if tip is None else tip.id

    assert take(passing=waiting[0]) == waiting[1]
    assert take() == waiting[0]
    assert take() == waiting[2]
    assert take(lane="golden") is None
    assert take(kind="cheated", country="GB") == waiting[3]
