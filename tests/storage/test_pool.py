"""Facts about writing on a PostgreSQL server: what is kept, what is run again, and what of a server that goes away."""

import asyncio
import contextlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import col, select

from storage import limits, outbox, pool, sessions, tables, tips, updates
from storage.database import Database, Transaction
from storage.errors import CommitUnknown, NotFound, StorageBusy, StorageClosed, StorageFull, StorageUnavailable
from storage.place import Server
from storage.pool import Pool
from storage.sealing import CitizensKeys
from storage.server import in_server_words, make_server_engine, vacuum
from tests.postgres import PostgresServer, find_programs
from tests.storage.conftest import DAY, NOW, new_tip

KEYS = CitizensKeys(bytes(range(32)))


@pytest.fixture
def place(server: Server) -> Server:
    return server


def add(t: Transaction, name: str) -> str:
    t.session.add(tables.Meta(name=name, value="x"))
    t.session.flush()
    return name


def names(database: Database) -> list[str]:
    return database.read_now(lambda t: list(t.session.exec(select(tables.Meta.name).order_by(col(tables.Meta.name)))))


def test_a_unit_that_loses_to_another_runs_again_and_sees_what_that_one_did(database: Database) -> None:
    database.write_now(lambda t: add(t, "0"))
    both_have_read = threading.Barrier(2)
    runs = 0

    def unit(t: Transaction) -> str:
        nonlocal runs
        runs += 1
        found = t.session.exec(select(tables.Meta.name)).all()
        with contextlib.suppress(threading.BrokenBarrierError):
            both_have_read.wait(5 if runs <= 2 else 0.01)
        return add(t, str(len(found)))

    answers = [database._keeper.submit(unit) for _ in range(2)]
    assert sorted(answer.result(20) for answer in answers) == ["1", "2"]
    assert names(database) == ["0", "1", "2"]
    assert runs == 3


