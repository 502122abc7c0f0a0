"""Patterns that editors publish over the shipped files: each row keeps the TOML as it was written, and who did it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, func, select

from storage import tables
from storage.database import Transaction
from storage.errors import NotFound
from storage.sealing import StaffSecretKey, are_equal


class PatternState(StrEnum):
    """A state before `PUBLISHED` is where a second person's consent will stand."""

    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublishedPattern:
    pattern: str
    version: int
    toml: str
    by: str
    at: datetime
    state: PatternState


def publish(
    t: Transaction, key: StaffSecretKey, pattern: str, version: int, toml: str, *, by: str, now: datetime
) -> None:
    """Put it over the shipped pattern of that id, and in place of the one published before."""
    _end(t, key, pattern, PatternState.REPLACED)
    row = tables.PublishedPattern(
        pattern=pattern, version=version, toml=toml, by=by, at=now, state=PatternState.PUBLISHED, proof=b""
    )
    row.proof = _proof(key, row)
    t.session.add(row)


def withdraw(t: Transaction, key: StaffSecretKey, pattern: str) -> None:
    """Take it away; a shipped one of that id holds again. Raises NotFound."""
    if not _end(t, key, pattern, PatternState.WITHDRAWN):
        raise NotFound("published pattern", pattern)


def published(t: Transaction, key: StaffSecretKey) -> Mapping[str, PublishedPattern]:
    """Those that hold, by id. What staff did not write is passed over: others can write to the database too."""
    row = tables.PublishedPattern
    found = t.session.exec(select(row).where(row.state == PatternState.PUBLISHED).order_by(col(row.pattern)))
    return {
        one.pattern: PublishedPattern(one.pattern, one.version, one.toml, one.by, one.at, PatternState(one.state))
        for one in found
        if are_equal(one.proof, _proof(key, one))
    }


def last_version(t: Transaction, pattern: str) -> int:
    """The highest version ever published under that id; 0 where there was none."""
    row = tables.PublishedPattern
    return t.session.exec(select(func.max(row.version)).where(row.pattern == pattern)).one() or 0


def _end(t: Transaction, key: StaffSecretKey, pattern: str, state: PatternState) -> bool:
    row = tables.PublishedPattern
    found = t.session.exec(select(row).where(row.pattern == pattern, row.state == PatternState.PUBLISHED)).all()
    for one in found:
        one.state = state
        one.proof = _proof(key, one)
    return bool(found)


def _proof(key: StaffSecretKey, row: tables.PublishedPattern) -> bytes:
    return key.vouch("published pattern", row.pattern, str(row.version), row.state, row.by, row.toml)
