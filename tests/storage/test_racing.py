"""What one writer thread gave by itself holds among several that write at once, each with connections of its own."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import pytest

from storage import accounts, audit, claims, keyring, locks, outbox, sessions, signins, tips, updates, verdicts, work
from storage.database import Database, Transaction
from storage.errors import AlreadyClaimed, AlreadyExists, Conflict, Expired, KeyMismatch, StorageError, WrongState
from storage.place import Place
from storage.sealing import CitizensKeys, StaffSecretKey
from storage.tips import TipState, Verdict
from storage.withdrawals import withdraw
from tests.storage.conftest import NOW, Chance, new_tip

MINUTE = timedelta(minutes=1)
AT_ONCE = 4
Unit = Callable[[Transaction], object]
Race = Callable[..., list[object]]


@pytest.fixture
def others(place: Place) -> Iterator[list[Database]]:
    """As many processes as run at once have it open."""
    with ExitStack() as stack:
        yield [stack.enter_context(Database.open(place)) for _ in range(AT_ONCE)]


@pytest.fixture
def race(others: list[Database]) -> Iterator[Race]:
    """Write all units at the same moment; what each came to, a refusal as its class."""
    with ThreadPoolExecutor(AT_ONCE) as threads:

        def run(*units: Unit) -> list[object]:
            start = threading.Barrier(len(units))

            def act(database: Database, unit: Unit) -> object:
                start.wait(10)
                try:
                    return database.write_now(unit)
                except StorageError as fault:
                    return type(fault)

            return list(threads.map(act, others, units))

        yield run


def everywhere(others: list[Database], act: Callable[[Database], list[str]]) -> list[list[str]]:
    """What each does until there is nothing left to do."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(act, others))


def test_one_of_several_turns_on_the_same_version_is_saved(
    race: Race, database: Database, citizens: CitizensKeys
) -> None:
    for version in range(6):
        ends = race(
            *(
                lambda t, body=body, version=version: sessions.save(
                    t, citizens, b"me", bytes([body]), expected=version, now=NOW
                )
                for body in range(AT_ONCE)
            )
        )
        assert Counter(ends) == {version + 1: 1, Conflict: AT_ONCE - 1}
    assert database.read_now(lambda t: sessions.load(t, citizens, b"me")).version == 6


def test_an_update_is_new_to_one(others: list[Database]) -> None:
    def take_in(database: Database) -> list[str]:
        names = map(str, range(40))
        return [
            name
            for name in names
            if database.write_now(lambda t, name=name: updates.remember(t, "web", name, now=NOW))  # type: ignore[misc] # as above
        ]

    taken = [name for one in everywhere(others, take_in) for name in one]
    assert sorted(taken, key=int) == [str(number) for number in range(40)]


def test_a_tip_is_claimed_by_one(race: Race, filed: Callable[..., str]) -> None:
    for _ in range(5):
        tip = filed()
        ends = race(
            *(lambda t, by=by, tip=tip: claims.claim(t, tip, by=f"r{by}", now=NOW).claimed_by for by in range(AT_ONCE))
        )
        assert Counter(ends)[AlreadyClaimed] == AT_ONCE - 1


def test_a_receipt_is_given_to_one_tip(race: Race, database: Database) -> None:
    def file(chance: Chance, number: int) -> Unit:
        chance(number + 1)
        return lambda t: tips.file(t, new_tip(receipt=b"r" * 32), random=lambda size: bytes([number]) * size)

    ends = race(*(file(Chance(), number) for number in range(AT_ONCE)))
    assert Counter(ends)[AlreadyExists] == AT_ONCE - 1
    assert database.read_now(tips.counts) == {"new": 1}


def test_a_reference_two_draw_at_once_is_given_to_one(race: Race) -> None:
    references = race(*(lambda t: tips.file(t, new_tip(), random=Chance()) for _ in range(AT_ONCE)))
    assert len(set(references)) == AT_ONCE


def test_a_tip_that_is_decided_and_withdrawn_at_once_ends_one_way(
    race: Race, database: Database, filed: Callable[..., str]
) -> None:
    for _ in range(5):
        tip = filed()
        database.write_now(lambda t, tip=tip: claims.claim(t, tip, by="wei", now=NOW))  # type: ignore[misc] # as above
        race(
            lambda t, tip=tip: verdicts.decide(t, tip, by="wei", verdict=Verdict.CONFIRMED, reason=b"r", now=NOW),
            lambda t, tip=tip: withdraw(t, tip, now=NOW),
        )
        assert database.read_now(lambda t, tip=tip: tips.get(t, tip)).state is TipState.WITHDRAWN  # type: ignore[misc] # as above


