"""The groups that notices go to, and the threads of their topics."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from storage import outbox
from storage.database import Transaction
from storage.desk_key import DeskKey
from storage.desk_tables import DeskPlace
from storage.errors import Undecipherable


@dataclass(frozen=True, slots=True)
class Place:
    """`topics`: the thread of each topic that has one; none where the group has no topics."""

    chat: int
    has_topics: bool
    topics: Mapping[str, int]
    language: str
    lost_at: datetime | None


def bind(t: Transaction, key: DeskKey, chat: int, *, has_topics: bool, language: str, by: str, now: datetime) -> None:
    """Notices go there from now on; bound again, its topics are kept."""
    row = t.session.get(DeskPlace, _name(key, chat))
    if row is None:
        t.session.add(
            DeskPlace(
                chat=_name(key, chat),
                address=_sealed(key, chat, has_topics, {}),
                language=language,
                bound_by=by,
                bound_at=now,
            )
        )
        t.session.flush()
        return
    old = _read(key, row)
    row.address = _sealed(key, chat, has_topics, old.topics if old is not None and has_topics else {})
    row.language, row.bound_by, row.bound_at, row.lost_at = language, by, now, None


def unbind(t: Transaction, key: DeskKey, chat: int, *, now: datetime) -> bool:
    """Whether it was bound; what waits for it is said no more."""
    row = t.session.get(DeskPlace, _name(key, chat))
    if row is None:
        return False
    outbox.drop(t, row.chat, now=now)
    t.session.delete(row)
    return True


def move(t: Transaction, key: DeskKey, chat: int, to: int) -> bool:
    """Telegram gave the group another number (it became a supergroup); whether it was bound."""
    row = t.session.get(DeskPlace, _name(key, chat))
    old = None if row is None else _read(key, row)
    if row is None or old is None:
        return False
    t.session.delete(row)
    t.session.flush()
    t.session.merge(
        DeskPlace(
            chat=_name(key, to),
            address=_sealed(key, to, old.has_topics, {}),
            language=row.language,
            bound_by=row.bound_by,
            bound_at=row.bound_at,
        )
    )
    return True


def find(t: Transaction, key: DeskKey, chat: int) -> Place | None:
    row = t.session.get(DeskPlace, _name(key, chat))
    return None if row is None else _read(key, row)


def every(t: Transaction, key: DeskKey) -> tuple[Place, ...]:
    """All that are proved to be the desk's, the first bound first."""
    rows = t.session.exec(select(DeskPlace).order_by(col(DeskPlace.bound_at), col(DeskPlace.chat))).all()
    return tuple(place for row in rows if (place := _read(key, row)) is not None)


def set_topic(t: Transaction, key: DeskKey, chat: int, topic: str, thread: int | None) -> None:
    """In which thread it is from now on; None when that is gone. Nothing happens where the group is not bound."""
    row = t.session.get(DeskPlace, _name(key, chat))
    old = None if row is None else _read(key, row)
    if row is None or old is None:
        return
    topics = {name: number for name, number in old.topics.items() if name != topic}
    row.address = _sealed(key, chat, old.has_topics, topics if thread is None else {**topics, topic: thread})


def speak(t: Transaction, key: DeskKey, chat: int, language: str) -> None:
    """In which language notices there are."""
    row = t.session.get(DeskPlace, _name(key, chat))
    if row is not None:
        row.language = language


def set_lost(t: Transaction, key: DeskKey, chat: int, lost_at: datetime | None) -> None:
    """That the group cannot be written to any more; None, that it can."""
    row = t.session.get(DeskPlace, _name(key, chat))
    if row is not None:
        row.lost_at = lost_at


def _read(key: DeskKey, row: DeskPlace) -> Place | None:
    """None for a row that somebody else wrote."""
    try:
        chat, has_topics, topics = json.loads(key.decrypt(_context(row.chat), row.address))
    except Undecipherable:
        return None
    return Place(chat, has_topics, topics, row.language, row.lost_at)


def _sealed(key: DeskKey, chat: int, has_topics: bool, topics: Mapping[str, int]) -> bytes:
    return key.encrypt(_context(_name(key, chat)), json.dumps([chat, has_topics, dict(topics)]).encode())


def _name(key: DeskKey, chat: int) -> bytes:
    return key.pseudonym("chat", str(chat))


def _context(chat: bytes) -> str:
    return f"desk place:{chat.hex()}"
