"""Work that waits: it survives its process, its result comes in once, and what fails is tried again."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.conversation.events import Part, Said
from bot.services.exchange import Delivered, Incoming
from bot.services.parcels import Parcel
from bot.services.working import PAUSE_WORK, Worker, wait_over
from storage import outbox, sessions, updates, work
from storage.database import Transaction
from storage.errors import StorageFull
from tests.bot.services.conftest import TELLING, Service

PAUSE = timedelta(seconds=1.2)
BURST = ("他自称京东客服", "说要关掉金条不然影响征信", "要我把存款转到他给的账户")


def worker(service: Service, by: str = "one") -> Worker:
    return Worker(
        database=service.database,
        citizens=service.citizens,
        intake=service.intake,
        clock=service.clock,
        by=by,
        results={PAUSE_WORK: wait_over},
    )


async def write(service: Service, text: str, *, number: int, conversation: str = "someone") -> Delivered:
    part = Part(Said(text), PAUSE, place=number, ref=str(number))
    incoming = Incoming("chat", conversation, f"u{conversation}{number}", part, "zh-CN", pushes=True, mark=str(number))
    return await service.intake.receive(incoming)


def told(service: Service, conversation: str = "someone") -> list[Parcel]:
    pseudonym = service.citizens.conversation_pseudonym("chat", conversation)
    waiting = service.database.read_now(lambda t: outbox.waiting(t, service.citizens, pseudonym))
    return [Parcel.load(message.body) for message in waiting]


def counts(service: Service) -> dict[str, int]:
    return service.database.read_now(work.counts)


async def test_a_burst_is_answered_once_when_the_pause_is_over(service: Service) -> None:
    delivered = [await write(service, text, number=n) for n, text in enumerate(BURST)]
    assert [d.waits is not None for d in delivered] == [True, False, False]
    assert not await worker(service).run_once()
    service.clock.move(PAUSE)
    assert await worker(service).run_once()
    assert told(service)
    assert told(service)[-1].buttons
    assert told(service)[-1].standing
    assert counts(service) == {"done": 1}


async def test_what_waits_survives_its_process_and_is_done_once_by_whoever_comes_first(service: Service) -> None:
    await write(service, TELLING, number=1)
    service.restart()
    service.clock.move(PAUSE)
    ran = await asyncio.gather(worker(service).run_once(), worker(service, "two").run_once())
    assert any(ran)
    assert "110" in told(service)[0].text
    assert sum("110" in parcel.text for parcel in told(service)) == 1
    assert counts(service) == {"done": 1}


async def test_a_result_that_was_taken_in_is_not_taken_in_again(service: Service) -> None:
    await write(service, TELLING, number=1)
    service.clock.move(PAUSE)
    # As if the lease had run out in the middle: the result is in, the work is not finished.
    await service.database.write(lambda t: updates.remember(t, "chat", "work:1", now=service.clock()))
    assert await worker(service).run_once()
    assert told(service) == []
    assert counts(service) == {"done": 1}


async def test_a_worker_that_died_with_its_lease_is_followed_by_another(service: Service) -> None:
    await write(service, TELLING, number=1)
    service.clock.move(PAUSE)

    def die(t: Transaction) -> None:
        assert work.take(t, [PAUSE_WORK], by="dead", now=service.clock(), lease=timedelta(seconds=15))

    await service.database.write(die)
    assert not await worker(service).run_once()
    service.clock.move(timedelta(seconds=15))
    assert await worker(service).run_once()
    assert "110" in told(service)[0].text


async def test_a_full_disk_leaves_the_work_for_later(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    await write(service, TELLING, number=1)
    service.clock.move(PAUSE)

    def full(*_: object, **__: object) -> int:
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr(sessions, "save", full)
        await worker(service).run_once()
    assert told(service) == []
    assert counts(service) == {"waiting": 1}
    service.clock.move(timedelta(seconds=10))
    assert await worker(service).run_once()
    assert "110" in told(service)[0].text


async def test_twenty_forwards_in_a_burst_become_one_telling_answered_once(service: Service) -> None:
    lines = [f"第{number}句：他说要我先交钱" for number in range(20)]
    await asyncio.gather(*(write(service, line, number=n) for n, line in enumerate(lines)))
    service.clock.move(PAUSE)
    while await worker(service).run_once():
        pass
    assert len(told(service)) <= 2
    pseudonym = service.citizens.conversation_pseudonym("chat", "someone")
    kept = service.database.read_now(lambda t: sessions.load(t, service.citizens, pseudonym)).body
    assert kept is not None
    assert json.dumps("\n".join(lines), ensure_ascii=False)[1:-1] in kept.decode()


async def test_no_word_that_waits_stands_in_the_file_and_no_history_is_kept_where_the_app_has_one(
    service: Service,
) -> None:
    await write(service, "独特的标记词语，他自称京东客服", number=1)
    written = service.written()
    assert "独特的标记词语".encode() not in written
    assert b"someone" not in written


async def test_a_pause_that_finds_a_cleared_conversation_brings_nothing_back(service: Service) -> None:
    await write(service, BURST[0], number=1)
    pseudonym = service.citizens.conversation_pseudonym("chat", "someone")
    await service.database.write(lambda t: sessions.erase(t, pseudonym, now=service.clock()))
    service.clock.move(PAUSE)
    assert await worker(service).run_once()
    assert told(service) == []
    assert service.database.read_now(lambda t: sessions.load(t, service.citizens, pseudonym)).body is None
