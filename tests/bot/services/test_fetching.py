"""Files asked for by a turn, brought in as work on either engine: once, though it dies in between, and only if they are
still wanted."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.events import Attached, Attachment, Handle, Part, Pressed, Said
from bot.services import working
from bot.services.exchange import Delivered, Incoming
from bot.services.fetching import FETCH_WORK, Fetcher, FileGone, FileTooBig
from bot.services.parcels import Parcel
from bot.services.receiving import Receiver
from bot.services.working import LEASE, Later, Worker
from storage import audit, exhibits, outbox, queueing, withdrawals, work
from storage.database import Transaction
from storage.queueing import QueueFilter
from tests.bot.services.conftest import TELLING, Service

JPEG = b"\xff\xd8\xff\xe0 an invented picture"
SHOT = "您的包裹因地址不完整被扣，请在12小时内点击链接补缴运费，否则退回"
NO_PAUSE = timedelta(0)


class Channel:
    """Gives files, after the faults that were asked of it; and reads what it is told to."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.faults: list[Exception] = []
        self.fetched: list[str] = []
        self.words = ""
        self.read = 0

    async def download(self, fetch: str, limit: int) -> bytes:
        self.fetched.append(fetch)
        if self.faults:
            raise self.faults.pop(0)
        return self.files[fetch][:limit]

    async def look(self, _content: bytes, /) -> str:
        self.read += 1
        return self.words


@pytest.fixture
def channel() -> Channel:
    return Channel({"f1": JPEG, "f2": JPEG + b"2"})


def worker(service: Service, channel: Channel, by: str = "one") -> Worker:
    fetcher = Fetcher(
        downloads={"chat": channel.download},
        receiver=Receiver(staff=service.staff.public, read=channel.look),
        awaits=service.intake.awaits,
        takes_another=service.intake.takes_another,
    )
    return Worker(
        database=service.database,
        citizens=service.citizens,
        intake=service.intake,
        clock=service.clock,
        by=by,
        results={FETCH_WORK: fetcher.fetch},
    )


async def send(service: Service, name: str = "f1", caption: str = "", *, number: int = 1) -> Delivered:
    what = Attached(Attachment.PICTURE, caption, Handle(name, name, 100))
    part = Part(what, NO_PAUSE, place=number, ref=str(number))
    return await receive(service, part, f"u{number}")


async def receive(service: Service, event: Part | Pressed, update: str) -> Delivered:
    return await service.intake.receive(Incoming("chat", "someone", update, event, "zh-CN", pushes=True))


def told(service: Service) -> str:
    name = service.citizens.conversation_pseudonym("chat", "someone")
    waiting = service.database.read_now(lambda t: outbox.waiting(t, service.citizens, name))
    return "\n".join(Parcel.load(message.body).text for message in waiting)


def kept(service: Service) -> int:
    """With the conversation, and gone afterwards."""
    name = service.citizens.conversation_pseudonym("chat", "someone")
    return service.database.write_now(lambda t: exhibits.drop(t, name))


def filed(service: Service) -> list[tuple[dict[str, object], bytes]]:
    def query(t: Transaction) -> list[tuple[bytes, bytes]]:
        every = [
            (tip.id, one.id) for tip in queueing.queue(t, QueueFilter()).tips for one in exhibits.of_tip(t, tip.id)
        ]
        return [exhibits.content(t, tip, number) for tip, number in every]

    found = service.database.read_now(query)
    return [(json.loads(service.staff.open(about)), service.staff.open(sealed)) for about, sealed in found]


async def test_a_file_is_fetched_read_told_and_kept_in_one_commit(service: Service, channel: Channel) -> None:
    channel.words = SHOT
    delivered = await send(service)
    assert delivered.fetches
    assert channel.fetched == []
    assert await worker(service, channel).run_once()
    assert "补缴运费" in told(service)
    assert kept(service) == 1
    assert not await worker(service, channel).run_once()


async def test_who_died_over_it_is_followed_and_nothing_is_kept_twice(service: Service, channel: Channel) -> None:
    await send(service)

    def die(t: Transaction) -> None:
        assert work.take(t, [FETCH_WORK], by="dead", now=service.clock(), lease=LEASE)

    await service.database.write(die)
    assert not await worker(service, channel).run_once()
    service.clock.move(LEASE)
    await asyncio.gather(worker(service, channel).run_once(), worker(service, channel, "two").run_once())
    assert kept(service) == 1


