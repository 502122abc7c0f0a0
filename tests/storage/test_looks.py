"""What a turn looks at before it runs: one statement that says what four would."""

from datetime import timedelta

import pytest

from storage import limits, outbox, sessions, updates
from storage.database import Database, Transaction
from storage.looks import Look, look
from storage.sealing import CitizensKeys
from storage.sessions import NEVER_SAVED
from tests.storage.conftest import HOUR, NOW

ME, OTHER = b"m" * 32, b"o" * 32


def seen(t: Transaction, keys: CitizensKeys, update: str = "7") -> Look:
    return look(t, keys, ME, channel="chat", update=update, action="say", window=HOUR, now=NOW)


async def test_who_was_never_here_is_seen_so(database: Database, citizens: CitizensKeys) -> None:
    def others(t: Transaction) -> None:
        updates.remember(t, "chat", "8", now=NOW)
        sessions.save(t, citizens, OTHER, b"told", expected=0, now=NOW)
        outbox.put(t, citizens, conversation=OTHER, channel="chat", address="1", body=b"x", now=NOW)
        limits.hit(t, "say", OTHER, window=HOUR, now=NOW)
        limits.hit(t, "file", ME, window=HOUR, now=NOW)
        limits.hit(t, "say", ME, window=HOUR, now=NOW - HOUR)

    await database.write(others)
    assert await database.glance(lambda t: seen(t, citizens)) == Look(NEVER_SAVED, seen=False, waiting=(), counted=0)


async def test_all_is_seen_at_once_what_waits_in_its_order(database: Database, citizens: CitizensKeys) -> None:
    def unit(t: Transaction) -> list[int]:
        updates.remember(t, "chat", "7", now=NOW)
        sessions.save(t, citizens, ME, b"told", expected=0, now=NOW)
        limits.hit_unseen(t, "say", ME, window=HOUR, now=NOW)
        limits.hit_unseen(t, "say", ME, window=HOUR, now=NOW)
        numbers = [
            outbox.put(t, citizens, conversation=ME, channel="chat", address="1", body=b"x", now=NOW)()
            for _ in range(12)
        ]
        outbox.acknowledge(t, numbers.pop(3), now=NOW)
        return numbers

    numbers = await database.write(unit)
    found = await database.glance(lambda t: seen(t, citizens))
    assert (found.saved.version, found.saved.body, found.saved.touched_at) == (1, b"told", NOW)
    assert found.seen
    assert found.waiting == tuple(numbers)
    assert found.counted == 2
    assert not (await database.glance(lambda t: seen(t, citizens, update="9"))).seen


async def test_what_was_cleared_has_a_version_and_no_words(database: Database, citizens: CitizensKeys) -> None:
    await database.write(lambda t: sessions.save(t, citizens, ME, b"told", expected=0, now=NOW))
    await database.write(lambda t: sessions.erase(t, ME, now=NOW + timedelta(minutes=1)))
    saved = (await database.glance(lambda t: seen(t, citizens))).saved
    assert (saved.version, saved.body) == (2, None)


async def test_a_look_writes_nothing(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await database.glance(lambda t: updates.remember(t, "chat", "7", now=NOW))
