"""Sending what waits: at least once, in order, not before the channel says so, and never to who is gone."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.services.pacing import Pace
from bot.services.parcels import Parcel
from bot.services.pushing import LEASE, Gone, Held, Pusher, Unsendable
from storage import outbox
from storage.database import Transaction
from storage.outbox import Outgoing
from tests.bot.services.conftest import Service

SECOND = timedelta(seconds=1)


class Line:
    """A channel that answers as it is told, else takes what it is given."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.erased: list[str] = []
        self.answers: list[Exception] = []
        self.meanwhile: Callable[[], None] = lambda: None

    async def send(self, address: str, parcel: Parcel) -> tuple[str, ...]:
        if self.answers:
            raise self.answers.pop(0)
        self.heard.append((address, parcel.text))
        await asyncio.to_thread(self.meanwhile)
        return (str(len(self.heard)),)

    async def erase(self, address: str, marks: tuple[str, ...]) -> None:
        self.erased += [f"{address}/{mark}" for mark in marks]


@pytest.fixture
def line() -> Line:
    return Line()


def pusher(service: Service, line: Line) -> Pusher[Parcel]:
    pace = Pace(overall=1000, each=1000, clock=time.monotonic)
    return Pusher(
        database=service.database,
        key=service.citizens,
        clock=service.clock,
        channel="chat",
        read=Parcel.load,
        sends=line,
        pace=pace,
    )


def who(name: str) -> bytes:
    return name.encode().ljust(32, b"-")


def put(service: Service, name: str, *texts: str) -> None:
    def unit(t: Transaction) -> None:
        for text in texts:
            outbox.put(
                t,
                service.citizens,
                conversation=who(name),
                channel="chat",
                address=name,
                body=Parcel(text).dump(),
                now=service.clock(),
            )

    service.database.write_now(unit)


async def push(sender: Pusher[Parcel], times: int = 4) -> None:
    for _ in range(times):
        await sender.run_once()
        await sender.finish()


def counts(service: Service) -> dict[str, int]:
    return service.database.read_now(outbox.counts)


async def test_each_conversations_messages_go_in_order(service: Service, line: Line) -> None:
    put(service, "a", "1", "2", "3")
    put(service, "b", "1", "2")
    await push(pusher(service, line))
    assert [text for name, text in line.heard if name == "a"] == ["1", "2", "3"]
    assert [text for name, text in line.heard if name == "b"] == ["1", "2"]
    assert counts(service) == {"sent": 5}


async def test_a_person_who_is_held_gets_nothing_until_then_and_others_do(service: Service, line: Line) -> None:
    put(service, "a", "1", "2")
    line.answers = [Held(7)]
    await push(pusher(service, line))
    put(service, "b", "1")
    await push(pusher(service, line))
    assert line.heard == [("b", "1")]
    service.clock.move(7 * SECOND - timedelta(milliseconds=1))
    await push(pusher(service, line))
    assert line.heard == [("b", "1")]
    service.clock.move(timedelta(milliseconds=1))
    await push(pusher(service, line))
    assert line.heard == [("b", "1"), ("a", "1"), ("a", "2")]


async def test_who_blocked_the_bot_is_sent_nothing_more(service: Service, line: Line) -> None:
    put(service, "a", "1", "2")
    line.answers = [Gone()]
    await push(pusher(service, line))
    assert line.heard == []
    assert counts(service) == {"dead": 2}


async def test_what_the_channel_never_takes_does_not_hold_up_the_next(service: Service, line: Line) -> None:
    put(service, "a", "1", "2")
    line.answers = [Unsendable("too odd")]
    await push(pusher(service, line))
    assert line.heard == [("a", "2")]


async def test_a_line_that_breaks_is_tried_again_ever_later(service: Service, line: Line) -> None:
    put(service, "a", "1")
    line.answers = [OSError(), OSError()]
    sender = pusher(service, line)
    await push(sender)
    service.clock.move(SECOND)
    await push(sender)
    service.clock.move(SECOND)
    await push(sender)
    assert line.heard == []
    service.clock.move(SECOND)
    await push(sender)
    assert line.heard == [("a", "1")]


async def test_a_message_of_a_process_that_died_with_it_is_sent_by_another(service: Service, line: Line) -> None:
    put(service, "a", "1")
    now = service.clock()
    service.database.write_now(
        lambda t: outbox.take(t, service.citizens, channel="chat", now=now, lease_until=now + 15 * SECOND)
    )
    await push(pusher(service, line))
    assert line.heard == []
    service.clock.move(15 * SECOND)
    await push(pusher(service, line))
    assert line.heard == [("a", "1")]


