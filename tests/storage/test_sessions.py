"""Facts about a conversation's saved state."""

import pytest

from storage import sessions, tables, updates
from storage.database import Database, Transaction
from storage.errors import Conflict, Undecipherable
from storage.sealing import CitizensKeys
from tests.storage.conftest import DAY, HOUR, NOW

ME = b"m" * 32
YOU = b"y" * 32


def save(database: Database, keys: CitizensKeys, body: bytes, *, expected: int, who: bytes = ME) -> int:
    return database.write_now(lambda t: sessions.save(t, keys, who, body, expected=expected, now=NOW))


def load(database: Database, keys: CitizensKeys, who: bytes = ME) -> sessions.SavedSession:
    return database.read_now(lambda t: sessions.load(t, keys, who))


def test_what_was_saved_is_loaded_with_its_version(database: Database, citizens: CitizensKeys) -> None:
    assert load(database, citizens) == sessions.NEVER_SAVED
    assert save(database, citizens, b"one", expected=0) == 1
    assert save(database, citizens, b"two", expected=1) == 2
    assert load(database, citizens) == sessions.SavedSession(2, b"two", NOW)
    assert load(database, citizens, YOU) == sessions.NEVER_SAVED


def test_a_turn_that_saw_an_older_version_is_refused(database: Database, citizens: CitizensKeys) -> None:
    save(database, citizens, b"one", expected=0)
    save(database, citizens, b"two", expected=1)
    for stale in (0, 1, 3):
        with pytest.raises(Conflict) as refused:
            save(database, citizens, b"stale", expected=stale)
        assert (refused.value.expected, refused.value.found) == (stale, 2)
    assert load(database, citizens).body == b"two"


def test_words_lie_in_the_table_encrypted(database: Database, citizens: CitizensKeys) -> None:
    save(database, citizens, b"I was cheated", expected=0)
    row = database.read_now(lambda t: t.session.get(tables.Session, ME))
    assert row is not None
    assert row.body is not None
    assert b"cheated" not in row.body


def test_a_body_moved_to_another_conversation_does_not_open(database: Database, citizens: CitizensKeys) -> None:
    save(database, citizens, b"mine", expected=0)
    save(database, citizens, b"yours", expected=0, who=YOU)

    def swap(t: Transaction) -> None:
        mine, yours = t.session.get_one(tables.Session, ME), t.session.get_one(tables.Session, YOU)
        mine.body, yours.body = yours.body, mine.body

    database.write_now(swap)
    with pytest.raises(Undecipherable):
        load(database, citizens)


def test_an_erased_conversation_begins_anew_and_no_old_turn_revives_it(
    database: Database, citizens: CitizensKeys
) -> None:
    save(database, citizens, b"one", expected=0)
    database.write_now(lambda t: sessions.erase(t, ME, now=NOW))
    assert load(database, citizens).body is None
    with pytest.raises(Conflict):
        save(database, citizens, b"from a turn that was running", expected=1)
    assert save(database, citizens, b"new", expected=load(database, citizens).version) == 3
    database.write_now(lambda t: sessions.erase(t, YOU, now=NOW))
    assert load(database, citizens, YOU) == sessions.NEVER_SAVED


def test_idle_conversations_expire_and_others_do_not(database: Database, citizens: CitizensKeys) -> None:
    save(database, citizens, b"idle", expected=0)
    database.write_now(lambda t: sessions.save(t, citizens, YOU, b"live", expected=0, now=NOW + HOUR))
    gone = database.write_now(lambda t: sessions.expire(t, idle_since=NOW + HOUR, erased_since=NOW + HOUR))
    assert gone == 1
    assert load(database, citizens) == sessions.NEVER_SAVED
    assert load(database, citizens, YOU).body == b"live"
    assert database.read_now(sessions.count) == 1


def test_what_an_erased_conversation_leaves_expires_sooner(database: Database, citizens: CitizensKeys) -> None:
    save(database, citizens, b"one", expected=0)
    save(database, citizens, b"live", expected=0, who=YOU)
    database.write_now(lambda t: sessions.erase(t, ME, now=NOW))
    assert database.write_now(lambda t: sessions.expire(t, idle_since=NOW - DAY, erased_since=NOW + HOUR)) == 1
    assert load(database, citizens, YOU).body == b"live"


def test_an_update_is_new_once(database: Database) -> None:
    def remember(channel: str, update: str) -> bool:
        return database.write_now(lambda t: updates.remember(t, channel, update, now=NOW))

    assert [remember("web", "1"), remember("web", "1"), remember("web", "2"), remember("telegram", "1")] == [
        True,
        False,
        True,
        True,
    ]
    assert [remember("a", "1b"), remember("a1", "b")] == [True, True]


def test_asking_whether_an_update_is_known_does_not_make_it_so(database: Database) -> None:
    for _ in range(2):
        assert not database.read_now(lambda t: updates.is_known(t, "web", "1"))
    database.write_now(lambda t: updates.remember(t, "web", "1", now=NOW))
    assert database.read_now(lambda t: updates.is_known(t, "web", "1"))
    assert not database.read_now(lambda t: updates.is_known(t, "telegram", "1"))


def test_an_update_whose_unit_failed_is_still_new(database: Database) -> None:
    def fail(t: Transaction) -> None:
        updates.remember(t, "web", "1", now=NOW)
        raise Conflict("session", 1, 2)

    with pytest.raises(Conflict):
        database.write_now(fail)
    assert database.write_now(lambda t: updates.remember(t, "web", "1", now=NOW))


def test_updates_are_forgotten_when_they_are_old(database: Database) -> None:
    database.write_now(lambda t: updates.remember(t, "web", "old", now=NOW))
    database.write_now(lambda t: updates.remember(t, "web", "young", now=NOW + HOUR))
    assert database.write_now(lambda t: updates.forget(t, before=NOW + HOUR)) == 1
    assert not database.write_now(lambda t: updates.remember(t, "web", "young", now=NOW + HOUR))
    assert database.write_now(lambda t: updates.remember(t, "web", "old", now=NOW + HOUR))
