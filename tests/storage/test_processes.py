"""Facts about several processes on one database, with real processes."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import psycopg
from sqlmodel import col, select

from storage import tables
from storage.database import Database
from storage.place import Place, Server
from tests.postgres import PostgresServer

BEGIN = """
import sys
from datetime import datetime, timedelta, UTC
from pathlib import Path
from storage import limits, tables
from storage.database import Database
from storage.place import Server

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
place = Server(sys.argv[1]) if sys.argv[1].startswith("postgresql:") else Path(sys.argv[1])
"""

COUNT = """
with Database.open(place) as database:
    sys.stdin.readline()
    for _ in range(int(sys.argv[2])):
        database.write_now(lambda t: limits.hit(t, "try", b"who", window=timedelta(days=1), now=NOW))
"""

ACKNOWLEDGE = """
database = Database.open(place)
number = 0
while True:
    number += 1
    database.write_now(lambda t: t.session.add(tables.Meta(name=f"{number:06}", value="kept")))
    print(f"{number:06}", flush=True)
"""

OPEN = """
sys.stdin.readline()
Database.open(place).close()
"""


def start(program: str, place: Place, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + program, place.url if isinstance(place, Server) else str(place), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
    )


def let_go(*processes: "subprocess.Popen[str]") -> list[list[str]]:
    """What each printed, once all have ended well."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60)[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return printed


def test_counts_from_several_processes_are_never_lost(place: Place) -> None:
    let_go(*(start(COUNT, place, "60") for _ in range(3)))
    with Database.open(place) as database:
        assert database.read_now(lambda t: t.session.exec(select(tables.Counter.count)).one()) == 180


def test_processes_that_open_a_new_file_at_once_make_it_once(tmp_path: Path) -> None:
    path = tmp_path / "fanzha.sqlite"
    let_go(*(start(OPEN, path) for _ in range(3)))
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_processes_that_open_an_empty_database_at_once_fill_it_once(postgres: PostgresServer) -> None:
    empty = postgres.make_empty_database()
    let_go(*(start(OPEN, empty) for _ in range(3)))
    with psycopg.connect(empty.url) as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    postgres.drop(empty)


def test_what_was_acknowledged_survives_the_death_of_the_process(place: Place) -> None:
    process = start(ACKNOWLEDGE, place)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    with Database.open(place) as database:
        kept = database.read_now(
            lambda t: list(t.session.exec(select(tables.Meta.name).order_by(col(tables.Meta.name))))
        )
    assert acknowledged == [f"{number:06}" for number in range(1, 26)]
    assert kept[:25] == acknowledged