def test_nothing_is_merged_into_a_tip_that_is_withdrawn_at_the_same_moment(
    race: Race, database: Database, filed: Callable[..., str]
) -> None:
    """The two change different rows: only what they read sets them against each other."""
    for _ in range(8):
        root, copy = filed(), filed()
        database.write_now(lambda t, tip=copy: claims.claim(t, tip, by="wei", now=NOW))  # type: ignore[misc] # as above
        ends = race(
            lambda t, tip=copy, into=root: verdicts.merge(t, tip, into=into, by="wei", reason=b"r", now=NOW).state,
            lambda t, tip=root: withdraw(t, tip, now=NOW).state,
        )
        assert ends[1] is TipState.WITHDRAWN
        # Merged first, it was handed on and is open again; withdrawn first, the merging was refused.
        assert ends[0] in (TipState.MERGED, WrongState)
        assert database.read_now(lambda t, tip=copy: tips.get(t, tip)).is_open  # type: ignore[misc] # as above


def test_a_job_is_run_by_one(race: Race) -> None:
    for name in "abcde":
        ends = race(
            *(
                lambda t, by=by, name=name: locks.acquire(t, name, holder=f"{by}", now=NOW, lease=MINUTE)
                for by in range(AT_ONCE)
            )
        )
        assert Counter(ends) == {True: 1, False: AT_ONCE - 1}


def test_work_is_done_by_one(others: list[Database], database: Database) -> None:
    for number in range(40):
        database.write_now(lambda t, number=number: work.put(t, "erase", str(number), now=NOW))  # type: ignore[misc] # as above

    def act(other: Database) -> list[str]:
        done = []
        while tasks := other.write_now(lambda t: work.take(t, ["erase"], by="w", now=NOW, lease=MINUTE, limit=3)):
            for task in tasks:
                other.write_now(lambda t, task=task: work.finish(t, task, now=NOW))  # type: ignore[misc] # as above
                done.append(task.subject)
        return done

    done = [subject for one in everywhere(others, act) for subject in one]
    assert sorted(done, key=int) == [str(number) for number in range(40)]
    assert database.read_now(work.counts) == {"done": 40}


def test_a_message_is_sent_by_one_and_after_those_before_it(
    others: list[Database], database: Database, citizens: CitizensKeys
) -> None:
    people = (b"anna", b"ben", b"chen")
    for number in range(12):
        for who in people:
            database.write_now(
                lambda t, who=who, body=b"%02d" % number: outbox.put(  # type: ignore[misc] # as above
                    t, citizens, conversation=who, channel="chat", address="1", body=body, now=NOW
                )
            )
    sent: list[str] = []

    def act(other: Database) -> list[str]:
        mine = []
        while other.read_now(lambda t: outbox.counts(t).get("pending", 0)):
            for message in other.write_now(
                lambda t: outbox.take(t, citizens, channel="chat", now=NOW, lease_until=NOW + MINUTE, limit=2)
            ):
                sent.append(f"{message.conversation.decode()} {message.body.decode()}")
                mine.append(sent[-1])
                other.write_now(lambda t, number=message.id: outbox.acknowledge(t, number, now=NOW))  # type: ignore[misc] # as above
        return mine

    everywhere(others, act)
    for name in ("anna", "ben", "chen"):
        assert [line for line in sent if line.startswith(name)] == [f"{name} {number:02}" for number in range(12)]


def test_the_audit_log_is_one_sound_chain_whoever_chains_it(others: list[Database], database: Database) -> None:
    def act(other: Database) -> list[str]:
        for number in range(15):
            entry = audit.Entry(NOW, "wei", "act", str(number))
            other.write_now(lambda t, entry=entry: audit.record(t, entry, random=bytes))  # type: ignore[misc] # as above
            other.write_now(audit.chain)
        return []

    everywhere(others, act)
    database.write_now(audit.chain)
    assert database.read_now(audit.verify).count == 15 * AT_ONCE


def test_a_one_time_link_lets_one_in(race: Race, database: Database, staff: StaffSecretKey, reviewer: str) -> None:
    for _ in range(5):
        token = database.write_now(lambda t: signins.invite(t, staff, reviewer, "enrol", random=Chance(), now=NOW))
        ends = race(*(lambda t, token=token: signins.use_invite(t, staff, token, now=NOW) for _ in range(AT_ONCE)))
        assert Counter(ends)[Expired] == AT_ONCE - 1


@pytest.mark.usefixtures("reviewer")
def test_a_one_time_code_and_a_failure_count_once(race: Race, database: Database) -> None:
    ends = race(*(lambda t: accounts.use_totp_step(t, "wei", 7) for _ in range(AT_ONCE)))
    assert Counter(ends) == {None: 1, Expired: AT_ONCE - 1}
    for _ in range(3):
        race(*(lambda t: accounts.note_failure(t, "wei", now=NOW) for _ in range(AT_ONCE)))
    locked = database.write_now(lambda t: accounts.note_failure(t, "wei", now=NOW))
    # The thirteenth: eight beyond the free ones.
    assert locked == NOW + accounts.LONGEST_LOCK


def test_a_new_database_is_bound_to_one_set_of_keys(race: Race, database: Database) -> None:
    ends = race(*(lambda t, key=key: keyring.bind(t, {"citizens": key}) for key in "abcd"))
    assert Counter(ends) == {None: 1, KeyMismatch: AT_ONCE - 1}
    assert len(database.read_now(keyring.bound)) == 1
