"""What cannot be undone takes two people: one proposes, another who may do it too approves, and it is done in that
moment, once; each step leaves its audit entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.services.acts import checked
from bot.services.approval_errors import OwnProposal, ProposalOver, ProposedAlready, ProposerGone
from bot.services.permissions import TAKES_TWO, Act, Actor, require
from bot.services.standing import actor_named
from storage import accounts, audit, proposals
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import AlreadyExists
from storage.proposals import Proposal, ProposalState
from storage.sealing import StaffSecretKey


class Step(StrEnum):
    """What the audit log says of it; the act itself stands there too, by whoever approved it."""

    PROPOSE = "propose"
    APPROVE = "approve-proposal"
    REFUSE = "refuse-proposal"


class Deed(Protocol):
    """One of the acts that take two. Both raise what is to be told to whoever asks or approves."""

    def check(self, t: Transaction, subject: str, body: str) -> None:
        """Whether it can be asked for."""
        ...

    def do(self, t: Transaction, proposal: Proposal, approver: str) -> bool:
        """Do it, with its own audit entry, in the unit that approves it. Whether it is all done: else it is fetched."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as one of the staff sees it: whether it waits for them, and how many others could approve it."""

    proposal: Proposal
    is_waiting: bool
    is_own: bool
    may_approve: bool
    approvers: int


class Approvals:
    """The use cases. Raises ApprovalError, NotAllowed, NotFound, and what the deeds raise."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        deeds: Mapping[Act, Deed],
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
    ) -> None:
        """`deeds` say how each act of TAKES_TWO is done."""
        self._database = database
        self._key = key
        self._deeds = deeds
        self._clock = clock
        self._random = random

    async def propose(self, actor: Actor, act: Act, subject: str, reason: str, body: str = "") -> int:
        """Its number. Raises TextMissing, TextTooLong, ProposedAlready, and what the deed's check raises."""
        require(actor, act)
        reason = checked(reason)

        def unit(t: Transaction) -> int:
            self._deeds[act].check(t, subject, body)
            number = proposals.propose(
                t, self._key, act=act, subject=subject, by=actor.name, reason=reason, body=body, now=self._clock()
            )
            self._record(t, actor, Step.PROPOSE, number, act=act, subject=subject, reason=reason)
            return number

        try:
            return await self._database.write(unit)
        except AlreadyExists as fault:
            raise ProposedAlready from fault

    async def rows(self, actor: Actor) -> tuple[Row, ...]:
        """Those the actor has to do with: what they may do themselves, the latest first."""
        require(actor, Act.APPROVE)

        def query(t: Transaction) -> tuple[Row, ...]:
            found = proposals.latest(t, self._key)
            return tuple(self._row(t, actor, one) for one in found if actor.may(Act(one.act)))

        return await self._database.read(query)

    async def row(self, actor: Actor, number: int) -> Row:
        """One of them."""
        require(actor, Act.APPROVE)

        def query(t: Transaction) -> Row:
            found = proposals.get(t, self._key, number)
            require(actor, Act(found.act))
            return self._row(t, actor, found)

        return await self._database.read(query)

    async def approve(self, actor: Actor, number: int) -> Proposal:
        """Do what another proposed. Raises OwnProposal, ProposalOver, ProposerGone."""
        require(actor, Act.APPROVE)

        def unit(t: Transaction) -> Proposal:
            now, found = self._clock(), proposals.get(t, self._key, number)
            act = Act(found.act)
            require(actor, act)
            if found.by == actor.name:
                raise OwnProposal
            if not _may_still(t, found.by, act):
                raise ProposerGone(found.by)
            if not proposals.decide(t, self._key, found, ProposalState.APPROVED, by=actor.name, now=now):
                raise ProposalOver
            self._record(t, actor, Step.APPROVE, number, act=act, subject=found.subject, by=found.by)
            if self._deeds[act].do(t, found, actor.name):
                proposals.use(t, found, now=now)
                proposals.forget_bodies(t, now=now)
            return found

        return await self._database.write(unit)

    async def refuse(self, actor: Actor, number: int) -> None:
        """Have it not be done; whoever proposed it may take it back so. Raises ProposalOver."""
        require(actor, Act.APPROVE)

        def unit(t: Transaction) -> None:
            now, found = self._clock(), proposals.get(t, self._key, number)
            require(actor, Act(found.act))
            if not proposals.decide(t, self._key, found, ProposalState.REFUSED, by=actor.name, now=now):
                raise ProposalOver
            self._record(t, actor, Step.REFUSE, number, act=found.act, subject=found.subject, by=found.by)
            proposals.forget_bodies(t, now=now)

        await self._database.write(unit)

    async def others(self, actor: Actor) -> Mapping[Act, int]:
        """How many others could approve each act that the actor may propose."""
        return await self._database.read(
            lambda t: {act: _approvers(t, act, actor.name) for act in TAKES_TWO if actor.may(act)}
        )

    def _row(self, t: Transaction, actor: Actor, found: Proposal) -> Row:
        is_waiting, is_own = found.is_waiting(self._clock()), found.by == actor.name
        approvers = _approvers(t, Act(found.act), found.by)
        return Row(found, is_waiting, is_own, is_waiting and not is_own, approvers)

    def _record(self, t: Transaction, actor: Actor, step: Step, number: int, **details: str) -> None:
        entry = audit.Entry(self._clock(), actor.name, step, f"proposal:{number}", details)
        audit.record(t, entry, random=self._random)


def count_waiting(t: Transaction, actor: Actor, *, now: datetime) -> int:
    """How many proposals wait for this actor."""
    if not actor.may(Act.APPROVE):
        return 0
    acts = tuple(act for act in TAKES_TWO if actor.may(act))
    return proposals.count_waiting(t, acts, not_by=actor.name, now=now)


def _approvers(t: Transaction, act: Act, besides: str) -> int:
    everybody = (account for account in accounts.list_all(t) if account.is_ready and account.name != besides)
    able = (actor_named(t, account.name) for account in everybody)
    return sum(actor.may(act) and actor.may(Act.APPROVE) for actor in able)


def _may_still(t: Transaction, name: str, act: Act) -> bool:
    return accounts.get(t, name).is_ready and actor_named(t, name).may(act)
