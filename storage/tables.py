"""The SQLModel tables. They do not validate: what goes in was checked at the edge, in frozen dataclasses."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import Number, UtcDateTime


def _time(*, index: bool = False) -> datetime:
    """A time that is always there."""
    moment: datetime = Field(sa_type=UtcDateTime, index=index)
    return moment


def _maybe_time(*, index: bool = False) -> datetime | None:
    """A time that is stamped when it happens."""
    moment: datetime | None = Field(default=None, sa_type=UtcDateTime, index=index, nullable=True)
    return moment


def _of_the_few(column: str) -> Index:
    """An index of a column that is mostly empty. With the empty ones in it, SQLite's ANALYZE would find that one value
    stands in nearly every row, and read the whole table instead."""
    is_there = text(f"{column} IS NOT NULL")
    return Index(f"ix_tip_{column}", column, sqlite_where=is_there, postgresql_where=is_there)


class Meta(SQLModel, table=True):
    """Facts about this database itself, such as the fingerprints of its keys."""

    name: str = Field(primary_key=True)
    value: str


class Session(SQLModel, table=True):
    """A conversation's saved state; erased, it keeps its version, so that no old turn revives it."""

    conversation: bytes = Field(primary_key=True)
    version: int
    body: bytes | None = None
    touched_at: datetime = _time(index=True)


class SeenUpdate(SQLModel, table=True):
    """An update that was taken in, by digest, so that its second delivery is known."""

    digest: bytes = Field(primary_key=True)
    seen_at: datetime = _time(index=True)


