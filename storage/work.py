"""Durable work: asked for in the commit that needs it, done by whoever leases it, tried again, and at last dead."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, delete, func, select
from sqlmodel.sql.expression import SelectOfScalar

from storage import tables
from storage.database import Transaction
from storage.errors import LeaseLost

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
    # What another worker is taking at this moment is passed over, not waited for.
    due = t.session.exec(_due(kinds, now).limit(limit).with_for_update(skip_locked=True)).all()
    taken = []
    for task in due:
        task.attempts += 1
        task.lease = f"{by}/{task.attempts}"
        task.lease_until = now + lease
        taken.append(Task(_id(task), task.kind, task.subject, task.body, task.attempts, task.lease))
    return tuple(taken)


def is_due(t: Transaction, kinds: Collection[str], now: datetime) -> bool:
    """Whether `take` would find something."""
    return t.session.exec(_due(kinds, now).limit(1)).first() is not None


def finish(t: Transaction, task: Task, *, now: datetime) -> None:
    """It is done; its body is erased. Call it in the unit that keeps the result. Raises LeaseLost."""
    row = _held(t, task)
    row.state, row.body, row.lease, row.lease_until, row.finished_at = WorkState.DONE, None, None, None, now


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


def _due(kinds: Collection[str], now: datetime) -> SelectOfScalar[tables.Work]:
    row = tables.Work
    is_free = col(row.lease_until).is_(None) | (col(row.lease_until) <= now)
    is_due = (row.state == WorkState.WAITING, col(row.kind).in_(kinds), row.run_at <= now, is_free)
    return select(row).where(*is_due).order_by(col(row.run_at), col(row.id))


def _held(t: Transaction, task: Task) -> tables.Work:
    row = t.session.get(tables.Work, task.id)
    if row is None or row.state != WorkState.WAITING or row.lease != task.lease:
        raise LeaseLost("work", str(task.id))
    return row


def _id(row: tables.Work) -> int:
    assert row.id is not None  # noqa: S101 - it is in the table
    return row.id
