"""Which updates were taken in already, so that a second delivery changes nothing."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import col, delete

from storage import tables
from storage.database import Transaction
from storage.prepared import Statement
from storage.transaction import Later, table_of


def remember(t: Transaction, channel: str, update_id: str, *, now: datetime) -> bool:
    """Whether the update is new; from now on it is not. Only a digest of its id is kept."""
    return remember_later(t, channel, update_id, now=now)()


def remember_later(t: Transaction, channel: str, update_id: str, *, now: datetime) -> Later[bool]:
    """The same, told when it is asked for."""
    return t.insert_new_later(tables.SeenUpdate, {"digest": digest(channel, update_id), "seen_at": now})


def is_known(t: Transaction, channel: str, update_id: str) -> bool:
    """Whether the update was taken in already, without taking it in."""
    return bool(t.rows(_find, {"digest": digest(channel, update_id)}))


def forget(t: Transaction, *, before: datetime) -> int:
    """Delete those seen before; how many."""
    return int(t.session.exec(delete(tables.SeenUpdate).where(col(tables.SeenUpdate.seen_at) < before)).rowcount)


def _find(_dialect: str) -> Statement:
    row = table_of(tables.SeenUpdate)
    return select(row.c.seen_at).where(row.c.digest == bindparam("digest"))


def digest(channel: str, update_id: str) -> bytes:
    """By which an update is known."""
    return hashlib.sha256(f"{len(channel)}:{channel}{update_id}".encode()).digest()
