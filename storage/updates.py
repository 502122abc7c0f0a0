"""Which updates were taken in already, so that a second delivery changes nothing."""

import hashlib
from datetime import datetime

from sqlmodel import col, delete

from storage import tables
from storage.database import Transaction


def remember(t: Transaction, channel: str, update_id: str, *, now: datetime) -> bool:
    """Whether the update is new; from now on it is not. Only a digest of its id is kept."""
    return t.insert_new(tables.SeenUpdate, {"digest": _digest(channel, update_id), "seen_at": now})


def is_known(t: Transaction, channel: str, update_id: str) -> bool:
    """Whether the update was taken in already, without taking it in."""
    return t.session.get(tables.SeenUpdate, _digest(channel, update_id)) is not None


def forget(t: Transaction, *, before: datetime) -> int:
    """Delete those seen before; how many."""
    return int(t.session.exec(delete(tables.SeenUpdate).where(col(tables.SeenUpdate.seen_at) < before)).rowcount)


def _digest(channel: str, update_id: str) -> bytes:
    return hashlib.sha256(f"{len(channel)}:{channel}{update_id}".encode()).digest()
