"""Which lane of the queue a tip belongs in: what is to be done with it first."""

from collections.abc import Collection
from datetime import datetime

from knowledge.dangers import Danger, Kind
from storage.ranks import Lane

_TO_A_PERSON = frozenset({Danger.LIFE, Danger.LIVE_CONTROL, Danger.CONTROLLER, Danger.TRAVEL, Danger.MINOR})


def lane_of(kind: str, dangers: Collection[str], recall_until: datetime | None, now: datetime) -> Lane:
    """`recall_until`: until when money that left may still be called back, where it left."""
    if concerns_a_person(kind, dangers):
        return Lane.DANGER
    if recall_until is not None and now < recall_until:
        return Lane.GOLDEN
    return Lane.INSIDER if kind == Kind.INSIDER else Lane.ORDINARY


def concerns_a_person(kind: str, dangers: Collection[str]) -> bool:
    """Whether it tells of danger to a person, not to money: it comes first, whoever tells it."""
    return kind == Kind.HELD or not _TO_A_PERSON.isdisjoint(dangers)
