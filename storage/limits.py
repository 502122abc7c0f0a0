"""How often something was done in a window of time, counted across all processes."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, delete

from storage import tables
from storage.database import Transaction


def hit(t: Transaction, action: str, subject: bytes, *, window: timedelta, now: datetime) -> int:
    """Count one more, and return how many there are now in the current window. `subject` is a pseudonym."""
    number = _window_number(window, now)
    row = t.session.get(tables.Counter, (action, subject, number))
    if row is None:
        ends_at = datetime.fromtimestamp((number + 1) * window.total_seconds(), UTC)
        row = tables.Counter(action=action, subject=subject, window=number, count=0, ends_at=ends_at)
        t.session.add(row)
    row.count += 1
    t.session.flush()
    return row.count


def count(t: Transaction, action: str, subject: bytes, *, window: timedelta, now: datetime) -> int:
    """How many there are in the current window, without counting one."""
    row = t.session.get(tables.Counter, (action, subject, _window_number(window, now)))
    return 0 if row is None else row.count


def seconds_left(window: timedelta, now: datetime) -> int:
    """After how many seconds a new window begins."""
    return int(window.total_seconds() - now.timestamp() % window.total_seconds()) + 1


def forget(t: Transaction, *, now: datetime) -> int:
    """Delete the counters of windows that ended; how many."""
    return int(t.session.exec(delete(tables.Counter).where(col(tables.Counter.ends_at) <= now)).rowcount)


def _window_number(window: timedelta, now: datetime) -> int:
    return int(now.timestamp() // window.total_seconds())
