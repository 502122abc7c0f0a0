"""How a tip's place in the queue follows the clock, replies and links."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services.deadlines import Deadlines
from bot.services.ranking import Ranking, stand
from bot.services.urgency import Reason, reasons_for
from bot.services.working_hours import WorkingHours
from storage import claims, links, messages, queueing, standing, tips
from storage.database import Database
from storage.links import ObservableHash
from storage.place import Place
from storage.queueing import QueueFilter
from storage.ranks import Lane
from storage.tips import NewTip, Tip
from tests.conftest import StoppedClock

# A Monday, 17:30 in Shanghai.
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DEADLINES = Deadlines(
    hours={Lane.DANGER: 4 * HOUR, Lane.GOLDEN: 4 * HOUR, Lane.INSIDER: 27 * HOUR, Lane.ORDINARY: 18 * HOUR},
    working=WorkingHours(ZoneInfo("Asia/Shanghai"), frozenset(range(5)), time(9), time(18)),
)


def new_tip(number: int = 0, **changes: object) -> NewTip:
    tip = NewTip(
        kind="cheated",
        dangers=(),
        urgency=200,
        likeness="unknown",
        pattern=None,
        language="en",
        country=None,
        versions={},
        sealed=b"sealed",
        filed_at=NOW,
        receipt_hash=bytes([number]) * 32,
        receipt_public=b"p" * 32,
        receipt_parameters=b"{}",
    )
    return replace(tip, **changes)  # type: ignore[arg-type] # names of fields


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    with Database.open(place) as opened:
        yield opened


class House:
    """A database whose queue is ranked."""

    def __init__(self, database: Database, clock: StoppedClock) -> None:
        self.database, self.clock, self._filed = database, clock, 0
        self.ranking = Ranking(database, DEADLINES, clock=clock)

    def file(self, **changes: object) -> str:
        self._filed += 1
        new, number = new_tip(self._filed, **changes), self._filed
        return self.database.write_now(lambda t: tips.file(t, new, random=lambda size: bytes([number]) * size))

    async def tip(self, reference: str) -> Tip:
        await self.ranking.run()
        return self.database.read_now(lambda t: tips.get(t, reference))

    def order(self) -> list[str]:
        return [tip.id for tip in self.database.read_now(lambda t: queueing.queue(t, QueueFilter())).tips]


@pytest.fixture
def house(database: Database, clock: StoppedClock) -> House:
    return House(database, clock)


async def test_when_the_time_for_a_recall_is_over_the_tip_sinks_and_leaves_its_lane(
    house: House, clock: StoppedClock
) -> None:
    golden = house.file(dangers=("money-gone",), urgency=650, recall_until=NOW + 3 * HOUR, lane=Lane.GOLDEN)
    other = house.file(dangers=("money-gone",), urgency=600, recall_until=NOW - HOUR)
    assert ((await house.tip(golden)).lane, (await house.tip(other)).lane) == (Lane.GOLDEN, Lane.ORDINARY)
    assert house.order() == [golden, other]
    clock.move(3 * HOUR)
    assert house.database.read_now(house.ranking.is_due)
    assert (await house.tip(golden)).lane == Lane.ORDINARY
    assert house.order() == [other, golden]
    assert not house.database.read_now(house.ranking.is_due)


async def test_a_deadline_of_working_hours_is_near_then_missed_and_the_tip_rises_each_time(
    house: House, clock: StoppedClock
) -> None:
    tip = house.file()
    # Half an hour on Monday, nine on Tuesday, eight and a half on Wednesday.
    due = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    stamped = await house.tip(tip)
    assert (stamped.due_at, stamped.near_at) == (due, due - 4.5 * HOUR)
    ranks = [stamped.rank]
    for moment, reason in ((due - 4.5 * HOUR, Reason.NEAR), (due, Reason.MISSED)):
        clock.now = moment
        assert house.database.read_now(house.ranking.is_due)
        stamped = await house.tip(tip)
        assert reason in reasons_for(stamped, clock())
        ranks.append(stamped.rank)
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == 3


async def test_a_missed_deadline_lifts_no_tip_above_a_person_in_danger(house: House, clock: StoppedClock) -> None:
    old = house.file(urgency=640, dangers=("money-gone",), marks=(Reason.SUPERVISED,))
    clock.move(timedelta(days=30))
    grave = house.file(urgency=800, dangers=("minor",), filed_at=clock())
    await house.tip(grave)
    assert house.order() == [grave, old]


async def test_a_deadline_stands_still_while_the_reporter_is_waited_for(house: House, clock: StoppedClock) -> None:
    tip = house.file()
    before = await house.tip(tip)
    clock.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # 11:00 on Tuesday: two and a half hours are gone
    house.database.write_now(lambda t: claims.claim(t, tip, by="wei", now=clock()))
    asked = house.database.write_now(
        lambda t: messages.ask(t, tip, by="wei", for_reporter=b"q", for_staff=b"q", now=clock())
    )
    waiting = await house.tip(tip)
    assert (waiting.due_at, waiting.near_at, waiting.due_left) == (None, None, 15.5 * 3600)
    clock.move(timedelta(days=3))
    assert (await house.tip(tip)).due_left == 15.5 * 3600
    house.database.write_now(lambda t: messages.add(t, tip, for_staff=b"a", now=clock(), answers=asked))
    again = await house.tip(tip)
    assert again.due_left is None
    # From 11:00 on Friday: seven hours then, eight and a half on Monday.
    assert again.due_at == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    assert again.rank < before.rank
    assert Reason.REPLIED in reasons_for(again, clock())


async def test_where_every_hour_counts_the_night_counts(house: House) -> None:
    tip = house.file(dangers=("life",), urgency=1000)
    stamped = await house.tip(tip)
    assert (stamped.lane, stamped.due_at, stamped.near_at) == (Lane.DANGER, NOW + 4 * HOUR, NOW + 3 * HOUR)


async def test_a_case_and_links_to_others_make_a_tip_more_urgent(house: House) -> None:
    calm, linked, supervised = (house.file() for _ in range(3))
    more = [house.file(urgency=10) for _ in range(3)]
    shared = ObservableHash("phone", b"h" * 32)
    for tip in (linked, *more):
        house.database.write_now(lambda t, tip=tip: links.replace(t, tip, [shared], now=NOW))  # type: ignore[misc] # run at once
    house.database.write_now(lambda t: standing.mark(t, supervised, Reason.SUPERVISED, now=NOW))
    await house.ranking.run()
    assert house.order()[:3] == [supervised, linked, calm]
    found = house.database.read_now(lambda t: tips.get(t, supervised))
    assert reasons_for(found, NOW) == (Reason.SUPERVISED,)
    assert reasons_for(found, NOW, sharing=3) == (Reason.SUPERVISED, Reason.LINKED)


def test_a_reopened_tip_has_its_deadline_from_now(house: House) -> None:
    tip = house.file()
    seen = replace(house.database.read_now(lambda t: tips.get(t, tip)), first_seen_at=NOW)
    later = NOW + timedelta(days=28)
    assert stand(seen, DEADLINES, later, sharing=0).due_at == DEADLINES.after(Lane.ORDINARY, later, 18 * HOUR)
