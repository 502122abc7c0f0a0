"""What every message runs: made once, read back as the columns' types say, and never a walk through a whole table."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import bindparam, select

from storage import limits, looks, outbox, sessions, tables, updates, work
from storage.database import Database, Transaction
from storage.outbox import OutboxState
from storage.prepared import Build, Statement, prepared
from storage.sealing import CitizensKeys
from storage.transaction import table_of
from tests.storage.conftest import HOUR, NOW

KINDS = frozenset({"pause", "link-tip"})
EVERY_MESSAGE: dict[str, Build] = {
    "whether any waits": outbox._any,
    "what is due": outbox._due,
    "what is taken": outbox._take,
    "what waits for one": outbox._waiting,
    "sent": outbox._finished,
    "given back": outbox._later,
    "work that is due": work._due(KINDS),
    "work taken": work._take(KINDS),
    "work done": work._finish,
    "what a turn looks at": looks._look,
    "a session": sessions._find,
    "an update": updates._find,
    "a count": limits._find,
}


def fill(t: Transaction) -> None:
    """As it looks after a while: nearly all of it is over."""
    for number in range(3000):
        who = number.to_bytes(32, "big")
        t.insert(
            tables.Outbox,
            {
                "conversation": who,
                "channel": "telegram",
                "state": OutboxState.SENT,
                "created_at": NOW,
                "not_before": NOW,
                "attempts": 0,
                "finished_at": NOW,
            },
        )
        done = {"kind": "pause", "subject": "s", "state": "done", "run_at": NOW, "attempts": 1, "created_at": NOW}
        t.insert(tables.Work, done)


@pytest.mark.parametrize("what", EVERY_MESSAGE)
def test_what_every_message_runs_walks_through_no_table(file: Path, what: str) -> None:
    def plan(t: Transaction) -> list[str]:
        t.connection.exec_driver_sql("ANALYZE")
        text = prepared(EVERY_MESSAGE[what], t.connection.dialect).text
        asked = t.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", tuple("x" for _ in range(text.count("?"))))
        return [str(step[-1]) for step in asked]

    with Database.open(file) as database:
        database.write_now(fill)
        steps = database.write_now(plan)
    assert steps
    walked = {step for step in steps if step.startswith("SCAN")}
    assert walked <= {"SCAN CONSTANT ROW", "SCAN one_row"}, "a table is walked through"


def _moments(_dialect: str) -> Statement:
    row = table_of(tables.Session)
    return select(row.c.touched_at, row.c.body).where(row.c.version == bindparam("version"))


def test_a_time_comes_back_aware_and_a_missing_value_is_none(database: Database, citizens: CitizensKeys) -> None:
    def unit(t: Transaction) -> list[tuple[Any, ...]]:
        sessions.save(t, citizens, b"a".ljust(32), b"{}", expected=0, now=NOW)
        sessions.erase(t, b"a".ljust(32), now=NOW + HOUR)
        return t.rows(_moments, {"version": 2})

    assert database.write_now(unit) == [(NOW + HOUR, None)]


def test_a_value_that_is_missing_is_a_fault_and_not_a_null(database: Database) -> None:
    with pytest.raises((KeyError, psycopg.ProgrammingError)):
        database.read_now(lambda t: t.rows(limits._find, {"action": "a", "subject": b"s"}))
