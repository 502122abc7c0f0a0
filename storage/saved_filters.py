"""Filters of the queue that staff keep by name, for themselves or for all."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from storage.database import Transaction
from storage.errors import AlreadyExists, NotFound
from storage.queue_tables import SavedFilter


@dataclass(frozen=True, slots=True)
class Saved:
    """`chosen` is what was given to keep, which this room does not read; shared, everybody sees it."""

    id: int
    account: str
    name: str
    chosen: str
    is_shared: bool


def save(t: Transaction, account: str, name: str, chosen: str, *, is_shared: bool, now: datetime) -> int:
    """Keep it; in place of the account's filter of the same name. Its id."""
    row = SavedFilter
    found = t.session.exec(select(row).where(row.account == account, row.name == name)).first()
    kept = found or SavedFilter(account=account, name=name, chosen=chosen, is_shared=is_shared, saved_at=now)
    kept.chosen, kept.is_shared, kept.saved_at = chosen, is_shared, now
    t.session.add(kept)
    t.session.flush()
    return _read(kept).id


def seen_by(t: Transaction, account: str) -> tuple[Saved, ...]:
    """The account's own by name, then those that others share."""
    row = SavedFilter
    seen = (col(row.account) == account) | col(row.is_shared)
    found = [_read(one) for one in t.session.exec(select(row).where(seen))]
    return tuple(sorted(found, key=lambda one: (one.account != account, one.name.casefold(), one.account)))


def count(t: Transaction, account: str) -> int:
    """How many are the account's own."""
    return t.session.exec(select(func.count()).select_from(SavedFilter).where(SavedFilter.account == account)).one()


def get(t: Transaction, number: int) -> Saved:
    """Raises NotFound."""
    return _read(_load(t, number))


def rename(t: Transaction, number: int, name: str) -> None:
    """Raises NotFound, and AlreadyExists where its account has another of that name."""
    row = _load(t, number)
    same = select(SavedFilter).where(SavedFilter.account == row.account, SavedFilter.name == name)
    if any(other.id != number for other in t.session.exec(same)):
        raise AlreadyExists("filter", name)
    row.name = name


def remove(t: Transaction, number: int) -> None:
    """Raises NotFound."""
    t.session.delete(_load(t, number))


def _load(t: Transaction, number: int) -> SavedFilter:
    row = t.session.get(SavedFilter, number)
    if row is None:
        raise NotFound("filter", str(number))
    return row


def _read(row: SavedFilter) -> Saved:
    assert row.id is not None  # noqa: S101 - it is in the table
    return Saved(row.id, row.account, row.name, row.chosen, row.is_shared)
