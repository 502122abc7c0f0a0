"""Why a tip is urgent, as reasons a page can put into words. A number of it is made by `urgent_order` and `ranking`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from knowledge.dangers import Danger, Kind
from storage.tips import Tip

# Banks have called money back after days; within two, a hold or a recall is what they try first.
RECOVERABLE = timedelta(hours=48)
# A person who has waited this long for a first look has waited too long, whatever was told.
OVERDUE = timedelta(hours=24)


class Reason(StrEnum):
    """One reason to look at a tip before others, the gravest first."""

    LIFE = "life"
    HURT = "hurt"
    LIVE_CONTROL = "live-control"
    CONTROLLER = "controller"
    HELD = "held"
    TRAVEL = "travel"
    MINOR = "minor"
    PAYING = "paying"
    MONEY_RECENT = "money-recent"
    MONEY_GONE = "money-gone"
    MULE = "mule"
    SUPERVISED = "supervised-case"
    """Linked to a case that is supervised: set from outside, by `standing.mark`."""
    VULNERABLE = "vulnerable"
    LARGE_SUM = "large-sum"
    REPLIED = "replied"
    LINKED = "linked"
    MISSED = "missed"
    NEAR = "near"
    OVERDUE = "overdue"


MANY = 3
"""So many other tips that share an observable make one more urgent: somebody is at work."""

PERSON_AT_RISK = frozenset(
    {Reason.LIFE, Reason.HURT, Reason.LIVE_CONTROL, Reason.CONTROLLER, Reason.HELD, Reason.TRAVEL, Reason.MINOR}
)
"""The reasons that speak of danger to a person, not to money."""


def reasons_for(tip: Tip, now: datetime, *, sharing: int = 0) -> tuple[Reason, ...]:
    """Every reason that holds now, the gravest first; none for an ordinary tip. `sharing`: so many other tips share an
    observable with it."""
    found = {reason for reason in Reason if _HOLDS[reason](tip, now)}
    if sharing >= MANY:
        found.add(Reason.LINKED)
    return tuple(reason for reason in Reason if reason in found)


def recall_until(tip: Tip) -> datetime | None:
    """Until when money that left may still be called back; None where none left."""
    if Danger.MONEY_GONE not in tip.dangers:
        return None
    # One filed by an older release says no more than when.
    return tip.recall_until or tip.filed_at + RECOVERABLE


def _money_is_recent(tip: Tip, now: datetime) -> bool:
    until = recall_until(tip)
    return until is not None and now < until


def _money_is_gone(tip: Tip, now: datetime) -> bool:
    return Danger.MONEY_GONE in tip.dangers and not _money_is_recent(tip, now)


def _has_replied(tip: Tip, _now: datetime) -> bool:
    return tip.is_open and tip.replied_at is not None and (tip.asked_at is None or tip.replied_at >= tip.asked_at)


def _is_overdue(tip: Tip, now: datetime) -> bool:
    return tip.is_open and tip.first_seen_at is None and now - tip.filed_at >= OVERDUE


def _is_near(tip: Tip, now: datetime) -> bool:
    return tip.near_at is not None and tip.near_at <= now and not _is_missed(tip, now)


def _is_missed(tip: Tip, now: datetime) -> bool:
    return tip.near_at is not None and tip.due_at is not None and tip.due_at <= now


def _marked(name: str) -> Callable[[Tip, datetime], bool]:
    return lambda tip, _now: name in tip.marks


def _told(danger: Danger) -> Callable[[Tip, datetime], bool]:
    return lambda tip, _now: danger in tip.dangers


_HOLDS: dict[Reason, Callable[[Tip, datetime], bool]] = {
    Reason.LIFE: _told(Danger.LIFE),
    Reason.LIVE_CONTROL: _told(Danger.LIVE_CONTROL),
    Reason.CONTROLLER: _told(Danger.CONTROLLER),
    Reason.HELD: lambda tip, _now: tip.kind == Kind.HELD,
    Reason.MINOR: _told(Danger.MINOR),
    Reason.MONEY_RECENT: _money_is_recent,
    Reason.MONEY_GONE: _money_is_gone,
    Reason.TRAVEL: _told(Danger.TRAVEL),
    Reason.MULE: lambda tip, _now: Danger.MULE in tip.dangers or tip.kind == Kind.MULE,
    Reason.SUPERVISED: _marked(Reason.SUPERVISED),
    Reason.VULNERABLE: _marked(Reason.VULNERABLE),
    Reason.HURT: _marked(Reason.HURT),
    Reason.PAYING: _marked(Reason.PAYING),
    Reason.LARGE_SUM: _marked(Reason.LARGE_SUM),
    Reason.REPLIED: _has_replied,
    Reason.LINKED: lambda _tip, _now: False,
    Reason.MISSED: _is_missed,
    Reason.NEAR: _is_near,
    Reason.OVERDUE: _is_overdue,
}
