"""What was done to tips lately, out of the audit log: for pages that stay open."""

from sqlmodel import col, func, select

from storage import tables
from storage.audit import Recorded
from storage.database import Transaction

LATE = 100
"""Entries are numbered when they are written and seen when they are committed: so many back, one may still come."""


def newest(t: Transaction) -> int:
    """The number of the last entry; 0 where there is none."""
    return t.session.exec(select(func.max(tables.Audit.id))).one() or 0


def after(t: Transaction, number: int, *, limit: int = 500) -> tuple[Recorded, ...]:
    """Entries after that number, and those LATE before it again; the oldest first."""
    row = tables.Audit
    late = select(row).where(col(row.id) > number - LATE).order_by(col(row.id).desc()).limit(limit)
    found = [
        Recorded(entry.id or 0, entry.at, entry.actor, entry.act, entry.subject, entry.position is not None)
        for entry in t.session.exec(late)
    ]
    return tuple(reversed(found))
