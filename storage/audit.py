"""Who did what to what, append-only: written unchained with the act, chained by a sweep, checked by a walk."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select, update

from storage import tables
from storage.chance import RandomBytes
from storage.database import Transaction
from storage.errors import AuditBroken
from storage.sealing import salted_digest

GENESIS = bytes(32)
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """`details` are not kept: a salted digest of them is, which proves them to whoever has them."""

    at: datetime
    actor: str
    act: str
    subject: str
    details: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it is kept."""

    id: int
    at: datetime
    actor: str
    act: str
    subject: str
    is_chained: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: kept elsewhere, it shows later that nothing before it was changed or cut off."""

    count: int
    hash: bytes

    def __str__(self) -> str:
        return f"{self.count}:{self.hash.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read what `str` wrote. Raises ValueError."""
        count, _, digits = text.strip().partition(":")
        head = cls(int(count), bytes.fromhex(digits))
        if len(head.hash) != len(GENESIS) or head.count < 0:
            raise ValueError("A head is a count, a colon and 64 hexadecimal digits.")
        return head


def record(t: Transaction, entry: Entry, *, random: RandomBytes) -> None:
    """Call it in the unit that does the act."""
    salt = random(SALT_BYTES)
    t.insert(
        tables.Audit,
        {
            "at": entry.at,
            "actor": entry.actor,
            "act": entry.act,
            "subject": entry.subject,
            "digest": salted_digest(salt, _canonical(entry.details or {})),
            "salt": salt,
        },
    )


def chain(t: Transaction, *, limit: int = 1000) -> int:
    """Link the entries that are not yet, in the order they were committed; how many."""
    row = tables.Audit
    head = head_of(t)
    count, link = head.count, head.hash
    unchained = t.session.exec(select(row).where(col(row.position).is_(None)).order_by(col(row.id)).limit(limit)).all()
    for entry in unchained:
        count += 1
        link = _link(link, count, entry)
        entry.position, entry.chain = count, link
    return len(unchained)


def head_of(t: Transaction) -> Head:
    """The end of the chain as it is stored, unchecked."""
    row = tables.Audit
    chained = select(row).where(col(row.position).is_not(None))
    last = t.session.exec(chained.order_by(col(row.position).desc()).limit(1)).first()
    return Head(0, GENESIS) if last is None else Head(last.position or 0, last.chain or GENESIS)


def unchained_count(t: Transaction) -> int:
    """How many entries wait for the sweep."""
    return t.session.exec(select(func.count()).where(col(tables.Audit.position).is_(None))).one()


def verify(t: Transaction, *, known: Head | None = None) -> Head:
    """Walk the whole chain and return its head. `known` is a head kept elsewhere. Raises AuditBroken."""
    row = tables.Audit
    head = Head(0, GENESIS)
    chained = select(row).where(col(row.position).is_not(None)).order_by(col(row.position))
    with closing(t.session.exec(chained.execution_options(yield_per=500))) as entries:
        for entry in entries:
            position = head.count + 1
            if entry.position != position:
                raise AuditBroken(position, "it is missing")
            if entry.chain != _link(head.hash, position, entry):
                raise AuditBroken(position, "it was changed, or one before it was put in or taken out")
            head = Head(position, entry.chain or GENESIS)
            if known is not None and known.count == position and known.hash != head.hash:
                raise AuditBroken(position, "it is not the entry whose head was kept")
    if known is not None and known.count > head.count:
        raise AuditBroken(head.count + 1, "it and what follows were cut off")
    return head


def list_entries(
    t: Transaction, *, subject: str | None = None, limit: int = 100, before: int | None = None
) -> tuple[Recorded, ...]:
    """The latest first; `before` is the id to go on from."""
    row = tables.Audit
    listed = select(row).order_by(col(row.id).desc()).limit(limit)
    if subject is not None:
        listed = listed.where(row.subject == subject)
    if before is not None:
        listed = listed.where(col(row.id) < before)
    return tuple(
        Recorded(entry.id or 0, entry.at, entry.actor, entry.act, entry.subject, entry.position is not None)
        for entry in t.session.exec(listed)
    )


def is_proved(t: Transaction, entry: int, details: Mapping[str, str]) -> bool:
    """Whether these were the details of the entry; never, once its salt was forgotten."""
    row = t.session.get(tables.Audit, entry)
    return row is not None and row.salt is not None and row.digest == salted_digest(row.salt, _canonical(details))


def forget_salts(t: Transaction, subject: str) -> None:
    """Without its salt a digest says nothing any more, even to whoever guesses; the chain still holds."""
    t.session.exec(update(tables.Audit).where(col(tables.Audit.subject) == subject).values(salt=None))


def _canonical(details: Mapping[str, str]) -> bytes:
    return json.dumps(dict(details), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _link(previous: bytes, position: int, entry: tables.Audit) -> bytes:
    told = [position, entry.id, entry.at.isoformat(), entry.actor, entry.act, entry.subject, entry.digest.hex()]
    return hashlib.sha256(previous + json.dumps(told, ensure_ascii=False).encode()).digest()
