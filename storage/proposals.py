"""What takes two people: asked for by one of the staff, approved or refused by another, done once, over after a while.

The citizens' side writes to the same database: what is asked for is encrypted together with who asks, and an approval
carries a proof, so that neither can be made up there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, func, or_, select, update

from storage.account_tables import Proposal as Row
from storage.database import Transaction
from storage.errors import AlreadyExists, NotFound, Undecipherable
from storage.sealing import StaffSecretKey, are_equal

LASTS = timedelta(hours=72)
"""To be decided in, and then to be fetched in where there is something to fetch."""


class ProposalState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`body` is what it needs in order to be done, None once it is over. `is_proved`: staff approved it."""

    id: int
    act: str
    subject: str
    by: str
    reason: str
    body: str | None
    state: ProposalState
    proposed_at: datetime
    expires_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    used_at: datetime | None
    is_proved: bool

    def is_waiting(self, now: datetime) -> bool:
        """Whether it can still be decided."""
        return self.state is ProposalState.WAITING and self.expires_at > now


def propose(
    t: Transaction, key: StaffSecretKey, *, act: str, subject: str, by: str, reason: str, body: str, now: datetime
) -> int:
    """Its number. Raises AlreadyExists where the same waits already."""
    waiting = select(Row).where(
        Row.act == act, Row.subject == subject, Row.state == ProposalState.WAITING, col(Row.expires_at) > now
    )
    if t.session.exec(waiting).first() is not None:
        raise AlreadyExists("proposal", subject)
    row = Row(
        act=act,
        subject=subject,
        by=by,
        reason=key.encrypt(_context("reason", act, subject, by), reason.encode()),
        body=key.encrypt(_context("body", act, subject, by), body.encode()),
        state=ProposalState.WAITING,
        proposed_at=now,
        expires_at=now + LASTS,
    )
    t.session.add(row)
    t.session.flush()
    return row.id or 0


def get(t: Transaction, key: StaffSecretKey, id: int) -> Proposal:  # noqa: A002 - its number
    """Raises NotFound, also for one that somebody else wrote."""
    row = t.session.get(Row, id)
    if row is None:
        raise NotFound("proposal", str(id))
    try:
        return _read(key, row)
    except Undecipherable as fault:
        raise NotFound("proposal", str(id)) from fault


def latest(t: Transaction, key: StaffSecretKey, *, limit: int = 50) -> tuple[Proposal, ...]:
    """Waiting or over, the latest first."""
    found = []
    for row in t.session.exec(select(Row).order_by(col(Row.id).desc()).limit(limit)):
        try:
            found.append(_read(key, row))
        except Undecipherable:
            continue
    return tuple(found)


def count_waiting(t: Transaction, acts: tuple[str, ...], *, not_by: str, now: datetime) -> int:
    """How many of these acts wait that somebody else asks for."""
    waiting = select(func.count()).where(
        Row.state == ProposalState.WAITING, col(Row.expires_at) > now, col(Row.act).in_(acts), Row.by != not_by
    )
    return t.session.exec(waiting).one()


def decide(
    t: Transaction, key: StaffSecretKey, proposal: Proposal, state: ProposalState, *, by: str, now: datetime
) -> bool:
    """Approve or refuse it; False where somebody was first, or it is over. Approved, it can be fetched for a while."""
    is_approved = state is ProposalState.APPROVED
    mine = update(Row).where(
        col(Row.id) == proposal.id, col(Row.state) == ProposalState.WAITING, col(Row.expires_at) > now
    )
    values = {
        "state": state,
        "decided_by": by,
        "decided_at": now,
        "expires_at": now + LASTS if is_approved else now,
        "proof": _proof(key, str(proposal.id), proposal.act, proposal.subject, proposal.by, by)
        if is_approved
        else None,
    }
    return bool(t.session.exec(mine.values(**values)).rowcount)


def use(t: Transaction, proposal: Proposal, *, now: datetime) -> bool:
    """Note that what was approved is done or fetched; False where it was before."""
    mine = update(Row).where(
        col(Row.id) == proposal.id, col(Row.state) == ProposalState.APPROVED, col(Row.used_at).is_(None)
    )
    return bool(t.session.exec(mine.values(used_at=now)).rowcount)


def forget_bodies(t: Transaction, *, now: datetime) -> int:
    """What those that are over would have needed; of how many."""
    over = update(Row).where(col(Row.body).is_not(None), or_(col(Row.expires_at) <= now, col(Row.used_at).is_not(None)))
    return int(t.session.exec(over.values(body=None)).rowcount)


def _read(key: StaffSecretKey, row: Row) -> Proposal:
    body = None if row.body is None else key.decrypt(_context("body", row.act, row.subject, row.by), row.body)
    proof = _proof(key, str(row.id), row.act, row.subject, row.by, row.decided_by or "")
    return Proposal(
        id=row.id or 0,
        act=row.act,
        subject=row.subject,
        by=row.by,
        reason=key.decrypt(_context("reason", row.act, row.subject, row.by), row.reason).decode(),
        body=None if body is None else body.decode(),
        state=ProposalState(row.state),
        proposed_at=row.proposed_at,
        expires_at=row.expires_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        used_at=row.used_at,
        is_proved=row.proof is not None and are_equal(row.proof, proof),
    )


def _context(part: str, act: str, subject: str, by: str) -> str:
    return f"proposal:{part}:{act}:{subject}:{by}"


def _proof(key: StaffSecretKey, *parts: str) -> bytes:
    return key.vouch("approved", *parts)
