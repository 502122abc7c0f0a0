"""Filed reports: what a tip is, filing it and finding it; the queue is `queueing`."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col, func, select

from storage import tables, work
from storage.chance import RandomBytes, random_reference
from storage.database import Transaction
from storage.errors import AlreadyExists, NotFound
from storage.ranks import Lane, rank_of

LINK_WORK = "link-tip"
"""The work put with every filing and addition: write the linking hashes. Its subject is the tip's id."""


class TipState(StrEnum):
    NEW = "new"
    CLAIMED = "claimed"
    WAITING = "waiting"
    DECIDED = "decided"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


OPEN_STATES = frozenset({TipState.NEW, TipState.CLAIMED, TipState.WAITING})


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    NEW_KIND = "new-kind"
    DUPLICATE = "duplicate"
    UNFOUNDED = "unfounded"
    INSUFFICIENT = "insufficient"
    PASSED_ON = "passed-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTip:
    """What is filed. `sealed` holds all that was told; the rest must say nothing of it that the queue does not need."""

    kind: str
    dangers: tuple[str, ...]
    urgency: int
    likeness: str
    pattern: str | None
    language: str
    country: str | None
    versions: Mapping[str, str]
    sealed: bytes
    filed_at: datetime
    receipt_hash: bytes | None
    receipt_public: bytes | None
    receipt_parameters: bytes | None
    conversation: bytes | None = None
    keep_until: datetime | None = None
    lane: Lane = Lane.ORDINARY
    marks: tuple[str, ...] = ()
    """Other reasons for its urgency, by name."""
    recall_until: datetime | None = None
    """Until when money that left may still be called back, as far as anybody can tell."""
    is_limited: bool = False
    """Whether whoever told it was limited, so that it waits at the end (see `reporter_limits`)."""

    def __post_init__(self) -> None:
        if self.urgency < 0:
            raise ValueError("A tip's urgency is zero or more.")
        if not self.sealed:
            raise ValueError("A tip needs its sealed box.")
        if any("," in name for name in (*self.dangers, *self.marks)):
            raise ValueError("A danger's or a mark's name has no comma.")
        parts = (self.receipt_hash, self.receipt_public, self.receipt_parameters)
        if any(part is None for part in parts) and any(part is not None for part in parts):
            raise ValueError("A receipt comes whole (hash, public key and parameters) or not at all.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """A tip as it stands, without its sealed box (see `content`)."""

    id: str
    kind: str
    dangers: tuple[str, ...]
    urgency: int
    likeness: str
    pattern: str | None
    language: str
    country: str | None
    versions: Mapping[str, str]
    state: TipState
    filed_at: datetime
    has_content: bool
    has_receipt: bool
    receipt_public: bytes | None
    receipt_parameters: bytes | None
    conversation: bytes | None
    keep_until: datetime | None
    linked_at: datetime | None
    first_seen_at: datetime | None
    claimed_by: str | None
    claimed_at: datetime | None
    claim_until: datetime | None
    decided_by: str | None
    decided_at: datetime | None
    verdict: Verdict | None
    confirmed_pattern: str | None
    merged_into: str | None
    merged_at: datetime | None
    asked_at: datetime | None
    replied_at: datetime | None
    withdrawn_at: datetime | None
    erased_at: datetime | None
    lane: str
    rank: int
    marks: tuple[str, ...]
    recall_until: datetime | None
    due_at: datetime | None
    near_at: datetime | None
    """From when its deadline is near; None where it has none, or waits."""
    due_left: int | None
    is_limited: bool

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def has_news(self) -> bool:
        """Whether the reporter wrote after the tip was decided or merged, where no queue of open tips shows it."""
        return self.decided_at is not None and self.replied_at is not None and self.replied_at > self.decided_at

    def is_held(self, now: datetime) -> bool:
        """Whether a reviewer's claim still keeps others off."""
        return self.claimed_by is not None and (self.claim_until is None or self.claim_until > now)


def file(t: Transaction, new: NewTip, *, random: RandomBytes) -> str:
    """Keep a report, ask for its linking, and return the new tip's id. Raises AlreadyExists for a receipt in use."""
    row = {
        "kind": new.kind,
        "dangers": ",".join(new.dangers),
        "urgency": new.urgency,
        "likeness": new.likeness,
        "pattern": new.pattern,
        "language": new.language,
        "country": new.country,
        "versions": json.dumps(dict(new.versions), sort_keys=True),
        "sealed": new.sealed,
        "receipt_hash": new.receipt_hash,
        "receipt_public": new.receipt_public,
        "receipt_parameters": new.receipt_parameters,
        "conversation": new.conversation,
        "state": TipState.NEW,
        "filed_at": new.filed_at,
        "keep_until": new.keep_until,
        "lane": new.lane,
        "rank": rank_of(new.urgency, new.filed_at),
        "marks": ",".join(new.marks) or None,
        "recall_until": new.recall_until,
        "restamp_at": new.filed_at,
        "is_limited": new.is_limited or None,
    }
    tip = random_reference(random)
    while not t.insert_new(tables.Tip, {"id": tip, **row}):
        if new.receipt_hash is not None and find_by_receipt(t, new.receipt_hash) is not None:
            raise AlreadyExists("receipt", "given")
        tip = random_reference(random)
    work.put(t, LINK_WORK, tip, now=new.filed_at)
    return tip


def get(t: Transaction, tip: str) -> Tip:
    """Raises NotFound."""
    return read(load(t, tip))


def known(t: Transaction, references: Collection[str]) -> tuple[Tip, ...]:
    """Those of these that there are, in the order given."""
    row = tables.Tip
    asked = select(row).where(col(row.id).in_(references))
    found = {
        tip.id: read(tip)
        for tip in t.session.exec(asked.options(defer(cast("QueryableAttribute[bytes | None]", row.sealed))))
    }
    return tuple(found[reference] for reference in references if reference in found)


def content(t: Transaction, tip: str) -> bytes | None:
    """The sealed box, or None when it was erased. Raises NotFound."""
    return load(t, tip).sealed


def find_by_receipt(t: Transaction, *receipt_hashes: bytes) -> Tip | None:
    """The tip a receipt proves, by any of the keyed hashes of the receipt."""
    row = t.session.exec(select(tables.Tip).where(col(tables.Tip.receipt_hash).in_(receipt_hashes))).first()
    return None if row is None else read(row)


def mark_seen(t: Transaction, tip: str, *, now: datetime) -> None:
    """A member of staff has looked at it; only the first time is kept. Raises NotFound."""
    row = load(t, tip)
    row.first_seen_at = row.first_seen_at or now


def counts(t: Transaction) -> dict[str, int]:
    """How many tips are in each state."""
    return dict(t.session.exec(select(tables.Tip.state, func.count()).group_by(tables.Tip.state)).all())


def load(t: Transaction, tip: str) -> tables.Tip:
    """The row, for the other modules of this package. Raises NotFound."""
    row = t.session.get(tables.Tip, tip)
    if row is None:
        raise NotFound("tip", tip)
    return row


def read(row: tables.Tip) -> Tip:
    """The row as others see it, for the other modules of this package."""
    return Tip(
        id=row.id,
        kind=row.kind,
        dangers=tuple(row.dangers.split(",")) if row.dangers else (),
        urgency=row.urgency,
        likeness=row.likeness,
        pattern=row.pattern,
        language=row.language,
        country=row.country,
        versions=json.loads(row.versions),
        state=TipState(row.state),
        filed_at=row.filed_at,
        has_content=row.erased_at is None,
        has_receipt=row.receipt_hash is not None,
        receipt_public=row.receipt_public,
        receipt_parameters=row.receipt_parameters,
        conversation=row.conversation,
        keep_until=row.keep_until,
        linked_at=row.linked_at,
        first_seen_at=row.first_seen_at,
        claimed_by=row.claimed_by,
        claimed_at=row.claimed_at,
        claim_until=row.claim_until,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        verdict=None if row.verdict is None else Verdict(row.verdict),
        confirmed_pattern=row.confirmed_pattern,
        merged_into=row.merged_into,
        merged_at=row.merged_at,
        asked_at=row.asked_at,
        replied_at=row.replied_at,
        withdrawn_at=row.withdrawn_at,
        erased_at=row.erased_at,
        lane=row.lane,
        rank=row.rank,
        marks=split_marks(row.marks),
        recall_until=row.recall_until,
        due_at=row.due_at,
        near_at=row.near_at,
        due_left=row.due_left,
        is_limited=bool(row.is_limited),
    )


def split_marks(kept: str | None) -> tuple[str, ...]:
    """As a row keeps them, for the other modules of this package."""
    return tuple(kept.split(",")) if kept else ()
