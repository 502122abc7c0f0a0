"""Facts about messages that wait to be sent."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from storage import outbox, tables
from storage.database import Database, Transaction
from storage.outbox import Outgoing
from storage.sealing import CitizensKeys
from tests.storage.conftest import DAY, HOUR, NOW

ME, YOU = b"m" * 32, b"y" * 32
SECOND = timedelta(seconds=1)


@pytest.fixture
def put(database: Database, citizens: CitizensKeys) -> "Put":
    return Put(database, citizens)


class Put:
    """Puts messages into the outbox, and takes them out."""

    def __init__(self, database: Database, keys: CitizensKeys) -> None:
        self._database = database
        self._keys = keys

    def __call__(self, body: bytes, who: bytes = ME, *, after: timedelta = timedelta(0), channel: str = "web") -> int:
        return self._database.write_now(
            lambda t: outbox.put(
                t,
                self._keys,
                conversation=who,
                channel=channel,
                address="chat 4711",
                body=body,
                now=NOW,
                not_before=NOW + after,
            )
        )()

    def take(self, now: datetime = NOW) -> tuple[Outgoing, ...]:
        return self._database.write_now(
            lambda t: outbox.take(t, self._keys, channel="web", now=now, lease_until=now + HOUR)
        )


def rows(database: Database) -> list[tuple[str, bytes | None, bytes | None]]:
    def look(t: Transaction) -> list[tuple[str, bytes | None, bytes | None]]:
        return [(row.state, row.address, row.body) for row in t.session.exec(select(tables.Outbox).order_by("id"))]

    return database.read_now(look)


def test_what_was_put_is_taken_with_its_words_and_address(put: Put) -> None:
    message = put("你好".encode())
    (taken,) = put.take()
    assert (taken.id, taken.body.decode(), taken.address, taken.attempts) == (message, "你好", "chat 4711", 1)


def test_words_and_address_lie_in_the_table_encrypted(put: Put, database: Database) -> None:
    put(b"please reply")
    ((_, address, body),) = rows(database)
    assert address is not None
    assert body is not None
    assert b"4711" not in address
    assert b"reply" not in body


def test_a_message_is_sent_in_its_turn_and_not_before_the_one_before_it(put: Put, database: Database) -> None:
    first, second, yours = put(b"1"), put(b"2"), put(b"3", YOU)
    assert [message.id for message in put.take()] == [first, yours]
    assert put.take() == ()
    database.write_now(lambda t: outbox.acknowledge(t, first, now=NOW))
    assert [message.id for message in put.take()] == [second]


def test_a_message_is_offered_again_when_nobody_says_it_was_sent(put: Put) -> None:
    put(b"1")
    assert len(put.take()) == 1
    assert put.take(NOW + HOUR - SECOND) == ()
    assert [message.attempts for message in put.take(NOW + HOUR)] == [2]


def test_a_message_waits_for_whoever_sends_it_at_once(put: Put) -> None:
    put(b"1", after=30 * SECOND)
    assert put.take(NOW + 29 * SECOND) == ()
    assert len(put.take(NOW + 30 * SECOND)) == 1


def test_a_channel_takes_its_own_messages_alone(put: Put) -> None:
    put(b"1", channel="telegram")
    assert put.take() == ()


def test_sending_or_burying_erases_words_and_address(put: Put, database: Database) -> None:
    sent, buried = put(b"1"), put(b"2", YOU)
    database.write_now(lambda t: outbox.acknowledge(t, sent, now=NOW))
    database.write_now(lambda t: outbox.bury(t, buried, now=NOW))
    assert rows(database) == [("sent", None, None), ("dead", None, None)]
    assert database.read_now(outbox.counts) == {"sent": 1, "dead": 1}


def test_what_was_sent_stays_sent(put: Put, database: Database) -> None:
    message = put(b"1")
    database.write_now(lambda t: outbox.acknowledge(t, message, now=NOW))
    database.write_now(lambda t: outbox.bury(t, message, now=NOW))
    database.write_now(lambda t: outbox.retry(t, message, not_before=NOW))
    assert put.take(NOW + HOUR) == ()
    assert database.read_now(outbox.counts) == {"sent": 1}


def test_a_retry_says_when(put: Put, database: Database) -> None:
    message = put(b"1")
    put.take()
    database.write_now(lambda t: outbox.retry(t, message, not_before=NOW + SECOND))
    assert put.take(NOW) == ()
    assert len(put.take(NOW + SECOND)) == 1


def test_whoever_leaves_is_sent_nothing_more(put: Put, database: Database) -> None:
    put(b"1")
    put(b"2")
    yours = put(b"3", YOU)
    assert database.write_now(lambda t: outbox.drop(t, ME, now=NOW)) == 2
    assert [message.id for message in put.take()] == [yours]
    assert rows(database)[:2] == [("dead", None, None)] * 2


def test_what_waits_too_long_dies(put: Put, database: Database) -> None:
    put(b"1")
    assert database.write_now(lambda t: outbox.expire(t, now=NOW, before=NOW, armed_before=NOW - DAY)) == 0
    assert database.write_now(lambda t: outbox.expire(t, now=NOW + HOUR, before=NOW + SECOND, armed_before=NOW)) == 1
    assert rows(database) == [("dead", None, None)]


def test_all_that_waits_for_a_conversation_can_be_fetched_in_order_and_stays_until_acknowledged(
    put: Put, database: Database, citizens: CitizensKeys
) -> None:
    put(b"1")
    put(b"3", YOU)
    put(b"2", after=HOUR)
    for _ in range(2):
        waiting = database.read_now(lambda t: outbox.waiting(t, citizens, ME))
        assert [message.body for message in waiting] == [b"1", b"2"]
    database.write_now(lambda t: outbox.acknowledge(t, waiting[0].id, now=NOW))
    assert [message.body for message in database.read_now(lambda t: outbox.waiting(t, citizens, ME))] == [b"2"]


def test_the_row_of_a_sent_message_goes_too(database: Database, citizens: CitizensKeys) -> None:
    def sent(t: Transaction) -> None:
        acked = outbox.put(t, citizens, conversation=b"m", channel="web", address="a", body=b"b", now=NOW)()
        outbox.acknowledge(t, acked, now=NOW)
        outbox.put(t, citizens, conversation=b"m", channel="web", address="a", body=b"c", now=NOW)

    database.write_now(sent)
    assert database.write_now(lambda t: outbox.forget(t, finished_before=NOW)) == 0
    assert database.write_now(lambda t: outbox.forget(t, finished_before=NOW + SECOND)) == 1
    assert database.read_now(outbox.counts) == {"pending": 1}


def test_what_is_armed_waits_for_its_word_and_is_sent_once(
    put: Put, database: Database, citizens: CitizensKeys
) -> None:
    def arm(t: Transaction) -> None:
        outbox.arm(t, citizens, conversation=ME, channel="web", address="chat 4711", body=b"1", now=NOW)

    database.write_now(arm)
    assert put.take() == ()
    assert [database.write_now(lambda t: outbox.release(t, ME, now=NOW)) for _ in range(2)] == [True, False]
    assert [message.body for message in put.take()] == [b"1"]


def test_what_is_armed_dies_with_the_conversation_or_of_age(
    put: Put, database: Database, citizens: CitizensKeys
) -> None:
    def arm(t: Transaction) -> None:
        for who in (ME, YOU):
            outbox.arm(t, citizens, conversation=who, channel="web", address="chat 4711", body=b"1", now=NOW)

    database.write_now(arm)
    assert database.write_now(lambda t: outbox.drop(t, ME, now=NOW)) == 1
    late = NOW + DAY
    assert database.write_now(lambda t: outbox.expire(t, now=late, before=late, armed_before=NOW)) == 0
    assert database.write_now(lambda t: outbox.expire(t, now=late, before=late, armed_before=late)) == 1
    assert rows(database) == [("dead", None, None)] * 2


def test_by_its_marks_a_message_can_be_taken_away_again(put: Put, database: Database, citizens: CitizensKeys) -> None:
    put(b"1")
    (message,) = put.take()
    assert database.write_now(lambda t: outbox.sent(t, citizens, message, marks=("7", "8"), now=NOW)())
    database.write_now(lambda t: outbox.mark(t, citizens, conversation=ME, channel="web", mark="9", now=NOW + HOUR))

    def take(since: datetime = NOW, who: bytes = ME) -> tuple[str, ...]:
        return database.write_now(lambda t: outbox.take_marks(t, citizens, who, since=since))

    assert take(who=YOU) == ()
    assert take() == ("7", "8", "9")
    assert take() == ()


def test_what_was_dropped_while_it_was_sent_is_known_to_be_too_much(
    put: Put, database: Database, citizens: CitizensKeys
) -> None:
    put(b"1")
    (message,) = put.take()
    database.write_now(lambda t: outbox.drop(t, ME, now=NOW))
    assert not database.write_now(lambda t: outbox.sent(t, citizens, message, marks=("7",), now=NOW)())