class Outbox(SQLModel, table=True):
    """A message to send; text and address are encrypted, and erased when it is sent or dead."""

    __table_args__ = (Index("ix_outbox_due", "state", "not_before"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    conversation: bytes = Field(index=True)
    channel: str
    address: bytes | None = None
    body: bytes | None = None
    state: str
    created_at: datetime = _time()
    not_before: datetime = _time()
    attempts: int = 0
    finished_at: datetime | None = _maybe_time()


class Work(SQLModel, table=True):
    """Something to be done after the commit that asked for it."""

    __table_args__ = (Index("ix_work_due", "state", "kind", "run_at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    kind: str
    subject: str
    body: bytes | None = None
    state: str
    run_at: datetime = _time()
    lease: str | None = None
    lease_until: datetime | None = _maybe_time()
    attempts: int = 0
    fault: str | None = None
    created_at: datetime = _time()
    finished_at: datetime | None = _maybe_time()


class JobLock(SQLModel, table=True):
    """Who runs a job now."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = _time()


class Tip(SQLModel, table=True):
    """A filed report. What was told is in `sealed` alone; the rest is what the queue needs to order it."""

    __table_args__ = (
        # A page of the queue is a range of one of these, whatever it is filtered by (`queueing`).
        Index("ix_tip_rank", "rank", "id"),
        Index("ix_tip_lane", "lane", "rank", "id"),
        Index("ix_tip_state", "state", "rank", "id"),
        Index("ix_tip_kind", "kind", "rank", "id"),
        Index("ix_tip_pattern", "pattern", "rank", "id"),
        Index("ix_tip_language", "language", "rank", "id"),
        Index("ix_tip_country", "country", "rank", "id"),
        Index("ix_tip_holder", "claimed_by", "rank", "id"),
        Index("ix_tip_near", "near_at"),
        Index("ix_tip_restamp", "restamp_at"),
        Index("ix_tip_replied", "replied_at"),
        Index("ix_tip_filed", "filed_at"),
        Index("ix_tip_decided", "decided_at"),
        Index("ix_tip_retention", "erased_at", "decided_at"),
        Index("ix_tip_confirmed", "confirmed_pattern"),
        _of_the_few("merged_into"),
        _of_the_few("withdrawn_from"),
    )

    id: str = Field(primary_key=True)
    kind: str
    dangers: str
    urgency: int
    likeness: str
    pattern: str | None = None
    language: str
    country: str | None = None
    versions: str
    sealed: bytes | None = None
    receipt_hash: bytes | None = Field(default=None, unique=True)
    receipt_public: bytes | None = None
    receipt_parameters: bytes | None = None
    conversation: bytes | None = Field(default=None, index=True)
    state: str
    filed_at: datetime = _time()
    keep_until: datetime | None = _maybe_time(index=True)
    linked_at: datetime | None = _maybe_time()
    first_seen_at: datetime | None = _maybe_time()
    claimed_by: str | None = None
    claimed_at: datetime | None = _maybe_time()
    claim_until: datetime | None = _maybe_time()
    decided_by: str | None = None
    decided_at: datetime | None = _maybe_time()
    verdict: str | None = None
    reason: bytes | None = None
    merged_into: str | None = Field(default=None, foreign_key="tip.id")
    merged_at: datetime | None = _maybe_time()
    asked_at: datetime | None = _maybe_time()
    replied_at: datetime | None = _maybe_time()
    withdrawn_at: datetime | None = _maybe_time()
    withdrawn_from: str | None = None
    erased_at: datetime | None = _maybe_time()
    confirmed_pattern: str | None = None
    confirmed_proof: bytes | None = None
    # Where it stands in the queue (`standing`). Nullable in the schema alone: to add a column that is not, SQLite
    # would write the whole table anew.
    lane: str = Field(default="ordinary", nullable=True)
    rank: int = Field(default=0, sa_type=Number, nullable=True)
    marks: str | None = None
    recall_until: datetime | None = _maybe_time()
    due_at: datetime | None = _maybe_time()
    near_at: datetime | None = _maybe_time()
    due_left: int | None = Field(default=None, sa_type=Number, nullable=True)
    restamp_at: datetime | None = _maybe_time()
    first_claimed_at: datetime | None = _maybe_time()
    first_asked_at: datetime | None = _maybe_time()
    first_replied_at: datetime | None = _maybe_time()
    is_limited: bool | None = None


class Message(SQLModel, table=True):
    """What passed between staff and reporter after the filing, sealed to each who may read it."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    tip: str = Field(foreign_key="tip.id", index=True)
    kind: str
    at: datetime = _time()
    by: str | None = None
    for_reporter: bytes | None = None
    for_staff: bytes | None = None
    answers: int | None = Field(default=None, sa_type=Number)
    read_at: datetime | None = _maybe_time()


class Exhibit(SQLModel, table=True):
    """Something sent that is no text, with a conversation or, once filed, with a tip. The box comes last: what stands
    behind a long value can only be read through it."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    conversation: bytes | None = Field(default=None, index=True)
    tip: str | None = Field(default=None, foreign_key="tip.id", index=True)
    kind: str
    kept_at: datetime = _time()
    about: bytes
    sealed: bytes


class Link(SQLModel, table=True):
    """A tip's observable, as a hash that only staff can compute."""

    __table_args__ = (Index("ix_link_hash", "hash"),)

    tip: str = Field(foreign_key="tip.id", primary_key=True)
    type: str = Field(primary_key=True)
    hash: bytes = Field(primary_key=True)


class Account(SQLModel, table=True):
    """A member of staff."""

    name: str = Field(primary_key=True)
    role: str
    passphrase: str | None = None
    totp: bytes | None = None
    totp_step: int | None = None
    failures: int = 0
    failed_at: datetime | None = _maybe_time()
    locked_until: datetime | None = _maybe_time()
    created_at: datetime = _time()
    disabled_at: datetime | None = _maybe_time()


class Invite(SQLModel, table=True):
    """A one-time link, by hash."""

    token: bytes = Field(primary_key=True)
    account: str = Field(foreign_key="account.name", index=True)
    purpose: str
    created_at: datetime = _time()
    expires_at: datetime = _time(index=True)
    used_at: datetime | None = _maybe_time()


class WebSession(SQLModel, table=True):
    """A signed-in browser, by hash of its token. `origin` and `stray` are keyed hashes of where it is used and was."""

    token: bytes = Field(primary_key=True)
    account: str = Field(foreign_key="account.name", index=True)
    stage: str
    created_at: datetime = _time()
    used_at: datetime = _time()
    expires_at: datetime = _time(index=True)
    revoked_at: datetime | None = _maybe_time()
    proved_at: datetime | None = _maybe_time()
    origin: bytes | None = None
    browser: str | None = None
    stray: bytes | None = None
    strayed_at: datetime | None = _maybe_time()


class Audit(SQLModel, table=True):
    """Who did what to what; `position` and `chain` are written by the sweep, all else never changes."""

    __table_args__ = (UniqueConstraint("position", name="uq_audit_position"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    at: datetime = _time()
    actor: str
    act: str
    subject: str = Field(index=True)
    digest: bytes
    salt: bytes | None = None
    position: int | None = Field(default=None, sa_type=Number)
    chain: bytes | None = None


class Counter(SQLModel, table=True):
    """How often something was done in one window of time."""

    action: str = Field(primary_key=True)
    subject: bytes = Field(primary_key=True)
    window: int = Field(primary_key=True, sa_type=Number)
    count: int
    ends_at: datetime = _time(index=True)


class Release(SQLModel, table=True):
    """A release of the knowledge. `content` is a digest; what `signature` is over stands in `releases`."""

    __table_args__ = ({"sqlite_autoincrement": True},)

    number: int | None = Field(default=None, primary_key=True)
    name: str
    ground: str
    learned_from: str
    state: str
    made_at: datetime = _time()
    content: bytes | None = None
    signature: bytes | None = None
    examples: str
    figures: str | None = None
    held_by: str
    again: int | None = None


class ReleaseContent(SQLModel, table=True):
    """What releases hold, by digest, apart from their rows, which are read every few seconds."""

    digest: bytes = Field(primary_key=True)
    packed: bytes


class PublishedPattern(SQLModel, table=True):
    """A pattern that an editor published over the shipped files, as its TOML was written."""

    id: int | None = Field(default=None, primary_key=True)
    pattern: str = Field(index=True)
    version: int
    toml: str
    by: str
    at: datetime = _time()
    state: str
    proof: bytes
