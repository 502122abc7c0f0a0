"""Facts about the one writer thread: what it keeps, whom it answers, and when."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import col, select

from storage import tables
from storage.database import Database, Transaction
from storage.engine import make_engine
from storage.errors import StorageBusy, StorageClosed, StorageFull
from storage.keepers import FileKeeper
from storage.writer import Writer

Unit = Callable[[Transaction], Any]


class OurOwnFaultError(Exception):
    """What a unit raises in these tests."""


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    with Database.open(file, busy_timeout_ms=2000) as opened:
        yield opened


def writer_of(database: Database) -> Writer:
    keeper = database._keeper
    assert isinstance(keeper, FileKeeper)
    return keeper.writer


def put(name: str, size: int = 1) -> Unit:
    def unit(t: Transaction) -> str:
        t.session.add(tables.Meta(name=name, value="x" * size))
        t.session.flush()
        return name

    return unit


def names(database: Database) -> list[str]:
    return database.read_now(lambda t: list(t.session.exec(select(tables.Meta.name).order_by(col(tables.Meta.name)))))


@contextmanager
def held(writer: Writer) -> Iterator[None]:
    """The writer stays busy inside the block, so that what is submitted there becomes one group."""
    has_begun, may_end = threading.Event(), threading.Event()

    def wait(_: Transaction) -> None:
        has_begun.set()
        may_end.wait(10)

    gate = writer.submit(wait)
    assert has_begun.wait(10)
    yield
    may_end.set()
    gate.result(10)


def as_one_group(database: Database, *units: Unit) -> list["Future[Any]"]:
    writer = writer_of(database)
    with held(writer):
        return [writer.submit(unit) for unit in units]


def limit_pages(database: Database, spare: int) -> None:
    """Let the file grow by so many pages more, as a disk that is nearly full would."""

    def unit(t: Transaction) -> None:
        connection = t.session.connection()
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used + spare}")

    database.write_now(unit)


def test_a_unit_that_fails_undoes_itself_alone_and_tells_its_caller_alone(database: Database) -> None:
    def bad(t: Transaction) -> None:
        put("bad")(t)
        raise OurOwnFaultError

    first, second, third = as_one_group(database, put("a"), bad, put("c"))
    assert first.result(10) == "a"
    with pytest.raises(OurOwnFaultError):
        second.result(10)
    assert third.result(10) == "c"
    assert names(database) == ["a", "c"]


def test_nobody_is_answered_before_the_commit_of_the_group(database: Database, file: Path) -> None:
    answers: list[Future[Any]] = []
    seen: list[tuple[bool, list[str]]] = []

    def refuse(_: Transaction) -> None:
        raise OurOwnFaultError

    def look(_: Transaction) -> None:
        seen.append((any(answer.done() for answer in answers), names(database)))

    writer = writer_of(database)
    with held(writer):
        answers += [writer.submit(put("a")), writer.submit(refuse)]
        last = writer.submit(look)
    last.result(10)
    assert seen == [(False, [])]
    assert answers[0].result(10) == "a"


def test_a_full_disk_refuses_what_does_not_fit_and_keeps_the_rest(database: Database) -> None:
    database.write_now(put("before"))
    limit_pages(database, spare=3)
    small, huge, also_small = as_one_group(database, put("small"), put("huge", 1_000_000), put("also small"))
    with pytest.raises(StorageFull):
        huge.result(10)
    assert (small.result(10), also_small.result(10)) == ("small", "also small")
    assert names(database) == ["also small", "before", "small"]


def test_a_full_disk_keeps_the_last_committed_state_and_takes_more_once_there_is_room(database: Database) -> None:
    database.write_now(put("before"))
    limit_pages(database, spare=0)
    for _ in range(2):
        with pytest.raises(StorageFull):
            database.write_now(put("huge", 1_000_000))
    assert names(database) == ["before"]
    limit_pages(database, spare=1000)
    database.write_now(put("huge", 1_000_000))
    assert names(database) == ["before", "huge"]


def test_a_unit_that_swallows_the_full_disk_is_not_told_that_it_was_kept(database: Database) -> None:
    limit_pages(database, spare=0)

    def swallow(t: Transaction) -> str:
        put("early")(t)
        with contextlib.suppress(SQLAlchemyError):
            t.session.connection().exec_driver_sql("INSERT INTO meta VALUES ('huge', hex(zeroblob(1000000)))")
        return "all is well"

    good, bad = as_one_group(database, put("good"), swallow)
    assert good.result(10) == "good"
    with pytest.raises(SQLAlchemyError):
        bad.result(10)
    assert names(database) == ["good"]


def test_a_commit_that_fails_is_laid_to_the_unit_that_made_it_fail(database: Database) -> None:
    def orphan(t: Transaction) -> None:
        t.session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        t.session.add(tables.Link(tip="none such", type="phone", hash=b"h"))
        t.session.flush()

    good, bad = as_one_group(database, put("good"), orphan)
    assert good.result(10) == "good"
    with pytest.raises(IntegrityError):
        bad.result(10)
    assert names(database) == ["good"]


def test_not_even_a_wish_to_exit_ends_the_writer(database: Database) -> None:
    def leave(_: Transaction) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        database.write_now(leave)
    assert database.write_now(put("after")) == "after"


def test_a_database_held_by_another_for_too_long_says_so_and_works_again_after(file: Path) -> None:
    with Database.open(file, busy_timeout_ms=50) as database:
        other = make_engine(file, writes=True)
        with other.connect() as connection, connection.begin():
            answers = as_one_group_while_locked(database, put("a"), put("b"))
            for answer in answers:
                with pytest.raises(StorageBusy):
                    answer.result(10)
        other.dispose()
        assert database.write_now(put("c")) == "c"
        assert names(database) == ["c"]


def as_one_group_while_locked(database: Database, *units: Unit) -> list["Future[Any]"]:
    return [writer_of(database).submit(unit) for unit in units]


def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match="readonly"):
        database.read_now(put("a"))
    assert names(database) == []


def test_closing_finishes_what_was_given_and_takes_no_more(file: Path) -> None:
    database = Database.open(file)
    writer = writer_of(database)
    with held(writer):
        answers = [writer.submit(put(f"{number:03}")) for number in range(200)]
    database.close()
    database.close()
    assert [answer.result(0) for answer in answers] == [f"{number:03}" for number in range(200)]
    with pytest.raises(StorageClosed):
        database.write_now(put("late"))
    with pytest.raises(StorageClosed):
        database.read_now(lambda _: None)
    with Database.open(file) as again:
        assert len(names(again)) == 200


async def test_a_caller_cancelled_before_its_turn_is_never_run(database: Database) -> None:
    with held(writer_of(database)):
        asleep = asyncio.ensure_future(database.write(put("cancelled")))
        await asyncio.sleep(0)
        asleep.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asleep
    assert await database.write(put("next")) == "next"
    assert await database.read(lambda t: list(t.session.exec(select(tables.Meta.name)))) == ["next"]


async def test_a_caller_cancelled_while_its_unit_runs_disturbs_nobody(database: Database) -> None:
    has_begun, may_end = threading.Event(), threading.Event()

    def slow(t: Transaction) -> None:
        has_begun.set()
        assert may_end.wait(10)
        put("slow")(t)

    asleep = asyncio.ensure_future(database.write(slow))
    await asyncio.to_thread(has_begun.wait, 10)
    asleep.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asleep
    may_end.set()
    assert await database.write(put("next")) == "next"
    assert await asyncio.to_thread(names, database) == ["next", "slow"]


async def test_many_callers_at_once_are_each_answered_their_own(database: Database) -> None:
    answers = await asyncio.gather(*(database.write(put(f"{number:03}")) for number in range(150)))
    assert answers == [f"{number:03}" for number in range(150)]
