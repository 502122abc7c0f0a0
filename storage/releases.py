"""Releases of the knowledge as rows: signed by the staff's key, proved by whoever holds its public half.

The newest published one serves. A number never comes twice and is signed with the rest, so that who can write to this
file, as the citizens' side can, may take releases away but can neither make one nor pass off an old one as new.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, delete, select

from storage import tables
from storage.database import Transaction
from storage.errors import NotFound, ReleaseUnproved
from storage.sealing import ReleasesKey, StaffSecretKey

KEPT_CONTENTS = 3
"""So many of the newest can be served again, at some forty megabytes each; of the others, figures are kept."""


class ReleaseState(StrEnum):
    PUBLISHED = "published"
    HELD = "held"
    """Kept back by the gate; a person may serve it."""
    FAILED = "failed"
    """Nothing was learned: the published patterns cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRelease:
    """`ground` is the fingerprint of the shipped knowledge below it, `learned_from` of all it was learned from.

    `examples` counts them a pattern. `figures` and `held_by` are JSON of the gate's, taken as given.
    """

    name: str
    ground: str
    learned_from: str
    state: ReleaseState
    packed: bytes | None
    examples: Mapping[str, int]
    figures: str | None = None
    held_by: str = "[]"
    again: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """As it is kept, without its content; `again` is the number of the older one it repeats."""

    number: int
    name: str
    ground: str
    learned_from: str
    state: ReleaseState
    made_at: datetime
    examples: Mapping[str, int]
    figures: str | None
    held_by: str
    again: int | None
    has_content: bool


def publish(t: Transaction, key: StaffSecretKey, new: NewRelease, *, now: datetime) -> int:
    """Keep it, signed, under the next number. One that is held or failed is kept too, and serves nobody."""
    digest = None if new.packed is None else hashlib.sha256(new.packed).digest()
    if digest is not None and new.packed is not None and t.session.get(tables.ReleaseContent, digest) is None:
        t.session.add(tables.ReleaseContent(digest=digest, packed=new.packed))
    return _add(t, key, new, digest, now)


def publish_again(t: Transaction, key: StaffSecretKey, number: int, *, now: datetime) -> int:
    """The same content under the next number, so that every process takes it. Raises NotFound, ReleaseUnproved."""
    row = t.session.get(tables.Release, number)
    newest_one = newest(t)
    if row is None or newest_one is None:
        raise NotFound("release", str(number))
    if row.content is None or t.session.get(tables.ReleaseContent, row.content) is None:
        raise NotFound("content kept of release", str(number))
    # What is signed again was signed once: the rows lie where others can write.
    _proved(t, key.releases, row)
    again = NewRelease(
        name=row.name,
        ground=row.ground,
        # What there is to learn from has been learned from: this one stays until there is something new.
        learned_from=newest_one.learned_from,
        state=ReleaseState.PUBLISHED,
        packed=None,
        examples=json.loads(row.examples),
        figures=row.figures,
        again=number,
    )
    return _add(t, key, again, row.content, now)


def newest(t: Transaction, *, state: ReleaseState | None = None, ground: str | None = None) -> Release | None:
    """The last one made, of that state and over that shipped knowledge, if these are named."""
    found = _listed(t, limit=1, state=state, ground=ground)
    return found[0] if found else None


def get(t: Transaction, number: int) -> Release:
    """Raises NotFound."""
    row = t.session.get(tables.Release, number)
    if row is None:
        raise NotFound("release", str(number))
    has_content = row.content is not None and t.session.get(tables.ReleaseContent, row.content) is not None
    return _read(row, has_content=has_content)


def list_newest(t: Transaction, *, limit: int = 20) -> tuple[Release, ...]:
    """The last made first."""
    return _listed(t, limit=limit)


def newer_numbers(t: Transaction, than: int, *, ground: str) -> tuple[int, ...]:
    """Those published after `than` over that shipped knowledge, the last made first. Cheap: asked every few seconds."""
    row = tables.Release
    fits = (col(row.number) > than, col(row.state) == ReleaseState.PUBLISHED, col(row.ground) == ground)
    found = t.session.exec(select(row.number).where(*fits).order_by(col(row.number).desc()).limit(KEPT_CONTENTS))
    return tuple(number for number in found if number is not None)


def content(t: Transaction, key: ReleasesKey, number: int) -> tuple[str, bytes]:
    """A published release's name and content, proved. Raises ReleaseUnproved."""
    row = t.session.get(tables.Release, number)
    if row is None or row.state != ReleaseState.PUBLISHED:
        raise ReleaseUnproved(number)
    return row.name, _proved(t, key, row)


def forget_contents(t: Transaction, *, keep: Collection[int] = ()) -> int:
    """Drop the content of all but the newest, and of the ones named; how many went."""
    row, kept = tables.Release, tables.ReleaseContent
    newest_ones = select(row.number).where(col(row.content).is_not(None)).order_by(col(row.number).desc())
    numbers = [*t.session.exec(newest_ones.limit(KEPT_CONTENTS)), *keep]
    needed = select(row.content).where(col(row.number).in_(numbers), col(row.content).is_not(None))
    return int(t.session.exec(delete(kept).where(col(kept.digest).not_in(needed))).rowcount)


def _add(t: Transaction, key: StaffSecretKey, new: NewRelease, digest: bytes | None, now: datetime) -> int:
    row = tables.Release(
        name=new.name,
        ground=new.ground,
        learned_from=new.learned_from,
        state=new.state,
        made_at=now,
        content=digest,
        examples=json.dumps(dict(new.examples), sort_keys=True),
        figures=new.figures,
        held_by=new.held_by,
        again=new.again,
    )
    t.session.add(row)
    t.session.flush()
    if digest is not None:
        row.signature = key.sign_release(_claim(row, digest))
    return row.number or 0


def _proved(t: Transaction, key: ReleasesKey, row: tables.Release) -> bytes:
    """The row's content, as it was signed. Raises ReleaseUnproved."""
    kept = None if row.content is None else t.session.get(tables.ReleaseContent, row.content)
    if kept is None or row.signature is None:
        raise ReleaseUnproved(row.number or 0)
    if not key.proves(_claim(row, hashlib.sha256(kept.packed).digest()), row.signature):
        raise ReleaseUnproved(row.number or 0)
    return kept.packed


def _claim(row: tables.Release, digest: bytes) -> bytes:
    """What is signed: the digest of the content as it was read, and the state, so that what is held stays held."""
    return json.dumps([row.number, row.name, row.ground, row.state, row.made_at.isoformat(), digest.hex()]).encode()


def _listed(
    t: Transaction, *, limit: int, state: ReleaseState | None = None, ground: str | None = None
) -> tuple[Release, ...]:
    row, kept = tables.Release, tables.ReleaseContent
    listed = select(row, col(kept.digest)).join(kept, col(kept.digest) == col(row.content), isouter=True)
    if state is not None:
        listed = listed.where(row.state == state)
    if ground is not None:
        listed = listed.where(row.ground == ground)
    found = t.session.exec(listed.order_by(col(row.number).desc()).limit(limit)).all()
    return tuple(_read(one, has_content=digest is not None) for one, digest in found)


def _read(row: tables.Release, *, has_content: bool) -> Release:
    return Release(
        number=row.number or 0,
        name=row.name,
        ground=row.ground,
        learned_from=row.learned_from,
        state=ReleaseState(row.state),
        made_at=row.made_at,
        examples=json.loads(row.examples),
        figures=row.figures,
        held_by=row.held_by,
        again=row.again,
        has_content=has_content,
    )
