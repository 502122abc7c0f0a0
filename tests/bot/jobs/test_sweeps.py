"""The sweeps: what is filed gets linked and chained, what is withdrawn goes, what is over is forgotten."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest

from bot.jobs.citizens import citizens_sweeps
from bot.jobs.runner import Sweep
from bot.jobs.staff import Handler, erase_handler, link_handler, staff_sweeps
from storage import audit, claims, sessions, tips, withdrawals, work
from storage.database import Database, Transaction
from storage.errors import NotFound
from storage.place import Place
from storage.retention import Retention
from storage.sealing import CitizensKeys
from storage.tips import LINK_WORK, NewTip, TipState
from storage.withdrawals import ERASE_WORK
from tests.conftest import StoppedClock


class Chance:
    """Different every time, the same in every run."""

    def __init__(self) -> None:
        self._drawn = 0

    def __call__(self, length: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_256(self._drawn.to_bytes(8, "big")).digest(length)


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    with Database.open(place) as opened:
        yield opened


def new_tip(now: datetime) -> NewTip:
    return NewTip(
        kind="cheated",
        dangers=(),
        urgency=1,
        likeness="warn",
        pattern=None,
        language="en",
        country=None,
        versions={},
        sealed=b"sealed",
        filed_at=now,
        receipt_hash=None,
        receipt_public=None,
        receipt_parameters=None,
    )


async def filed(database: Database, clock: StoppedClock, chance: Chance) -> str:
    return await database.write(lambda t: tips.file(t, new_tip(clock()), random=chance))


async def withdraw(database: Database, tip: str, clock: StoppedClock) -> None:
    await database.write(lambda t: withdrawals.withdraw(t, tip, now=clock()))


async def content(database: Database, tip: str) -> bytes | None:
    return await database.read(lambda t: tips.content(t, tip))


class Linking:
    """Notes which tips it was asked to link; fails as often as it is told to."""

    def __init__(self, faults: Sequence[Exception] = ()) -> None:
        self.linked: list[str] = []
        self._faults = list(faults)

    async def __call__(self, tip: str) -> None:
        if self._faults:
            raise self._faults.pop(0)
        self.linked.append(tip)


class House:
    """The staff's sweeps over one database."""

    def __init__(self, database: Database, clock: StoppedClock, linking: Linking) -> None:
        handlers: dict[str, Handler] = {
            LINK_WORK: link_handler(database, linking, clock),
            ERASE_WORK: erase_handler(database, clock),
        }
        made = staff_sweeps(database, handlers=handlers, holder="one", rules=Retention(), clock=clock, random=Chance())
        self.sweeps = {sweep.name: sweep for sweep in made}
        self._database = database

    async def run(self, name: str) -> None:
        await self.sweeps[name].run()

    async def is_due(self, name: str) -> bool:
        asked = self.sweeps[name].is_due
        assert asked is not None
        return await self._database.read(asked)


async def test_a_filed_tip_is_linked_once(database: Database, clock: StoppedClock) -> None:
    linking = Linking()
    house = House(database, clock, linking)
    assert not await house.is_due("staff-work")
    tip = await filed(database, clock, Chance())
    assert await house.is_due("staff-work")
    await house.run("staff-work")
    await house.run("staff-work")
    assert linking.linked == [tip]
    assert not await house.is_due("staff-work")


async def test_a_linking_that_failed_is_tried_again_later(database: Database, clock: StoppedClock) -> None:
    linking = Linking([OSError("disk")])
    house = House(database, clock, linking)
    tip = await filed(database, clock, Chance())
    await house.run("staff-work")
    assert not await house.is_due("staff-work")
    clock.move(work.FIRST_WAIT)
    await house.run("staff-work")
    assert linking.linked == [tip]


async def test_work_for_a_tip_that_is_gone_is_over(database: Database, clock: StoppedClock) -> None:
    house = House(database, clock, Linking([NotFound("tip", "X")]))
    await filed(database, clock, Chance())
    await house.run("staff-work")
    assert await database.read(work.counts) == {"done": 1}


async def test_what_a_withdrawn_tip_held_is_gone_after_the_next_sweep(database: Database, clock: StoppedClock) -> None:
    house = House(database, clock, Linking())
    tip = await filed(database, clock, Chance())
    await withdraw(database, tip, clock)
    assert await content(database, tip) is not None
    await house.run("staff-work")
    assert await content(database, tip) is None
    assert (await database.read(lambda t: tips.get(t, tip))).state is TipState.WITHDRAWN


async def test_the_audit_log_is_chained_whole_however_much_waits(database: Database, clock: StoppedClock) -> None:
    house = House(database, clock, Linking())
    chance = Chance()
    assert not await house.is_due("audit-chain")

    def act(t: Transaction) -> None:
        for number in range(1200):
            audit.record(t, audit.Entry(clock(), "anna", "claim-tip", str(number)), random=chance)

    await database.write(act)
    assert await house.is_due("audit-chain")
    await house.run("audit-chain")
    assert not await house.is_due("audit-chain")
    assert (await database.read(audit.verify)).count == 1200


async def test_a_claim_that_ran_out_is_freed_and_the_log_says_so(database: Database, clock: StoppedClock) -> None:
    house = House(database, clock, Linking())
    tip = await filed(database, clock, Chance())
    await database.write(lambda t: claims.claim(t, tip, by="anna", now=clock()))
    await house.run("claims")
    assert (await database.read(lambda t: tips.get(t, tip))).claimed_by == "anna"
    clock.move(claims.LEASE)
    await house.run("claims")
    assert (await database.read(lambda t: tips.get(t, tip))).claimed_by is None
    entries = await database.read(lambda t: audit.list_entries(t, subject=tip))
    assert [(entry.actor, entry.act) for entry in entries] == [("staff-jobs", "release-tip")]


async def test_retention_goes_on_until_nothing_is_over(
    database: Database, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.staff.TIPS_A_SWEEP", 2)
    house = House(database, clock, Linking())
    chance = Chance()
    made = [await filed(database, clock, chance) for _ in range(5)]
    for tip in made:
        await withdraw(database, tip, clock)
    clock.move(timedelta(hours=2))
    await house.run("retention")
    assert [await content(database, tip) for tip in made] == [None] * 5


async def test_a_report_begun_and_left_is_forgotten_in_time(database: Database, clock: StoppedClock) -> None:
    keys = CitizensKeys(bytes(32))
    await database.write(lambda t: sessions.save(t, keys, b"left", b"told", expected=0, now=clock()))
    expire = _only(citizens_sweeps(database, retention=Retention(), clock=clock))
    clock.move(timedelta(hours=71))
    await expire.run()
    assert (await database.read(lambda t: sessions.load(t, keys, b"left"))).body == b"told"
    clock.move(timedelta(hours=2))
    await expire.run()
    assert (await database.read(lambda t: sessions.load(t, keys, b"left"))).body is None


def _only(sweeps: Sequence[Sweep]) -> Sweep:
    (sweep,) = sweeps
    return sweep
