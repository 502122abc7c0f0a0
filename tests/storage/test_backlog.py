"""How much waits, as those see it who watch the service."""

from datetime import timedelta

from storage import audit, backlog, outbox, sessions, tips, work
from storage.database import Database, Transaction
from storage.sealing import CitizensKeys
from tests.storage.conftest import HOUR, NOW, Chance, new_tip

ME, OTHER = b"me".ljust(32, b"-"), b"other".ljust(32, b"-")


def test_what_waits_for_the_citizens_side_is_counted_and_nothing_that_is_done(
    database: Database, citizens: CitizensKeys
) -> None:
    def fill(t: Transaction) -> None:
        sessions.save(t, citizens, ME, b"{}", expected=0, now=NOW)
        sessions.save(t, citizens, OTHER, b"{}", expected=0, now=NOW)
        sessions.erase(t, OTHER, now=NOW)
        for channel, after in (("telegram", 0), ("telegram", 2), ("telegram", 0), ("webchat", 0)):
            number = outbox.put(
                t,
                citizens,
                conversation=ME,
                channel=channel,
                address="4711",
                body=b"",
                now=NOW,
                not_before=NOW + after * HOUR,
            )
        outbox.acknowledge(t, number() - 1, now=NOW)

    database.write_now(fill)
    at = NOW + timedelta(seconds=90)
    found = database.read_now(lambda t: backlog.of_citizens(t, channels=("telegram", "other"), now=at))
    assert found == backlog.CitizensBacklog(1, {"telegram": 2, "other": 0}, {"telegram": 90.0, "other": 0.0})


def test_a_message_that_is_not_due_yet_is_not_late(database: Database, citizens: CitizensKeys) -> None:
    database.write_now(
        lambda t: outbox.put(
            t, citizens, conversation=ME, channel="telegram", address="1", body=b"", now=NOW, not_before=NOW + HOUR
        )
    )
    found = database.read_now(lambda t: backlog.of_citizens(t, channels=("telegram",), now=NOW))
    assert (found.messages, found.late) == ({"telegram": 1}, {"telegram": 0.0})


def test_what_waits_for_staff_is_counted_by_state_and_kind(database: Database, chance: Chance) -> None:
    def fill(t: Transaction) -> None:
        first = tips.file(t, new_tip(), random=chance)
        tips.file(t, new_tip(), random=chance)
        audit.record(t, audit.Entry(NOW, "reporter", "file", first), random=chance)
        done, dead = work.take(t, [tips.LINK_WORK], by="a", now=NOW, lease=HOUR, limit=2)
        work.finish(t, done, now=NOW)
        work.fail(t, dead, "ValueError", now=NOW, max_attempts=1)
        work.put(t, "pause", "somebody", now=NOW)

    database.write_now(fill)
    found = database.read_now(backlog.of_staff)
    assert found.tips == {"new": 2, "claimed": 0, "waiting": 0}
    assert found.work == {(tips.LINK_WORK, "dead"): 1, ("pause", "waiting"): 1}
    assert found.unchained == 1
    database.write_now(audit.chain)
    assert database.read_now(backlog.of_staff).unchained == 0
