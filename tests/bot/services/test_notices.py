"""A notice that was asked for: armed at the filing, sent when staff have decided, and never anywhere else."""

from datetime import timedelta

from bot.conversation.events import Event, Pressed, Said
from bot.services.exchange import Delivered, Incoming
from bot.services.parcels import Parcel
from bot.services.permissions import Actor
from bot.services.triage import Triage
from storage import outbox, queueing
from storage.accounts import Role
from storage.database import Transaction
from storage.queueing import QueueFilter
from storage.tips import TipState
from tests.bot.services.conftest import Service

LIN = Actor("lin", Role.SUPERVISOR)
UNKNOWN = "邻居问我借一把梯子 周末还 我有点不放心 想问问"


async def send(service: Service, event: Event, *, pushes: bool = True) -> Delivered:
    service.updates += 1
    update = f"notice-{service.updates}"
    return await service.intake.receive(Incoming("chat", "4711", update, event, "zh-CN", pushes=pushes))


async def watch(service: Service, *, pushes: bool = True) -> Delivered:
    await send(service, Pressed("kind:check"), pushes=pushes)
    await send(service, Said(UNKNOWN), pushes=pushes)
    return await send(service, Pressed("watch"), pushes=pushes)


def due(service: Service) -> list[str]:
    """What would be sent now, all of it taken."""
    sent: list[str] = []
    while True:

        def unit(t: Transaction) -> tuple[outbox.Outgoing, ...]:
            now = service.clock()
            taken = outbox.take(t, service.citizens, channel="chat", now=now, lease_until=now)
            for message in taken:
                outbox.sent(t, service.citizens, message, marks=(), now=now)
            return taken

        taken = service.database.write_now(unit)
        if not taken:
            return sent
        sent += [Parcel.load(message.body).text for message in taken]


async def decide(service: Service) -> None:
    every = QueueFilter(states=frozenset(TipState))
    (tip,) = service.database.read_now(lambda t: queueing.queue(t, every)).tips
    triage = Triage(service.database, service.staff, clock=service.clock, random=bytes)
    await triage.claim(LIN, tip.id)
    await triage.decide(LIN, tip.id, "confirmed", "known")


async def test_who_asked_is_told_once_that_there_is_an_answer_and_nothing_more(service: Service) -> None:
    filed = await watch(service)
    assert "在这里告诉你" in filed.screen.replies[0].text
    due(service)
    await decide(service)
    assert due(service) == ["有答复了，凭你的回执码查看。"]
    assert due(service) == []


async def test_where_nobody_can_be_written_to_nothing_is_armed_and_the_words_say_so(service: Service) -> None:
    filed = await watch(service, pushes=False)
    assert "在这里告诉你" not in filed.screen.replies[0].text
    await decide(service)
    assert "armed" not in service.database.read_now(outbox.counts)


async def test_who_did_not_ask_is_not_told(service: Service) -> None:
    await send(service, Said("我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信"))
    await send(service, Pressed("money:called"))
    await send(service, Said("提交"))
    due(service)
    await decide(service)
    assert due(service) == []


async def test_who_left_by_the_quick_way_out_is_not_told_any_more(service: Service) -> None:
    await watch(service)
    await send(service, Pressed("exit"))
    due(service)
    await decide(service)
    assert due(service) == []


async def test_an_answer_that_comes_after_the_ninety_days_is_told_to_nobody(service: Service) -> None:
    await watch(service)
    due(service)
    service.clock.move(timedelta(days=91))
    now = service.clock()
    service.database.write_now(
        lambda t: outbox.expire(t, now=now, before=now - timedelta(days=7), armed_before=now - timedelta(days=90))
    )
    await decide(service)
    assert due(service) == []