async def test_who_takes_long_over_it_keeps_it_and_is_left_alone_when_done(
    service: Service, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = timedelta(seconds=0.15)
    monkeypatch.setattr(working, "LEASE", lease)
    renewed, is_slow, goes_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    renew = work.renew

    def noted(*told: Any, **named: Any) -> None:
        renew(*told, **named)
        loop.call_soon_threadsafe(renewed.set)

    async def slow(fetch: str, limit: int) -> bytes:
        is_slow.set()
        await goes_on.wait()
        return JPEG[:limit]

    async def at_the_next_renewal() -> None:
        renewed.clear()
        await renewed.wait()

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(work, "renew", noted)
    monkeypatch.setattr(channel, "download", slow)
    await send(service)
    doing = asyncio.create_task(worker(service, channel).run_once())
    await is_slow.wait()
    for _ in range(3):
        # Each time as long as the lease itself, but for a moment: renewed, it is held all the same.
        service.clock.move(lease * 0.9)
        await asyncio.wait_for(at_the_next_renewal(), 20)
        assert not await worker(service, channel, "two").run_once()
    goes_on.set()
    assert await doing
    assert kept(service) == 1
    renewed.clear()
    await asyncio.sleep(lease.total_seconds())
    assert not renewed.is_set()


async def test_what_fails_is_tried_again_after_as_long_as_was_asked(service: Service, channel: Channel) -> None:
    channel.faults = [Later(30), ConnectionError("closed")]
    await send(service)
    for wait in (timedelta(0), timedelta(seconds=29)):
        service.clock.move(wait)
        await worker(service, channel).run_once()
        assert len(channel.fetched) == 1
    service.clock.move(timedelta(seconds=1))
    await worker(service, channel).run_once()
    assert len(channel.fetched) == 2
    service.clock.move(timedelta(seconds=60))
    await worker(service, channel).run_once()
    assert kept(service) == 1


@pytest.mark.parametrize(
    ("faults", "tries", "sentence"),
    [
        ([TimeoutError()] * 9, 4, "没取到"),
        ([FileGone()], 1, "没取到"),
        ([FileTooBig()], 1, "20 MB"),
        ([Later(1)] * 9, 4, "没取到"),
    ],
)
async def test_what_never_comes_is_said_kindly(
    service: Service, channel: Channel, faults: list[Exception], tries: int, sentence: str
) -> None:
    channel.faults = [*faults]
    await send(service)
    for _ in range(12):
        await worker(service, channel).run_once()
        service.clock.move(timedelta(minutes=2))
    assert len(channel.fetched) == tries
    assert sentence in told(service)
    assert kept(service) == 0
    assert service.database.read_now(work.counts) == {"done": 1}


async def test_one_over_which_process_after_process_died_is_given_up(service: Service, channel: Channel) -> None:
    await send(service)
    for _ in range(4):
        await service.database.write(lambda t: work.take(t, [FETCH_WORK], by="dead", now=service.clock(), lease=LEASE))
        service.clock.move(LEASE)
    await worker(service, channel).run_once()
    assert channel.fetched == []
    assert "没取到" in told(service)


@pytest.mark.parametrize("words", ["我15岁 他有我的裸照 说不给钱就发给全班", None])
async def test_what_is_wanted_no_more_is_neither_fetched_nor_read_nor_kept(
    service: Service, channel: Channel, words: str | None
) -> None:
    await send(service)
    event = Pressed("exit") if words is None else Part(Said(words), NO_PAUSE, place=2, ref="2")
    await receive(service, event, "u2")
    await worker(service, channel).run_once()
    assert channel.fetched == []
    assert channel.read == 0
    assert kept(service) == 0


async def test_the_quick_way_out_during_the_download_keeps_nothing(service: Service, channel: Channel) -> None:
    await send(service)
    download = channel.download

    async def slow(fetch: str, limit: int) -> bytes:
        await receive(service, Pressed("exit"), "u2")
        return await download(fetch, limit)

    channel.download = slow  # type: ignore[method-assign] # as if it took so long
    await worker(service, channel).run_once()
    assert channel.fetched == ["f1"]
    assert kept(service) == 0


async def test_filed_while_it_is_on_its_way_it_goes_to_the_report_all_the_same(
    service: Service, channel: Channel
) -> None:
    await receive(service, Part(Said(TELLING), NO_PAUSE, place=1, ref="1"), "u1")
    await send(service, number=2)
    await receive(service, Part(Said("打过了"), NO_PAUSE, place=3, ref="3"), "u3")
    await receive(service, Pressed("submit"), "u4")
    await worker(service, channel).run_once()
    (found,) = filed(service)
    assert found == ({"type": "image/jpeg", "size": len(JPEG)}, JPEG)
    assert b"an invented picture" not in service.written()
    acts = [entry.act for entry in service.database.read_now(lambda t: audit.list_entries(t, limit=9))]
    assert sorted(acts) == ["add", "file"]


async def test_to_a_report_that_was_withdrawn_nothing_is_added(service: Service, channel: Channel) -> None:
    await receive(service, Part(Said(TELLING), NO_PAUSE, place=1, ref="1"), "u1")
    await receive(service, Part(Said("打过了"), NO_PAUSE, place=3, ref="3"), "u3")
    await receive(service, Pressed("submit"), "u4")
    await send(service, number=5)
    (tip,) = service.database.read_now(lambda t: queueing.queue(t, QueueFilter())).tips
    await service.database.write(lambda t: withdrawals.withdraw(t, tip.id, now=service.clock()))
    await worker(service, channel).run_once()
    assert service.database.read_now(lambda t: exhibits.of_tip(t, tip.id)) == ()


async def test_who_sends_too_many_in_an_hour_is_told_so_before_any_is_fetched(
    service: Service, channel: Channel
) -> None:
    for _ in range(60):
        assert await service.intake.takes_another("chat", "someone")
    await send(service)
    await worker(service, channel).run_once()
    assert channel.fetched == []
    service.clock.move(timedelta(hours=1))
    assert await service.intake.takes_another("chat", "someone")
