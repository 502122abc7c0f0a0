"""A conversation's saved state: one encrypted body a conversation, changed only by whoever saw its latest version."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlmodel import col, delete, func, select

from storage import tables
from storage.database import Transaction
from storage.errors import Conflict
from storage.prepared import Statement
from storage.sealing import CitizensKeys
from storage.transaction import table_of, upsert


@dataclass(frozen=True, slots=True)
class SavedSession:
    """`body` is None when there is none (never begun, erased); `version` is then still what `save` must expect."""

    version: int
    body: bytes | None
    touched_at: datetime | None


NEVER_SAVED = SavedSession(version=0, body=None, touched_at=None)


def load(t: Transaction, keys: CitizensKeys, conversation: bytes) -> SavedSession:
    """Raises Undecipherable when it was written with another key."""
    found = t.rows(_find, {"conversation": conversation})
    if not found:
        return NEVER_SAVED
    return opened(keys, conversation, *found[0])


def opened(
    keys: CitizensKeys, conversation: bytes, version: int | None, body: bytes | None, touched_at: datetime | None
) -> SavedSession:
    """From its columns; without a version there is no row. Raises Undecipherable."""
    if version is None:
        return NEVER_SAVED
    return SavedSession(version, None if body is None else keys.decrypt(_context(conversation), body), touched_at)


def save(t: Transaction, keys: CitizensKeys, conversation: bytes, body: bytes, *, expected: int, now: datetime) -> int:
    """Keep the body if the version is still `expected`; the new version is returned. Raises Conflict."""
    encrypted = keys.encrypt(_context(conversation), body)
    return _replace(t, conversation, encrypted, expected=expected, now=now)


def erase(t: Transaction, conversation: bytes, *, now: datetime) -> None:
    """Forget the body at once. The version stays for a while, so that a turn still running cannot revive it."""
    row = t.session.get(tables.Session, conversation)
    if row is not None and row.body is not None:
        row.body = None
        row.version += 1
        row.touched_at = now


def expire(t: Transaction, *, idle_since: datetime, erased_since: datetime) -> int:
    """Delete what was last touched before `idle_since`, and what was erased before `erased_since`; how many."""
    row = tables.Session
    gone = t.session.exec(
        delete(row).where(
            (col(row.touched_at) < idle_since) | (col(row.body).is_(None) & (col(row.touched_at) < erased_since))
        )
    )
    return int(gone.rowcount)


def count(t: Transaction) -> int:
    """How many conversations are open."""
    return t.session.exec(select(func.count()).where(col(tables.Session.body).is_not(None))).one()


def _replace(t: Transaction, conversation: bytes, body: bytes, *, expected: int, now: datetime) -> int:
    # One statement that looks nothing up: on PostgreSQL a look at the index sets neighbours in it against each other,
    # and many a turn was run again for nothing. A row that expired meanwhile comes back: its person is here again.
    row = {"conversation": conversation, "version": expected + 1, "body": body, "touched_at": now}
    was_saved = t.run_later(_save, {**row, "expected": expected})

    def holds() -> None:
        if not was_saved():
            found = t.rows(_find, {"conversation": conversation})
            raise Conflict("session", expected, found[0][0] if found else 0)

    t.check(holds)
    return expected + 1


def _find(_dialect: str) -> Statement:
    row = table_of(tables.Session)
    return sa.select(row.c.version, row.c.body, row.c.touched_at).where(row.c.conversation == bindparam("conversation"))


def _save(dialect: str) -> Statement:
    row = table_of(tables.Session)
    insert = upsert(tables.Session, dialect)
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=[row.c.conversation],
        set_={"version": new.version, "body": new.body, "touched_at": new.touched_at},
        where=row.c.version == bindparam("expected"),
    )


def _context(conversation: bytes) -> str:
    return f"session:{conversation.hex()}"
