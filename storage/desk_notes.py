"""What was said at the desk, so that it is said once."""

import hashlib
from datetime import datetime

from sqlmodel import col, delete

from storage.database import Transaction
from storage.desk_tables import DeskNote


def is_new(t: Transaction, chat: bytes, what: str, subject: str, *, now: datetime) -> bool:
    """Whether this was not said in the chat before; from now on it was: of two who ask at once, one is told so."""
    return t.insert_new(DeskNote, {"id": name_of(chat, what, subject), "at": now})


def was_said(t: Transaction, chat: bytes, what: str, subject: str) -> bool:
    """Whether `is_new` was told so before."""
    return t.session.get(DeskNote, name_of(chat, what, subject)) is not None


def forget(t: Transaction, *, before: datetime) -> int:
    """Delete what was said before; how many."""
    return int(t.session.exec(delete(DeskNote).where(col(DeskNote.at) < before)).rowcount)


def name_of(chat: bytes, what: str, subject: str) -> bytes:
    """The same for the same thing in the same chat."""
    return hashlib.sha256(chat + f"{len(what)}:{what}{subject}".encode()).digest()