async def test_what_was_sent_while_the_person_left_is_taken_away_again(service: Service, line: Line) -> None:
    put(service, "a", "1")

    def leave() -> None:
        service.database.write_now(lambda t: outbox.drop(t, who("a"), now=service.clock()))

    line.meanwhile = leave
    await push(pusher(service, line))
    assert line.erased == ["a/1"]


def commit(service: Service, name: str, *texts: str) -> tuple[Outgoing, ...]:
    """As a turn's commit does: leased to whoever sends it at once."""
    now = service.clock()

    def unit(t: Transaction) -> tuple[Outgoing, ...]:
        bodies = [Parcel(text).dump() for text in texts]
        numbers = [
            outbox.put(
                t,
                service.citizens,
                conversation=who(name),
                channel="chat",
                address=name,
                body=body,
                now=now,
                not_before=now + LEASE,
            )
            for body in bodies
        ]
        return tuple(
            Outgoing(number(), who(name), "chat", name, body, 1, now)
            for number, body in zip(numbers, bodies, strict=True)
        )

    return service.database.write_now(unit)


async def test_what_was_just_said_is_sent_at_once_and_in_order(service: Service, line: Line) -> None:
    sender = pusher(service, line)
    sender.hand(commit(service, "a", "1", "2"))
    await sender.finish()
    assert line.heard == [("a", "1"), ("a", "2")]
    assert counts(service) == {"sent": 2}


async def test_what_is_said_next_waits_for_what_is_being_sent(service: Service, line: Line) -> None:
    sender = pusher(service, line)
    first = commit(service, "a", "1")
    sender.hand(first)
    sender.hand(commit(service, "a", "2"), [message.id for message in first])
    sender.hand(commit(service, "b", "3"))
    await sender.finish()
    assert [text for name, text in line.heard if name == "a"] == ["1", "2"]
    # A turn that began before that was settled may name it still.
    sender.hand(commit(service, "a", "4"), [message.id for message in first])
    await sender.finish()
    assert line.heard[-1] == ("a", "4")
    assert counts(service) == {"sent": 4}


async def test_what_another_process_has_in_hand_goes_first(service: Service, line: Line) -> None:
    theirs = commit(service, "a", "1")
    sender = pusher(service, line)
    sender.hand(commit(service, "a", "2"), [message.id for message in theirs])
    await push(sender)
    assert line.heard == []
    service.database.write_now(lambda t: outbox.acknowledge(t, theirs[0].id, now=service.clock()))
    await push(sender)
    assert line.heard == [("a", "2")], "without waiting for the lease to run out"


async def test_behind_a_message_that_is_held_nothing_goes_before_its_time(service: Service, line: Line) -> None:
    sender = pusher(service, line)
    line.answers = [Held(7)]
    first = commit(service, "a", "1", "2")
    sender.hand(first)
    sender.hand(commit(service, "a", "3"), [message.id for message in first])
    await sender.finish()
    await push(sender)
    assert line.heard == []
    service.clock.move(7 * SECOND)
    await push(pusher(service, line))
    assert [text for _, text in line.heard] == ["1", "2", "3"]


async def test_what_was_in_hand_of_a_process_that_died_is_sent_when_its_lease_is_over(
    service: Service, line: Line
) -> None:
    commit(service, "a", "1", "2")
    sender = pusher(service, line)
    await push(sender)
    assert line.heard == []
    service.clock.move(LEASE)
    await push(sender)
    assert line.heard == [("a", "1"), ("a", "2")]


async def test_to_who_is_gone_nothing_of_what_was_said_is_sent(service: Service, line: Line) -> None:
    sender = pusher(service, line)
    line.answers = [Gone()]
    sender.hand(commit(service, "a", "1", "2"))
    await sender.finish()
    assert line.heard == []
    assert counts(service) == {"dead": 2}


async def test_more_than_can_be_in_hand_is_left_to_the_outbox_and_sent_all_the_same(
    service: Service, line: Line
) -> None:
    sender = pusher(service, line)
    for number in range(60):
        sender.hand(commit(service, f"{number}", "x"))
    await sender.finish()
    await push(sender)
    assert sorted(name for name, _ in line.heard) == sorted(str(number) for number in range(60))
    assert counts(service) == {"sent": 60}
