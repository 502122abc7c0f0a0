"""Exhibits: what people sent that is no text, sealed to the staff; with a conversation at first, then with its tip."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, exists, select, update

from storage import tables
from storage.database import Transaction
from storage.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExhibit:
    """`kind` is what it is in a word (picture, voice ...); `about` and `sealed` are boxes that only staff can open."""

    kind: str
    about: bytes
    sealed: bytes

    def __post_init__(self) -> None:
        if not self.about or not self.sealed:
            raise ValueError("An exhibit needs its two sealed boxes.")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An exhibit of a tip without its content (see `content`)."""

    id: int
    kind: str
    about: bytes
    kept_at: datetime


def add(t: Transaction, new: NewExhibit, *, conversation: bytes | None, tip: str | None, now: datetime) -> int:
    """Keep it with a tip, or with a conversation whose report is not filed yet: exactly one of the two. Its number."""
    if (conversation is None) == (tip is None):
        raise ValueError("An exhibit belongs to a conversation or to a tip.")
    row = {"kind": new.kind, "about": new.about, "sealed": new.sealed, "kept_at": now}
    return t.insert(tables.Exhibit, {**row, "conversation": conversation, "tip": tip})


def attach(t: Transaction, conversation: bytes, tip: str) -> int:
    """The conversation's report is filed as `tip`: what was kept with the one goes with the other. How many."""
    row = tables.Exhibit
    moved = update(row).where(col(row.conversation) == conversation).values(tip=tip, conversation=None)
    return int(t.session.exec(moved).rowcount)


def drop(t: Transaction, conversation: bytes) -> int:
    """Erase what was kept with a conversation and is not filed; how many."""
    row = tables.Exhibit
    return int(t.session.exec(delete(row).where(col(row.conversation) == conversation)).rowcount)


def erase(t: Transaction, tip: str) -> int:
    """Erase what a tip holds; how many."""
    return int(t.session.exec(delete(tables.Exhibit).where(col(tables.Exhibit.tip) == tip)).rowcount)


def of_tip(t: Transaction, tip: str) -> tuple[Exhibit, ...]:
    """The earliest first."""
    row = tables.Exhibit
    listed = select(row.id, row.kind, row.about, row.kept_at).where(row.tip == tip).order_by(col(row.id))
    return tuple(Exhibit(number or 0, kind, about, at) for number, kind, about, at in t.session.exec(listed))


def content(t: Transaction, tip: str, exhibit: int) -> tuple[bytes, bytes]:
    """The two boxes, `about` and `sealed`. Raises NotFound, also where it belongs to another tip."""
    row = tables.Exhibit
    found = t.session.exec(select(row.about, row.sealed).where(row.id == exhibit, row.tip == tip)).first()
    if found is None:
        raise NotFound("exhibit", str(exhibit))
    return found


def expire(t: Transaction) -> int:
    """Erase what is left of conversations that are over; call it once their sessions are gone. How many."""
    row, saved = tables.Exhibit, tables.Session
    is_open = exists().where(col(saved.conversation) == col(row.conversation), col(saved.body).is_not(None))
    return int(t.session.exec(delete(row).where(col(row.conversation).is_not(None), ~is_open)).rowcount)
