"""How urgent a tip is as time goes on: what the clock, replies and links add to or take from what it was at filing.

The staff jobs stamp it into the row, so that the queue's order is one index; everything here is a function of values.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.services.deadlines import Deadlines, deadline_of
from bot.services.lanes import concerns_a_person, lane_of
from bot.services.urgency import PERSON_AT_RISK, Reason, reasons_for, recall_until
from bot.services.urgent_order import LAST, MONEY_GONE, RECENT
from storage import links, standing, tips
from storage.database import Database, Transaction
from storage.ranks import Lane
from storage.standing import Stamp
from storage.tips import Tip

AT_ONCE = 100
_MORE = {Reason.SUPERVISED: 300, Reason.REPLIED: 60, Reason.LINKED: 30, Reason.MISSED: 200, Reason.NEAR: 80}
"""What each adds; a missed deadline lifts an ordinary tip above others of its lane, not above a person in danger."""
_BELOW_DANGER = 799
"""The most that a tip reaches in which no person is in danger."""


def stand(tip: Tip, deadlines: Deadlines, now: datetime, *, sharing: int) -> Stamp:
    """How the open tip stands; `sharing` as in `reasons_for`."""
    waits = tip.is_limited and not concerns_a_person(tip.kind, tip.dangers)
    lane = Lane.ORDINARY if waits else lane_of(tip.kind, tip.dangers, recall_until(tip), now)
    deadline = deadline_of(tip, lane, deadlines, now)
    left = None if deadline.left is None else round(deadline.left.total_seconds())
    changes = (recall_until(tip), deadline.near_at, deadline.due)
    reasons = reasons_for(tip, now, sharing=sharing)
    return Stamp(
        lane=lane,
        urgency=LAST if waits else _urgency(tip, reasons, deadline.due, deadline.near_at, now),
        due_at=deadline.due,
        near_at=deadline.near_at,
        due_left=left,
        again_at=min((moment for moment in changes if moment is not None and moment > now), default=None),
    )


def _urgency(
    tip: Tip, reasons: Collection[Reason], due: datetime | None, near_at: datetime | None, now: datetime
) -> int:
    # The deadline as it is about to be stamped, not as it was.
    holds = {*reasons} - {Reason.MISSED, Reason.NEAR}
    if due is not None and due <= now:
        holds.add(Reason.MISSED)
    elif near_at is not None and near_at <= now:
        holds.add(Reason.NEAR)
    is_person = not PERSON_AT_RISK.isdisjoint(holds)
    urgency = tip.urgency + sum(_MORE.get(reason, 0) for reason in holds)
    if Reason.MONEY_GONE in holds and not is_person and tip.urgency >= MONEY_GONE + RECENT:
        urgency -= RECENT
    return urgency if is_person else min(urgency, max(_BELOW_DANGER, tip.urgency))


class Ranking:
    """Stamps what is due to be stamped."""

    def __init__(self, database: Database, deadlines: Deadlines, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._deadlines = deadlines
        self._clock = clock

    def is_due(self, t: Transaction) -> bool:
        return bool(standing.to_stamp(t, now=self._clock(), limit=1))

    async def run(self) -> None:
        """All that is due now. Again is harmless."""
        while await self._database.write(self._stamp_some) == AT_ONCE:
            pass

    def _stamp_some(self, t: Transaction) -> int:
        now = self._clock()
        due = standing.to_stamp(t, now=now, limit=AT_ONCE)
        shared = links.sharing(t, due, now=now) if due else {}
        for tip in due:
            standing.stamp(t, tip, stand(tips.get(t, tip), self._deadlines, now, sharing=shared.get(tip, 0)))
        return len(due)
