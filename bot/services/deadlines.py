"""By when a tip should be decided: so many hours by lane, of working time or of every hour, and paused while the tip
waits for its reporter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.working_hours import WorkingHours
from storage.ranks import Lane
from storage.tips import Tip, TipState

_NEAR = 4
"""A deadline is near when a quarter of its time is left."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`hours` a lane; those of `day_and_night` count every hour."""

    hours: Mapping[Lane, timedelta]
    working: WorkingHours
    day_and_night: frozenset[Lane] = frozenset({Lane.DANGER, Lane.GOLDEN})

    def after(self, lane: Lane, moment: datetime, span: timedelta) -> datetime:
        return moment + max(span, timedelta(0)) if lane in self.day_and_night else self.working.after(moment, span)

    def between(self, lane: Lane, since: datetime, until: datetime) -> timedelta:
        span = until - since if lane in self.day_and_night else self.working.between(since, until)
        return max(span, timedelta(0))


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` and `near_at` (from when it is near), or, while it stands still, what is `left` of it."""

    due: datetime | None
    near_at: datetime | None
    left: timedelta | None


def deadline_of(tip: Tip, lane: Lane, deadlines: Deadlines, now: datetime) -> Deadline:
    """How it stands now. It counts from the filing; of a tip that is open a second time, from now; and once set it
    moves only by what its reporter was waited for."""
    if tip.due_left is not None:
        due = deadlines.after(lane, tip.replied_at or now, timedelta(seconds=tip.due_left))
    elif tip.due_at is not None:
        due = tip.due_at
    else:
        due = deadlines.after(lane, now if tip.first_seen_at else tip.filed_at, deadlines.hours[lane])
    if tip.state is TipState.WAITING:
        if tip.due_left is not None:
            return Deadline(None, None, timedelta(seconds=tip.due_left))
        return Deadline(None, None, deadlines.between(lane, tip.asked_at or now, due))
    near = deadlines.hours[lane] / _NEAR
    left = deadlines.between(lane, now, due)
    near_at = tip.near_at if tip.near_at is not None and tip.due_left is None else now
    return Deadline(due, deadlines.after(lane, now, left - near) if left > near else near_at, None)
