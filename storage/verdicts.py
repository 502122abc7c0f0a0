"""How a tip ends: decided with a verdict and its reason, or merged into the tip it repeats."""

from datetime import datetime

from sqlmodel import col, select, update

from storage import merging, standing, tables, work
from storage.claims import held_by
from storage.database import Transaction
from storage.errors import Circular, WrongState
from storage.examples import Confirmation
from storage.tips import LINK_WORK, Tip, TipState, Verdict, load, read


def decide(
    t: Transaction,
    tip: str,
    *,
    by: str,
    verdict: Verdict,
    reason: bytes,
    now: datetime,
    confirmed: Confirmation | None = None,
) -> Tip:
    """By its holder, once. `reason` is sealed to staff; `confirmed` says as which known scam, where it is one.

    Raises NotFound, NotHeld, WrongState.
    """
    row = held_by(t, tip, by, "deciding it")
    if confirmed is not None:
        row.confirmed_pattern, row.confirmed_proof = confirmed.pattern, confirmed.proof
        # It is searched for as what it was confirmed as.
        work.put(t, LINK_WORK, tip, now=now)
    row.state = TipState.DECIDED
    row.verdict, row.reason, row.decided_by, row.decided_at = verdict, reason, by, now
    row.claim_until = None
    standing.end(row, now)
    return read(row)


def reason(t: Transaction, tip: str) -> bytes | None:
    """The sealed reason of the verdict, if there is one. Raises NotFound."""
    return load(t, tip).reason


def merge(t: Transaction, tip: str, *, into: str, by: str, reason: bytes, now: datetime) -> Tip:
    """Say that the tip repeats another; by its holder. `into` may be open or decided; merged itself, its root is meant.

    Tips merged into this one before follow it, so that every merged tip points at a root.
    Raises NotFound, NotHeld, Circular, and WrongState for either of them.
    """
    root = root_of(t, into)
    if root.id == tip:
        raise Circular(tip, None if into == tip else into)
    row = held_by(t, tip, by, "merging it")
    if root.state in (TipState.WITHDRAWN, TipState.ERASED):
        raise WrongState(root.id, root.state, "merging another into it")
    merging.note(t, row, into=root.id, by=by, reason=reason, now=now)
    row.state = TipState.MERGED
    row.verdict, row.reason, row.decided_by, row.decided_at = Verdict.DUPLICATE, reason, by, now
    row.merged_into, row.merged_at, row.claim_until = root.id, now, None
    standing.end(row, now)
    t.session.flush()
    follow = update(tables.Tip).where(col(tables.Tip.merged_into) == tip)
    t.session.exec(follow.values(merged_into=root.id), execution_options={"synchronize_session": "fetch"})
    return read(row)


def root_of(t: Transaction, tip: str) -> Tip:
    """The tip itself, or the one it was merged into. Raises NotFound."""
    row = load(t, tip)
    return read(row if row.merged_into is None else load(t, row.merged_into))


def duplicates_of(t: Transaction, tip: str) -> tuple[str, ...]:
    """The ids of the tips merged into this one, the earliest filed first."""
    row = tables.Tip
    found = t.session.exec(select(row.id).where(row.merged_into == tip).order_by(col(row.filed_at), col(row.id)))
    return tuple(found)
