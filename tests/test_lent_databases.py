"""A database on a server that one test gave back is as empty for the next as a new one."""

import psycopg
import pytest

from storage import audit, tips
from storage.database import Database
from storage.place import Server
from tests.databases import everything_in
from tests.postgres import PostgresServer
from tests.storage.conftest import NOW, Chance, new_tip


def fill(server: Server) -> None:
    """A tip, and an entry that nobody can change or take away."""
    chance = Chance()
    with Database.open(server) as database:
        database.write_now(lambda t: tips.file(t, new_tip(), random=chance))
        database.write_now(lambda t: audit.record(t, audit.Entry(NOW, "wei", "claim", "tip"), random=chance))


def test_what_was_written_is_gone_and_numbers_begin_anew(postgres: PostgresServer) -> None:
    untouched = postgres.make_database()
    lent = postgres.lend()
    fill(lent)
    assert everything_in(lent) != everything_in(untouched)
    postgres.take_back(lent)
    again = postgres.lend()
    assert again == lent
    assert everything_in(again) == everything_in(untouched)
    fill(again)
    with psycopg.connect(again.url) as connection:
        assert connection.execute("SELECT id FROM audit").fetchall() == [(1,)]
        with pytest.raises(psycopg.IntegrityError):
            connection.execute("DELETE FROM audit")
    postgres.take_back(again)
    postgres.drop(untouched)


def test_who_was_left_in_it_is_shut_out(postgres: PostgresServer) -> None:
    lent = postgres.lend()
    with psycopg.connect(lent.url) as left:
        left.execute("LOCK TABLE tip")
        postgres.take_back(lent)
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")


def test_what_was_changed_in_shape_is_not_lent_again(postgres: PostgresServer) -> None:
    lent = postgres.lend()
    with psycopg.connect(lent.url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER USER")
    postgres.take_back(lent)
    assert postgres.lend() != lent
