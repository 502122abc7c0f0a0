"""Answers that are asked for later: the same on a file, where they are there at once, and on a server, where what was
sent meanwhile went in one go."""

import pytest

from storage import limits, outbox, sessions, tables, updates
from storage.database import Database, Transaction
from storage.errors import Conflict
from storage.sealing import CitizensKeys
from storage.transaction import Later
from tests.storage.conftest import HOUR, NOW

ME = b"m" * 32


def test_answers_may_be_asked_for_in_any_order_and_after_the_commit(database: Database, citizens: CitizensKeys) -> None:
    def put(t: Transaction, body: bytes) -> Later[int]:
        return outbox.put(t, citizens, conversation=ME, channel="chat", address="1", body=body, now=NOW)

    first, second, is_new, again = database.write_now(
        lambda t: (
            put(t, b"one"),
            put(t, b"two"),
            updates.remember_later(t, "chat", "7", now=NOW),
            updates.remember_later(t, "chat", "7", now=NOW),
        )
    )
    assert (again(), is_new()) == (False, True)
    assert second() > first()
    waiting = database.read_now(lambda t: outbox.waiting(t, citizens, ME))
    assert [(one.id, one.body) for one in waiting] == [(first(), b"one"), (second(), b"two")]


def test_what_a_check_finds_wrong_undoes_all_that_was_sent_with_it(database: Database, citizens: CitizensKeys) -> None:
    def unit(t: Transaction) -> None:
        limits.hit_unseen(t, "say", ME, window=HOUR, now=NOW)
        sessions.save(t, citizens, ME, b"told", expected=3, now=NOW)
        updates.remember_later(t, "chat", "7", now=NOW)

    database.write_now(lambda t: sessions.save(t, citizens, ME, b"before", expected=0, now=NOW))
    with pytest.raises(Conflict):
        database.write_now(unit)
    assert database.read_now(lambda t: limits.count(t, "say", ME, window=HOUR, now=NOW)) == 0
    assert not database.read_now(lambda t: updates.is_known(t, "chat", "7"))
    assert database.read_now(lambda t: sessions.load(t, citizens, ME)).body == b"before"


def test_the_orm_sees_what_was_sent_before_it_and_what_is_sent_after_it_sees_the_orm(
    database: Database, citizens: CitizensKeys
) -> None:
    def unit(t: Transaction) -> list[int]:
        put = outbox.put(t, citizens, conversation=ME, channel="chat", address="1", body=b"one", now=NOW)
        row = t.session.get(tables.Outbox, put())
        assert row is not None
        row.not_before = NOW + HOUR
        outbox.put(t, citizens, conversation=ME, channel="chat", address="1", body=b"two", now=NOW)
        return [int(outbox.is_due(t, channel="chat", now=NOW)), outbox.backlog(t, ME)]

    assert database.write_now(unit) == [0, 2]


def test_of_several_faults_the_first_is_told(database: Database) -> None:
    def unit(t: Transaction) -> None:
        t.insert_later(tables.Session, {"conversation": ME, "version": 1})
        updates.remember_later(t, "chat", "7", now=NOW)

    with pytest.raises(Exception, match=r"(?i)touched_at"):
        database.write_now(unit)
    assert not database.read_now(lambda t: updates.is_known(t, "chat", "7"))
