"""How often something was done in a window of time, counted across all processes."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, select
from sqlmodel import col, delete

from storage import tables
from storage.database import Transaction
from storage.prepared import Statement
from storage.transaction import table_of, upsert


def hit(t: Transaction, action: str, subject: bytes, *, window: timedelta, now: datetime) -> int:
    """Count one more, and return how many there are now in the current window. `subject` is a pseudonym."""
    found = t.rows(_one_more, _first(action, subject, window, now))
    return int(found[0][0])


def hit_unseen(t: Transaction, action: str, subject: bytes, *, window: timedelta, now: datetime) -> None:
    """Count one more, for who need not know how many there are now."""
    t.run_later(_one_more, _first(action, subject, window, now))


def _first(action: str, subject: bytes, window: timedelta, now: datetime) -> dict[str, object]:
    number = window_number(window, now)
    ends_at = datetime.fromtimestamp((number + 1) * window.total_seconds(), UTC)
    return {"action": action, "subject": subject, "window": number, "count": 1, "ends_at": ends_at}


def _one_more(dialect: str) -> Statement:
    row = table_of(tables.Counter)
    insert = upsert(tables.Counter, dialect)
    counted = insert.on_conflict_do_update(
        index_elements=[row.c.action, row.c.subject, row.c.window], set_={"count": row.c.count + 1}
    )
    return counted.returning(row.c.count)


def count(t: Transaction, action: str, subject: bytes, *, window: timedelta, now: datetime) -> int:
    """How many there are in the current window, without counting one."""
    found = t.rows(_find, {"action": action, "subject": subject, "window": window_number(window, now)})
    return int(found[0][0]) if found else 0


def _find(_dialect: str) -> Statement:
    row = table_of(tables.Counter)
    sought = [row.c[name] == bindparam(name) for name in ("action", "subject", "window")]
    return select(row.c.count).where(*sought)


def seconds_left(window: timedelta, now: datetime) -> int:
    """After how many seconds a new window begins."""
    return int(window.total_seconds() - now.timestamp() % window.total_seconds()) + 1


def forget(t: Transaction, *, now: datetime) -> int:
    """Delete the counters of windows that ended; how many."""
    return int(t.session.exec(delete(tables.Counter).where(col(tables.Counter.ends_at) <= now)).rowcount)


def window_number(window: timedelta, now: datetime) -> int:
    """Which window it is, counted from the beginning of time."""
    return int(now.timestamp() // window.total_seconds())
