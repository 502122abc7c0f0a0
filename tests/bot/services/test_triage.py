"""The use cases of triage, without a page round them."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.services.linking import link_tip
from bot.services.permissions import PERMISSIONS, Act, Actor, NotAllowed
from bot.services.tipbox import BoxedObservable, TipBox
from bot.services.triage import Triage
from bot.services.triage_errors import AlreadyEnded, HeldByAnother
from bot.services.urgency import OVERDUE, RECOVERABLE, Reason, reasons_for
from knowledge.observables import Observable, ObservableType
from storage import audit, messages, tips
from storage.accounts import Role
from storage.database import Database
from storage.place import Place
from storage.queueing import QueueFilter
from storage.sealing import CHEAPEST, SALT_BYTES, ReceiptKey, StaffSecretKey
from storage.tips import NewTip, TipState, Verdict

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
CHEN, LIN = Actor("chen", Role.REVIEWER), Actor("lin", Role.SUPERVISOR)
PHONE = BoxedObservable("phone", "+15550100", "555 0100", 0, 8, checked=True)
AMOUNT = BoxedObservable("amount", "200 USD", "200", 0, 3, checked=True, money=(20000, "USD"))


@dataclass
class Desk:
    database: Database
    key: StaffSecretKey
    triage: Triage
    chance: Random
    receipt: ReceiptKey

    def file(self, *observables: BoxedObservable, kind: str = "check", urgency: int = 0) -> str:
        box = TipBox(telling=("555 0100 200",), language="en", kind=kind, observables=observables)
        new = NewTip(
            kind=kind,
            dangers=(),
            urgency=urgency,
            likeness="unknown",
            pattern=None,
            language="en",
            country=None,
            versions={},
            sealed=self.key.public.seal(box.to_bytes()),
            filed_at=NOW,
            receipt_hash=self.chance.randbytes(32),
            receipt_public=self.receipt.public,
            receipt_parameters=self.receipt.parameters,
        )
        return self.database.write_now(lambda t: tips.file(t, new, random=self.chance.randbytes))

    async def link(self, tip: str, *found: Observable) -> int:
        return await link_tip(self.database, self.key, lambda: NOW, tip, extract=lambda *_: found)


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    chance = Random(5)  # noqa: S311 # a test must be the same every time
    key = StaffSecretKey(bytes(range(32)))
    with Database.open(place) as database:
        receipt = ReceiptKey.make("0" * 16, salt=bytes(SALT_BYTES), cost=CHEAPEST)
        triage = Triage(database, key, clock=lambda: NOW, random=chance.randbytes)
        yield Desk(database, key, triage, chance, receipt)


async def test_tips_that_share_a_phone_number_are_counted_in_the_queue_and_on_the_tip(desk: Desk) -> None:
    one, two, three = desk.file(PHONE), desk.file(PHONE, AMOUNT), desk.file(AMOUNT)
    for tip in (one, two, three):
        await desk.link(tip)
    queue = await desk.triage.queue(CHEN, QueueFilter())
    assert {row.tip.id: row.sharing for row in queue.rows} == {one: 1, two: 1, three: 0}
    opened = await desk.triage.open(CHEN, two)
    assert opened.others == {("phone", "+15550100"): 1, ("amount", "200 USD"): 0}


async def test_what_a_reporter_adds_links_too(desk: Desk) -> None:
    one, two = desk.file(PHONE), desk.file()
    sealed = desk.key.public.seal(b"it was 555 0100")
    desk.database.write_now(lambda t: messages.add(t, two, for_staff=sealed, now=NOW))
    await desk.link(one)
    seen = Observable(ObservableType.PHONE, "+15550100", "555 0100", 7, 15, checked=True)
    assert await desk.link(two, seen) == 1
    assert (await desk.triage.queue(CHEN, QueueFilter())).rows[0].sharing == 1


async def test_linking_again_changes_nothing(desk: Desk) -> None:
    one, two = desk.file(PHONE), desk.file(PHONE)
    for tip in (one, two, one, two):
        assert await desk.link(tip) == 1
    assert (await desk.triage.open(CHEN, one)).others == {("phone", "+15550100"): 1}


@pytest.mark.parametrize("role", list(Role))
async def test_every_use_case_asks_the_table_of_permissions(desk: Desk, role: Role) -> None:
    actor = Actor("somebody", role)
    tip = desk.file()
    acts: dict[Act, Callable[[], Awaitable[object]]] = {
        Act.SEE_QUEUE: lambda: desk.triage.queue(actor, QueueFilter()),
        Act.OPEN_TIP: lambda: desk.triage.open(actor, tip),
        Act.CLAIM: lambda: desk.triage.claim(actor, tip),
        Act.ASK: lambda: desk.triage.ask(actor, desk.file(), "Which app?"),
        Act.MERGE: lambda: desk.triage.merge(actor, desk.file(), tip, "One call."),
        Act.RELEASE: lambda: desk.triage.release(actor, tip),
        Act.DECIDE: lambda: desk.triage.decide(actor, tip, Verdict.CONFIRMED, "Seen."),
    }
    for act, use in acts.items():
        if act in PERMISSIONS[role]:
            await use()
        else:
            with pytest.raises(NotAllowed):
                await use()


async def test_each_act_leaves_one_entry_and_a_refused_one_leaves_none(desk: Desk) -> None:
    tip = desk.file()
    await desk.triage.claim(CHEN, tip)
    with pytest.raises(HeldByAnother):
        await desk.triage.decide(LIN, tip, Verdict.CONFIRMED, "Seen.")
    await desk.triage.decide(CHEN, tip, Verdict.CONFIRMED, "Seen.")
    with pytest.raises(AlreadyEnded):
        await desk.triage.claim(LIN, tip)
    entries = desk.database.read_now(lambda t: audit.list_entries(t, subject=tip))
    assert [(entry.actor, entry.act) for entry in entries] == [("chen", "decide-tip"), ("chen", "claim-tip")]


async def test_the_audit_log_proves_the_reason_without_keeping_it(desk: Desk) -> None:
    tip = desk.file()
    await desk.triage.claim(CHEN, tip)
    await desk.triage.decide(CHEN, tip, Verdict.UNFOUNDED, "An honest shop.")
    entry = desk.database.read_now(lambda t: audit.list_entries(t, subject=tip))[0]
    said = {"verdict": "unfounded", "reason": "An honest shop."}
    assert desk.database.read_now(lambda t: audit.is_proved(t, entry.id, said))
    assert not desk.database.read_now(lambda t: audit.is_proved(t, entry.id, {**said, "reason": "Another."}))
    assert (await desk.triage.open(LIN, tip)).verdict_reason == "An honest shop."


async def test_of_two_who_decide_at_once_one_succeeds_and_the_other_learns_of_it(desk: Desk) -> None:
    tip = desk.file()
    await desk.triage.decide(CHEN, tip, Verdict.CONFIRMED, "Seen.")
    with pytest.raises(AlreadyEnded) as refusal:
        await desk.triage.decide(LIN, tip, Verdict.UNFOUNDED, "No.")
    assert (refusal.value.ended.decided_by, refusal.value.ended.verdict) == ("chen", Verdict.CONFIRMED)


def test_why_a_tip_is_urgent_follows_the_gravest_reason_first_and_the_time(desk: Desk) -> None:
    filed = desk.file(kind="held")
    tip = desk.database.read_now(lambda t: tips.get(t, filed))
    assert reasons_for(tip, NOW) == (Reason.HELD,)
    assert reasons_for(tip, NOW + OVERDUE) == (Reason.HELD, Reason.OVERDUE)


def test_money_that_left_long_ago_is_no_longer_called_recoverable(desk: Desk) -> None:
    filed = desk.file()
    tip = desk.database.read_now(lambda t: tips.get(t, filed))
    gone = replace(tip, dangers=("money-gone", "life"), state=TipState.CLAIMED, first_seen_at=NOW)
    assert reasons_for(gone, NOW + RECOVERABLE - timedelta(seconds=1)) == (Reason.LIFE, Reason.MONEY_RECENT)
    assert reasons_for(gone, NOW + RECOVERABLE) == (Reason.LIFE, Reason.MONEY_GONE)
