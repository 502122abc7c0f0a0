"""Who runs a job now: one runner at a time, among all processes, for as long as it renews its lease."""

from datetime import datetime, timedelta

from storage import tables
from storage.database import Transaction


def acquire(t: Transaction, name: str, *, holder: str, now: datetime, lease: timedelta) -> bool:
    """Whether `holder` has the lock until `now + lease`; asking again renews it."""
    row = t.session.get(tables.JobLock, name)
    if row is not None and row.holder != holder and row.until > now:
        return False
    t.session.merge(tables.JobLock(name=name, holder=holder, until=now + lease))
    return True


def release(t: Transaction, name: str, *, holder: str) -> None:
    """Let go of it; nothing happens when somebody else has it by now."""
    row = t.session.get(tables.JobLock, name)
    if row is not None and row.holder == holder:
        t.session.delete(row)
