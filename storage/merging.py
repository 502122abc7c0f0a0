"""Mergings and taking them back: which tip was merged into which by which act, and the tips that came along."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select, update

from storage import act_tables, standing, tables
from storage.database import Transaction
from storage.errors import WrongState
from storage.tips import Tip, TipState, load, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """An act of merging; in force while `undone_at` is None. The reasons are sealed to staff, and None once erased."""

    tip: str
    into: str
    by: str
    at: datetime
    reason: bytes | None
    undone_by: str | None
    undone_at: datetime | None
    undone_reason: bytes | None


def note(t: Transaction, tip: tables.Tip, *, into: str, by: str, reason: bytes, now: datetime) -> None:
    """That this open tip is being merged, before it is; for `verdicts`."""
    row = act_tables.Merging(tip=tip.id, into=into, by=by, at=now, state_before=tip.state, reason=reason)
    t.session.add(row)


def undo(t: Transaction, tip: str, *, by: str, reason: bytes, now: datetime) -> Tip:
    """The tip goes back to where it was before it was merged, held by nobody, with the tips that came along by it.

    Whether the tip it was merged into is open, decided or merged itself does not matter. Raises NotFound, WrongState
    for one that is not merged, or has no content any more.
    """
    row = load(t, tip)
    done = _in_force(t, tip)
    if row.state != TipState.MERGED or row.erased_at is not None or done is None:
        raise WrongState(tip, row.state, "taking its merging back")
    done.undone_by, done.undone_at, done.undone_reason = by, now, reason
    t.session.flush()
    reopen(row, waits=done.state_before == TipState.WAITING, now=now)
    t.session.flush()
    came_along = _below(t, tip)
    follow = update(tables.Tip).where(col(tables.Tip.id).in_(came_along))
    t.session.exec(follow.values(merged_into=tip), execution_options={"synchronize_session": "fetch"})
    return read(row)


def hand_on(t: Transaction, root: str, heir: str, *, now: datetime) -> None:
    """The root left undecided, and this one of its duplicates takes its place: what was merged into the root by itself
    is from now on merged into the heir, whose own merging is over. For `withdrawals`."""
    done = _in_force(t, heir)
    if done is not None:
        done.undone_by, done.undone_at = SUCCESSION, now
    t.session.flush()
    row = act_tables.Merging
    follow = update(row).where(col(row.into) == root, col(row.undone_at).is_(None))
    t.session.exec(follow.values(into=heir), execution_options={"synchronize_session": "fetch"})


SUCCESSION = "reporter"
"""By whom a merging is undone when the tip it was into is taken back: nobody of the staff did it."""


def of_tip(t: Transaction, tip: str) -> tuple[Merging, ...]:
    """Each time the tip was merged, the latest first."""
    row = act_tables.Merging
    found = t.session.exec(select(row).where(row.tip == tip).order_by(col(row.id).desc()))
    return tuple(_read(one) for one in found)


def out_of(t: Transaction, tip: str) -> tuple[Merging, ...]:
    """The mergings into this tip that were taken back, the latest first."""
    row = act_tables.Merging
    undone = select(row).where(row.into == tip, col(row.undone_at).is_not(None)).order_by(col(row.id).desc())
    return tuple(_read(one) for one in t.session.exec(undone))


def erase_reasons(t: Transaction, tip: str) -> None:
    """With the tip's content goes why it was merged and why not. For `withdrawals`."""
    row = act_tables.Merging
    t.session.exec(update(row).where(col(row.tip) == tip).values(reason=None, undone_reason=None))


def reopen(row: tables.Tip, *, waits: bool, now: datetime) -> None:
    """Of a merged tip's row: open again, and held by nobody. `waits`: it waited for its reporter, and still does if
    nothing came since."""
    answered = row.replied_at is not None and row.asked_at is not None and row.replied_at >= row.asked_at
    row.state = TipState.WAITING if waits and not answered else TipState.NEW
    row.merged_into = row.merged_at = None
    row.verdict = row.reason = row.decided_by = row.decided_at = None
    row.claimed_by = row.claimed_at = row.claim_until = None
    standing.reopen(row, now)


def _in_force(t: Transaction, tip: str) -> act_tables.Merging | None:
    row = act_tables.Merging
    return t.session.exec(select(row).where(row.tip == tip, col(row.undone_at).is_(None))).first()


def _below(t: Transaction, tip: str) -> list[str]:
    """All that was merged into it, and into those, and so on. A tree: whatever is merged was open, and so is a root."""
    row = act_tables.Merging
    found: list[str] = []
    layer = [tip]
    while layer:
        into = select(row.tip).where(col(row.into).in_(layer), col(row.undone_at).is_(None))
        layer = list(t.session.exec(into))
        found += layer
    return found


def _read(row: act_tables.Merging) -> Merging:
    return Merging(
        tip=row.tip,
        into=row.into,
        by=row.by,
        at=row.at,
        reason=row.reason,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
        undone_reason=row.undone_reason,
    )