def test_turns_of_different_conversations_are_never_in_each_others_way(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On few rows, where all share a page of the index: what a turn writes must look nothing up."""
    again: list[BaseException] = []
    monkeypatch.setattr(pool, "is_worth_another_try", again.append)

    def turn(who: bytes, version: int) -> Callable[[Transaction], None]:
        def unit(t: Transaction) -> None:
            assert updates.remember(t, "chat", f"{who.hex()}{version}", now=NOW)
            sessions.save(t, KEYS, who, b"body", expected=version, now=NOW)
            outbox.put(t, KEYS, conversation=who, channel="chat", address="1", body=b"said", now=NOW)
            limits.hit(t, "say", who, window=DAY, now=NOW)
            if version == 4:
                tips.file(t, new_tip(receipt=who), random=secrets.token_bytes)

        return unit

    for version in range(5):
        answers = [database._keeper.submit(turn(bytes([who]) * 32, version)) for who in range(40)]
        for answer in answers:
            answer.result(20)
    assert again == []
    assert database.read_now(tips.counts) == {"new": 40}


def test_a_unit_that_never_gets_through_is_given_up(server: Server) -> None:
    engine = make_server_engine(server, writes=True, connections=1)
    impatient = Pool(engine, 1, name="impatient", patience=0.05)

    def unit(t: Transaction) -> None:
        t.connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")

    with pytest.raises(StorageBusy):
        impatient.submit(unit).result(10)
    impatient.close()
    engine.dispose()


def test_a_fault_of_the_units_own_undoes_it_and_is_not_tried_again(database: Database) -> None:
    runs = []

    def unit(t: Transaction) -> None:
        runs.append(add(t, "a"))
        raise NotFound("tip", "x")

    with pytest.raises(NotFound):
        database.write_now(unit)
    assert (len(runs), names(database)) == (1, [])


def test_a_unit_that_swallows_the_databases_refusal_is_not_told_that_it_was_kept(database: Database) -> None:
    def swallow(t: Transaction) -> str:
        add(t, "early")
        with contextlib.suppress(SQLAlchemyError):
            t.connection.exec_driver_sql("INSERT INTO meta VALUES ('early', 'again')")
        return "all is well"

    with pytest.raises(SQLAlchemyError, match="went on"):
        database.write_now(swallow)
    assert names(database) == []


def test_what_only_the_commit_finds_wrong_is_told_to_its_caller(database: Database) -> None:
    def orphan(t: Transaction) -> None:
        t.connection.exec_driver_sql("ALTER TABLE link ALTER CONSTRAINT link_tip_fkey DEFERRABLE INITIALLY DEFERRED")
        t.session.add(tables.Link(tip="none such", type="phone", hash=b"h"))

    with pytest.raises(IntegrityError):
        database.write_now(orphan)


def test_a_read_sees_one_state_and_cannot_write(database: Database) -> None:
    def look(t: Transaction) -> tuple[int, int]:
        first = len(t.session.exec(select(tables.Meta.name)).all())
        database.write_now(lambda other: add(other, "meanwhile"))
        return first, len(t.session.exec(select(tables.Meta.name)).all())

    assert database.read_now(look) == (0, 0)
    with pytest.raises(StorageUnavailable, match="read-only"):
        database.read_now(lambda t: add(t, "b"))
    assert names(database) == ["meanwhile"]


def test_closing_finishes_what_was_given_and_takes_no_more(server: Server) -> None:
    database = Database.open(server)
    answers = [database._keeper.submit(lambda t, name=f"{number:03}": add(t, name)) for number in range(60)]  # type: ignore[misc] # mypy cannot infer a lambda with a default
    database.close()
    database.close()
    assert [answer.result(0) for answer in answers] == [f"{number:03}" for number in range(60)]
    with pytest.raises(StorageClosed):
        database.write_now(lambda t: add(t, "late"))
    with pytest.raises(StorageClosed):
        database.read_now(lambda _: None)


def test_a_name_with_a_nul_in_it_is_looked_for_in_vain(database: Database) -> None:
    with pytest.raises(NotFound):
        database.read_now(lambda t: tips.get(t, "7K3M\0-9QTX"))


async def test_what_was_erased_leaves_no_row_behind_once_it_is_scrubbed(database: Database, server: Server) -> None:
    await database.write(
        lambda t: outbox.put(t, KEYS, conversation=b"me", channel="web", address="1", body=b"b", now=NOW)
    )
    await database.write(lambda t: outbox.drop(t, b"me", now=NOW))
    await database.write(lambda t: outbox.forget(t, finished_before=NOW + DAY))
    await database.scrub()
    with psycopg.connect(server.url) as connection:
        # The table's last page is given back: not a row, nor what is left of one.
        assert connection.execute("SELECT pg_relation_size('outbox')").fetchone() == (0,)


def test_a_scrub_while_the_server_is_away_says_so() -> None:
    with pytest.raises(StorageUnavailable):
        vacuum(Server("postgresql://anna@127.0.0.1:9/fanzha"))


def test_a_log_cannot_be_emptied_at_once(database: Database) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        database.write_now(lambda t: t.connection.exec_driver_sql("TRUNCATE audit"))


@pytest.mark.parametrize(
    ("state", "ours"),
    [
        ("53100", StorageFull),
        ("40001", StorageBusy),
        ("55P03", StorageBusy),
        ("57P01", StorageUnavailable),
        ("53300", StorageUnavailable),
        ("25006", StorageUnavailable),
        ("42501", StorageUnavailable),
        ("58030", StorageUnavailable),
    ],
)
def test_faults_of_its_surroundings_are_said_in_our_words(state: str, ours: type[Exception]) -> None:
    assert type(in_server_words(psycopg.errors.lookup(state)("why"))) is ours


def test_faults_of_a_unit_stay_as_they_are() -> None:
    fault = psycopg.errors.UniqueViolation("taken")
    assert in_server_words(fault) is fault


@pytest.fixture
def mortal() -> Iterator[PostgresServer]:
    """A server that this test may stop."""
    programs = find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    with PostgresServer(programs, is_durable=True) as started:
        yield started


def test_a_server_restarted_in_the_middle_loses_and_doubles_nothing(mortal: PostgresServer) -> None:
    with Database.open(mortal.make_database()) as database:
        kept, unknown = [], []
        is_over = threading.Event()

        def write() -> None:
            for number in range(100_000):
                if is_over.is_set():
                    return
                try:
                    kept.append(database.write_now(lambda t, name=f"{number:06}": add(t, name)))  # type: ignore[misc] # as above
                except CommitUnknown:
                    unknown.append(f"{number:06}")

        writer = threading.Thread(target=write)
        writer.start()
        while len(kept) < 20:
            time.sleep(0.01)
        mortal.stop(mode="immediate")
        mortal.start()
        there = len(kept)
        while len(kept) < there + 20:
            assert writer.is_alive()
            time.sleep(0.01)
        is_over.set()
        writer.join()
        found = names(database)
    assert set(kept) <= set(found)
    assert set(found) <= set(kept) | set(unknown)
    assert len(unknown) <= 1


def test_while_the_server_is_away_a_unit_waits_and_then_says_so(mortal: PostgresServer) -> None:
    server = mortal.make_database()
    engine = make_server_engine(server, writes=True, connections=1)
    impatient = Pool(engine, 1, name="impatient", patience=0.2)
    assert impatient.submit(lambda t: add(t, "before")).result(10) == "before"
    mortal.stop(mode="fast")
    with pytest.raises(StorageUnavailable):
        impatient.submit(lambda t: add(t, "meanwhile")).result(20)
    mortal.start()
    assert impatient.submit(lambda t: add(t, "after")).result(10) == "after"
    impatient.close()
    engine.dispose()


async def test_connections_lost_while_nobody_used_them_are_made_anew_without_a_word(
    mortal: PostgresServer, caplog: pytest.LogCaptureFixture
) -> None:
    with Database.open(mortal.make_database()) as database:
        database.write_now(lambda t: add(t, "kept"))

        async def all_at_once() -> None:
            looks = [database.glance(lambda t: updates.is_known(t, "chat", "7")) for _ in range(8)]
            reads = [database.read(lambda t: len(t.session.exec(select(tables.Meta.name)).all())) for _ in range(8)]
            assert await asyncio.gather(*looks, *reads) == [False] * 8 + [1] * 8

        await all_at_once()
        mortal.stop(mode="immediate")
        mortal.start()
        await all_at_once()
    assert caplog.records == []
