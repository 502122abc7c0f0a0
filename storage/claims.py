"""Who holds a tip: one reviewer at a time, for as long as the lease lasts."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from storage import tables
from storage.database import Transaction
from storage.errors import AlreadyClaimed, NotHeld, WrongState
from storage.tips import OPEN_STATES, Tip, TipState, load, read

LEASE = timedelta(hours=2)


def claim(t: Transaction, tip: str, *, by: str, now: datetime, lease: timedelta = LEASE) -> Tip:
    """Hold the tip; by its holder, hold it longer. Raises NotFound, AlreadyClaimed, WrongState."""
    row = load(t, tip)
    if row.state not in OPEN_STATES:
        raise WrongState(tip, row.state, "claiming it")
    if row.claimed_by not in (None, by) and (row.claim_until is None or row.claim_until > now):
        raise AlreadyClaimed(tip, row.claimed_by or "", row.claim_until)
    if row.claimed_by != by:
        row.claimed_by, row.claimed_at = by, now
    row.first_seen_at = row.first_seen_at or now
    row.first_claimed_at = row.first_claimed_at or now
    row.claim_until = now + lease
    if row.state == TipState.NEW:
        row.state = TipState.CLAIMED
    return read(row)


def release(t: Transaction, tip: str, *, by: str, force: bool = False) -> Tip:
    """Let go of the tip; `force` lets a supervisor free somebody else's. Raises NotFound, NotHeld, WrongState."""
    row = load(t, tip)
    if row.state not in OPEN_STATES:
        raise WrongState(tip, row.state, "releasing it")
    if row.claimed_by is None or (row.claimed_by != by and not force):
        raise NotHeld(tip, by, row.claimed_by)
    _free(row)
    return read(row)


def release_expired(t: Transaction, *, now: datetime) -> tuple[str, ...]:
    """Free what was held beyond its lease; which tips. One that waits for its reporter keeps waiting, unheld."""
    row = tables.Tip
    late = t.session.exec(
        select(row).where(
            col(row.state).in_(OPEN_STATES), col(row.claimed_by).is_not(None), col(row.claim_until) <= now
        )
    ).all()
    for tip in late:
        _free(tip)
    return tuple(tip.id for tip in late)


def held_by(t: Transaction, tip: str, by: str, act: str) -> tables.Tip:
    """The row of an open tip that `by` holds, for the other modules. Raises NotFound, WrongState, NotHeld."""
    row = load(t, tip)
    if row.state not in OPEN_STATES:
        raise WrongState(tip, row.state, act)
    if row.claimed_by != by:
        raise NotHeld(tip, by, row.claimed_by)
    return row


def _free(row: tables.Tip) -> None:
    row.claimed_by = row.claimed_at = row.claim_until = None
    if row.state == TipState.CLAIMED:
        row.state = TipState.NEW
