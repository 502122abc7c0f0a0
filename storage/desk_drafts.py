"""What a member of staff has begun at the desk and not finished: one for each, for a quarter of an hour."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete

from storage.database import Transaction
from storage.desk_key import DeskKey
from storage.desk_tables import DeskDraft
from storage.errors import Undecipherable

DRAFT_LASTS = timedelta(minutes=15)


def keep(t: Transaction, key: DeskKey, person: int, draft: Mapping[str, Any], *, now: datetime) -> None:
    """In the place of the one before; `draft` is what JSON can hold."""
    who = key.pseudonym("chat", str(person))
    body = key.encrypt(_context(who), json.dumps(dict(draft)).encode())
    t.session.merge(DeskDraft(person=who, body=body, expires_at=now + DRAFT_LASTS))


def find(t: Transaction, key: DeskKey, person: int, *, now: datetime) -> dict[str, Any] | None:
    """None when there is none, or it is over."""
    who = key.pseudonym("chat", str(person))
    row = t.session.get(DeskDraft, who)
    if row is None or row.expires_at <= now:
        return None
    try:
        draft: dict[str, Any] = json.loads(key.decrypt(_context(who), row.body))
    except Undecipherable:
        # Somebody else wrote it.
        return None
    return draft


def drop(t: Transaction, key: DeskKey, person: int) -> None:
    """It was finished, or given up."""
    who = key.pseudonym("chat", str(person))
    t.session.exec(delete(DeskDraft).where(col(DeskDraft.person) == who))


def forget(t: Transaction, *, now: datetime) -> int:
    """Delete those that are over; how many."""
    return int(t.session.exec(delete(DeskDraft).where(col(DeskDraft.expires_at) <= now)).rowcount)


def _context(who: bytes) -> str:
    return f"desk draft:{who.hex()}"
