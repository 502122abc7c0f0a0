"""Facts about one conversation at a time among processes on a PostgreSQL server."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest

from storage.database import Database
from storage.gate import Gate
from storage.place import Server
from storage.server import connect

ME, YOU = b"m" * 32, b"y" * 32


@pytest.fixture
def open_gate(server: Server) -> Iterator[Callable[..., Gate]]:
    with ExitStack() as stack:

        def make(patience: float = 20.0) -> Gate:
            gate = Gate(lambda: connect(server), patience=patience)
            stack.callback(gate.close)
            return gate

        yield make


def test_who_comes_second_waits_and_others_do_not(open_gate: Callable[..., Gate]) -> None:
    here, there = open_gate(), open_gate()
    here.enter(ME).result(10)
    waiting = there.enter(ME)
    there.enter(YOU).result(10)
    assert not waiting.done()
    here.leave(ME)
    waiting.result(10)
    again = here.enter(ME)
    there.enter(b"z" * 32).result(10)
    assert not again.done()
    there.leave(ME)
    again.result(10)


def test_a_gate_that_closes_lets_the_others_in(open_gate: Callable[..., Gate]) -> None:
    here, there = open_gate(), open_gate()
    here.enter(ME).result(10)
    waiting = there.enter(ME)
    here.close()
    waiting.result(10)


def test_a_process_that_dies_lets_the_others_in(open_gate: Callable[..., Gate], server: Server) -> None:
    here, there = open_gate(), open_gate()
    here.enter(ME).result(10)
    waiting = there.enter(ME)
    with psycopg.connect(server.url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> %s",
            [other.info.backend_pid],
        )
    waiting.result(10)
    # And whoever lost it can come back.
    there.leave(ME)
    here.leave(ME)
    here.enter(ME).result(10)


def test_who_stays_inside_too_long_does_not_keep_others_out_for_ever(open_gate: Callable[..., Gate]) -> None:
    here, there = open_gate(), open_gate(patience=0.05)
    here.enter(ME).result(10)
    began = time.monotonic()
    there.enter(ME).result(10)
    assert time.monotonic() - began >= 0.05


def test_one_who_gives_up_waiting_does_not_keep_the_lock(open_gate: Callable[..., Gate]) -> None:
    here, there = open_gate(), open_gate()
    here.enter(ME).result(10)
    given_up = there.enter(ME)
    assert given_up.cancel()
    here.leave(ME)
    here.enter(ME).result(10)
    here.leave(ME)
    there.enter(ME).result(10)


def test_without_a_server_everybody_goes_in(caplog: pytest.LogCaptureFixture) -> None:
    gate = Gate(lambda: connect(Server("postgresql://anna:s3cret@127.0.0.1:9/fanzha")))
    gate.enter(ME).result(20)
    gate.close()
    assert "not kept in order" in caplog.text
    assert "s3cret" not in caplog.text


async def test_turns_of_one_conversation_come_one_by_one_in_the_order_they_came(server: Server) -> None:
    with Database.open(server) as here, Database.open(server) as there:
        inside, order = 0, []
        is_first_in = asyncio.Event()

        async def turn(database: Database, name: str) -> None:
            nonlocal inside
            async with database.alone(ME):
                is_first_in.set()
                inside += 1
                assert inside == 1
                await asyncio.sleep(0.02)
                order.append(name)
                inside -= 1

        first = asyncio.create_task(turn(here, "first"))
        await is_first_in.wait()
        await asyncio.gather(first, turn(there, "second"))
        assert order == ["first", "second"]
