"""The audit log by who, what, on what and when, a part at a time in either direction."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from storage import tables
from storage.audit import Recorded
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Which:
    """What is None does not matter; `since` is the first moment that counts, `until` the first that does not."""

    actor: str | None = None
    act: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def find(
    t: Transaction, which: Which, *, limit: int, before: int | None = None, after: int | None = None
) -> tuple[Recorded, ...]:
    """The latest first: the latest of all, of those before an id, or those that come next after one."""
    row = tables.Audit
    sought = select(row).limit(limit)
    for column, value in ((row.actor, which.actor), (row.act, which.act), (row.subject, which.subject)):
        if value is not None:
            sought = sought.where(column == value)
    if which.since is not None:
        sought = sought.where(col(row.at) >= which.since)
    if which.until is not None:
        sought = sought.where(col(row.at) < which.until)
    if before is not None:
        sought = sought.where(col(row.id) < before)
    if after is not None:
        found = t.session.exec(sought.where(col(row.id) > after).order_by(col(row.id))).all()[::-1]
    else:
        found = t.session.exec(sought.order_by(col(row.id).desc())).all()
    return tuple(
        Recorded(entry.id or 0, entry.at, entry.actor, entry.act, entry.subject, entry.position is not None)
        for entry in found
    )
