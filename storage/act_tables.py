"""Tables of what staff do beside deciding: mergings that can be taken back, what is known to be harmless, reporters who
are limited, and tips that were told to staff by phone."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import Number, UtcDateTime


class Merging(SQLModel, table=True):
    """That a tip was merged into another, which was a root then. In force while `undone_at` is not set; those in force
    are a tree, and say which tips came along by which act. The reasons are sealed to staff."""

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    tip: str = Field(foreign_key="tip.id", index=True)
    into: str = Field(foreign_key="tip.id", index=True)
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    state_before: str
    reason: bytes | None = None
    undone_by: str | None = None
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    undone_reason: bytes | None = None


class Benign(SQLModel, table=True):
    """An observable that is known to be harmless until then, as the hash that links have. `sealed`, to staff: what it
    is, and why."""

    type: str = Field(primary_key=True)
    hash: bytes = Field(primary_key=True)
    by: str
    at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime, index=True)
    sealed: bytes


class ReporterLimit(SQLModel, table=True):
    """A conversation whose new tips wait at the end, by its pseudonym; proposed first, in force from `limited_at` to
    `until`. `tip`: of which tip it was said; `reason` is sealed to staff."""

    __table_args__ = (Index("ix_reporterlimit_in_force", "conversation", "until"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    conversation: bytes
    tip: str = Field(foreign_key="tip.id", index=True)
    proposed_by: str
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    reason: bytes
    limited_by: str | None = None
    limited_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True, index=True)


class PhoneTip(SQLModel, table=True):
    """A tip that a member of staff wrote down. `entry` is its form's, so that a form sent twice files one tip."""

    tip: str = Field(primary_key=True, foreign_key="tip.id")
    taken_by: str
    entry: bytes = Field(unique=True)
