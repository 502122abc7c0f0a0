"""A tip taken back by its reporter, and the erasing of what a tip holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select, update

from storage import audit, exhibits, index, merging, standing, tables, work
from storage.database import Transaction
from storage.errors import WrongState
from storage.ranks import Ended
from storage.tips import OPEN_STATES, Tip, TipState, load, read

ERASE_WORK = "erase-tip"
"""The work put with every withdrawal: erase the content. Its subject is the tip's id."""


@dataclass(frozen=True, slots=True)
class WithdrawalNotice:
    """For the reviewer who held a tip when its reporter took it back."""

    tip: str
    withdrawn_at: datetime


def withdraw(t: Transaction, tip: str, *, now: datetime) -> Tip:
    """By its reporter: withdrawn at once, the content to be erased; again is harmless. Raises NotFound, WrongState."""
    row = load(t, tip)
    if row.state == TipState.ERASED:
        raise WrongState(tip, row.state, "withdrawing it")
    if row.state != TipState.WITHDRAWN:
        _hand_on(t, row, now)
        row.withdrawn_from = row.claimed_by or row.decided_by
        row.state, row.withdrawn_at = TipState.WITHDRAWN, now
        row.claimed_by = row.claim_until = None
        standing.end(row, now, Ended.GONE)
        work.put(t, ERASE_WORK, tip, now=now)
    return read(row)


def notices(t: Transaction, by: str) -> tuple[WithdrawalNotice, ...]:
    """What a reviewer must be told of, the earliest first."""
    row = tables.Tip
    rows = t.session.exec(select(row).where(row.withdrawn_from == by).order_by(col(row.withdrawn_at), col(row.id)))
    return tuple(WithdrawalNotice(tip.id, tip.withdrawn_at or tip.filed_at) for tip in rows)


def dismiss_notice(t: Transaction, tip: str, *, by: str) -> None:
    """The reviewer has seen it. Raises NotFound."""
    row = load(t, tip)
    if row.withdrawn_from == by:
        row.withdrawn_from = None


def erase_content(t: Transaction, tip: str, *, now: datetime) -> None:
    """Erase what was told, sent, said since, concluded and linked, and whence it came. State, dates and verdict stay,
    and the receipt's hash, so that its holder can still ask. An open tip becomes erased. Again is harmless. Raises
    NotFound."""
    row = load(t, tip)
    if row.erased_at is not None:
        return
    row.sealed = row.reason = row.conversation = None
    row.erased_at = now
    if row.state in OPEN_STATES:
        _hand_on(t, row, now)
        row.state = TipState.ERASED
        row.claimed_by = row.claim_until = None
        standing.end(row, now, Ended.GONE)
    t.session.flush()
    said = update(tables.Message).where(col(tables.Message.tip) == tip)
    t.session.exec(said.values(for_reporter=None, for_staff=None))
    t.session.exec(delete(tables.Link).where(col(tables.Link.tip) == tip))
    index.erase(t, tip)
    exhibits.erase(t, tip)
    merging.erase_reasons(t, tip)
    audit.forget_salts(t, tip)


def _hand_on(t: Transaction, root: tables.Tip, now: datetime) -> None:
    """Nobody would look at the duplicates of a tip that leaves undecided: the earliest is open again in its place."""
    if root.state not in OPEN_STATES:
        return
    row = tables.Tip
    followers = t.session.exec(select(row).where(row.merged_into == root.id).order_by(col(row.filed_at), col(row.id)))
    heir: tables.Tip | None = None
    for follower in followers.all():
        if heir is not None:
            follower.merged_into = heir.id
        elif follower.state == TipState.MERGED and follower.erased_at is None:
            heir = follower
            merging.reopen(heir, waits=False, now=now)
            merging.hand_on(t, root.id, heir.id, now=now)
