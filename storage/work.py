"""Durable work: asked for in the commit that needs it, done by whoever leases it, tried again, and at last dead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select, bindparam
from sqlmodel import col, delete, func, select

from storage import tables
from storage.database import Transaction
from storage.errors import LeaseLost
from storage.prepared import Build, Statement
from storage.transaction import table_of

MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)


class WorkState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Task:
    """Work that was leased. `body` is as it was put: whoever puts words there encrypts them."""

    id: int
    kind: str
    subject: str
    body: bytes | None
    attempts: int
    lease: str


@dataclass(frozen=True, slots=True)
class DeadTask:
    """Work that was given up, for people to see."""

    id: int
    kind: str
    subject: str
    attempts: int
    fault: str | None
    finished_at: datetime


def put(
    t: Transaction, kind: str, subject: str, *, now: datetime, body: bytes | None = None, run_at: datetime | None = None
) -> int:
    """Ask for work of a kind on a subject (a tip's id, a conversation); its id."""
    return t.insert(
        tables.Work,
        {
            "kind": kind,
            "subject": subject,
            "body": body,
            "state": WorkState.WAITING,
            "run_at": run_at or now,
            "attempts": 0,
            "created_at": now,
        },
    )


def take(
    t: Transaction, kinds: Collection[str], *, by: str, now: datetime, lease: timedelta, limit: int = 1
) -> tuple[Task, ...]:
    """Lease what is due, the longest due first. `by` names the worker; a lease that ran out is leased anew."""
    taken = []
    for number, kind, subject, body, attempts in t.rows(_take(frozenset(kinds)), {"now": now, "limit": limit}):
        name = f"{by}/{attempts + 1}"
        t.run(_lease, {"task": number, "tried": attempts + 1, "name": name, "until": now + lease})
        taken.append(Task(number, kind, subject, body, attempts + 1, name))
    return tuple(taken)


def is_due(t: Transaction, kinds: Collection[str], now: datetime) -> bool:
    """Whether `take` would find something."""
    return bool(t.rows(_due(frozenset(kinds)), {"now": now, "limit": 1}))


def renew(t: Transaction, task: Task, *, until: datetime) -> None:
    """It is still being done. Raises LeaseLost."""
    if not t.run(_renew, {"task": task.id, "name": task.lease, "until": until}):
        raise LeaseLost("work", str(task.id))


def finish(t: Transaction, task: Task, *, now: datetime) -> None:
    """It is done; its body is erased. Call it in the unit that keeps the result. Raises LeaseLost."""
    if not t.run(_finish, {"task": task.id, "name": task.lease, "now": now}):
        raise LeaseLost("work", str(task.id))


def fail(
    t: Transaction,
    task: Task,
    fault: str,
    *,
    now: datetime,
    max_attempts: int = MAX_ATTEMPTS,
    not_before: datetime | None = None,
) -> datetime | None:
    """When it will be tried again, never before `not_before`; None when it is dead now. `fault` is a class name, never
    words. Raises LeaseLost."""
    row = _held(t, task)
    row.fault, row.lease, row.lease_until = fault, None, None
    if row.attempts >= max_attempts:
        row.state, row.body, row.finished_at = WorkState.DEAD, None, now
        return None
    row.run_at = max(now + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT), not_before or now)
    return row.run_at


def drop(t: Transaction, kind: str, subject: str) -> int:
    """Delete what still waits of a kind for a subject: nobody wants it any more. Whoever does it meanwhile has lost its
    lease. How many."""
    row = tables.Work
    is_theirs = (row.state == WorkState.WAITING, row.kind == kind, row.subject == subject)
    return int(t.session.exec(delete(row).where(*is_theirs)).rowcount)  # type: ignore[arg-type] # SQLModel's columns


def dead(t: Transaction, *, limit: int = 50) -> tuple[DeadTask, ...]:
    """What was given up, the latest first."""
    row = tables.Work
    rows = t.session.exec(
        select(row).where(row.state == WorkState.DEAD).order_by(col(row.finished_at).desc(), col(row.id)).limit(limit)
    )
    return tuple(
        DeadTask(_id(task), task.kind, task.subject, task.attempts, task.fault, task.finished_at or task.created_at)
        for task in rows
    )


def counts(t: Transaction) -> dict[str, int]:
    """How much work is in each state."""
    row = tables.Work
    return dict(t.session.exec(select(row.state, func.count()).group_by(row.state)).all())


def forget(t: Transaction, *, finished_before: datetime) -> int:
    """Delete what was done before; the dead stay until somebody looks. How many."""
    row = tables.Work
    gone = t.session.exec(delete(row).where(col(row.state) == WorkState.DONE, col(row.finished_at) < finished_before))
    return int(gone.rowcount)


@cache
def _due(kinds: frozenset[str]) -> Build:
    def build(_dialect: str) -> "Select[Any]":
        return _select_due(kinds)

    return build


@cache
def _take(kinds: frozenset[str]) -> Build:
    def build(_dialect: str) -> Statement:
        # What another worker is taking at this moment is passed over, not waited for.
        return _select_due(kinds).with_for_update(skip_locked=True)

    return build


def _select_due(kinds: frozenset[str]) -> "Select[Any]":
    row = table_of(tables.Work).c
    now: Any = bindparam("now")
    # An empty choice finds nothing.
    is_one = sa.or_(sa.false(), *(row.kind == kind for kind in sorted(kinds)))
    is_free = row.lease_until.is_(None) | (row.lease_until <= now)
    found = sa.select(row.id, row.kind, row.subject, row.body, row.attempts)
    due = found.where(row.state == WorkState.WAITING, is_one, row.run_at <= now, is_free)
    return due.order_by(row.run_at, row.id).limit(bindparam("limit"))


def _lease(_dialect: str) -> Statement:
    table = table_of(tables.Work)
    leased: dict[str, Any] = {
        "attempts": bindparam("tried"),
        "lease": bindparam("name"),
        "lease_until": bindparam("until"),
    }
    return sa.update(table).where(table.c.id == bindparam("task")).values(leased)


def _renew(_dialect: str) -> Statement:
    return sa.update(table_of(tables.Work)).where(*_is_held()).values({"lease_until": bindparam("until")})


def _finish(_dialect: str) -> Statement:
    done: dict[str, Any] = {"state": WorkState.DONE, "body": None, "lease": None, "lease_until": None}
    return sa.update(table_of(tables.Work)).where(*_is_held()).values({**done, "finished_at": bindparam("now")})


def _is_held() -> tuple["sa.ColumnElement[bool]", ...]:
    row = table_of(tables.Work).c
    return row.id == bindparam("task"), row.state == WorkState.WAITING, row.lease == bindparam("name")


def _held(t: Transaction, task: Task) -> tables.Work:
    row = t.session.get(tables.Work, task.id)
    if row is None or row.state != WorkState.WAITING or row.lease != task.lease:
        raise LeaseLost("work", str(task.id))
    return row


def _id(row: tables.Work) -> int:
    assert row.id is not None  # noqa: S101 - it is in the table
    return row.id
