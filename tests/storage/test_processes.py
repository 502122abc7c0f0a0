"""Facts about several processes on one file, with real processes."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from sqlmodel import col, select

from storage import tables
from storage.database import Database

COUNT = """
import sys
from pathlib import Path
from datetime import datetime, timedelta, UTC
from storage import limits
from storage.database import Database

with Database.open(Path(sys.argv[1])) as database:
    sys.stdin.readline()
    for _ in range(int(sys.argv[2])):
        database.write_now(lambda t: limits.hit(
            t, "try", b"who", window=timedelta(days=1), now=datetime(2026, 11, 23, tzinfo=UTC)
        ))
"""

ACKNOWLEDGE = """
import sys
from pathlib import Path
from storage import tables
from storage.database import Database

database = Database.open(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    database.write_now(lambda t: t.session.add(tables.Meta(name=f"{number:06}", value="kept")))
    print(f"{number:06}", flush=True)
"""

OPEN = """
import sys
from pathlib import Path
from storage.database import Database

sys.stdin.readline()
Database.open(Path(sys.argv[1])).close()
"""


def start(program: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def let_go(*processes: "subprocess.Popen[str]") -> list[int]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
    return [process.returncode for process in processes]


def test_counts_from_several_processes_are_never_lost(path: Path) -> None:
    Database.open(path).close()
    assert let_go(*(start(COUNT, str(path), "60") for _ in range(4))) == [0, 0, 0, 0]
    with Database.open(path) as database:
        assert database.read_now(lambda t: t.session.exec(select(tables.Counter.count)).one()) == 240


def test_processes_that_open_a_new_file_at_once_make_it_once(path: Path) -> None:
    assert let_go(*(start(OPEN, str(path)) for _ in range(4))) == [0, 0, 0, 0]
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_what_was_acknowledged_survives_the_death_of_the_process(path: Path) -> None:
    process = start(ACKNOWLEDGE, str(path))
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    with Database.open(path) as database:
        kept = database.read_now(
            lambda t: list(t.session.exec(select(tables.Meta.name).order_by(col(tables.Meta.name))))
        )
    assert acknowledged == [f"{number:06}" for number in range(1, 26)]
    assert kept[:25] == acknowledged
