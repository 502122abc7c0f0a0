"""How urgent a report is when it is filed: the number the queue is ordered by, from the gravest reason there is."""

import math
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from bot.conversation.report import PAYING, Report
from bot.services.urgency import RECOVERABLE, Reason
from bot.services.worth import is_large
from knowledge.dangers import Danger, Kind
from knowledge.matching import Likeness
from knowledge.observables import Money
from knowledge.vulnerability import is_vulnerable

_DANGERS = MappingProxyType(
    {
        Danger.LIFE: 1000,
        Danger.LIVE_CONTROL: 900,
        Danger.CONTROLLER: 900,
        Danger.TRAVEL: 850,
        Danger.MINOR: 800,
        Danger.MONEY_GONE: 500,
        Danger.MULE: 300,
    }
)
_KINDS = MappingProxyType({Kind.HELD: 870, Kind.INSIDER: 350, Kind.MULE: 300, Kind.CHEATED: 200, Kind.CHECK: 50})
_DEADLINE_TODAY = 20
MONEY_GONE = _DANGERS[Danger.MONEY_GONE]
RECENT = 150
"""Added where money left within the time a hold or a recall is tried first."""
URGENT = MONEY_GONE + RECENT
"""From here on hours count: a person in danger, or money that may still be stopped."""
_MARKED = MappingProxyType({Reason.HURT: 950, Reason.PAYING: URGENT})
LAST = 0
"""Behind every ordinary report."""
_MOST_FOR_SUM = 50
_WARNED = 20
_VULNERABLE = 40


def urgency(report: Report, marks: Collection[Reason], now: datetime) -> int:
    """0 to about 1,100, higher first. Sums add little: a small sum may be all someone has. `marks`: of `marks_of`."""
    grounds = [_DANGERS[danger] for danger in report.dangers]
    if report.kind is not None:
        grounds.append(_KINDS[report.kind])
    grounds += [_MARKED[mark] for mark in marks if mark in _MARKED]
    score = max(grounds, default=0)
    if Danger.MONEY_GONE in report.dangers:
        until = recall_until(report, now)
        score = max(score, MONEY_GONE + (RECENT if until is not None and now < until else 0))
        score += _for_sum(report)
    if report.answers.get("deadline") == "today":
        score += _DEADLINE_TODAY
    if report.likeness == Likeness.WARN:
        score += _WARNED
    if Reason.VULNERABLE in marks:
        score += _VULNERABLE
    return score


def marks_of(report: Report) -> tuple[Reason, ...]:
    """What is said of it in the clear beside kind and dangers: single words, for the order and for who reads it."""
    sums = [Money(fact.minor, fact.currency) for fact in report.facts if fact.minor is not None and fact.currency]
    found = {
        Reason.HURT: report.is_hurt,
        Reason.PAYING: PAYING in report.answers and Danger.MONEY_GONE not in report.dangers,
        Reason.LARGE_SUM: is_large(sums),
        Reason.VULNERABLE: is_vulnerable(report.telling),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def recall_until(report: Report, now: datetime) -> datetime | None:
    """Until when money may still be called back, to the full hour; None where none left. What nothing tells the time of
    is treated as fresh."""
    if Danger.MONEY_GONE not in report.dangers:
        return None
    moments = [datetime.fromisoformat(fact.moment) for fact in report.facts if fact.moment is not None]
    left_at = max((moment for moment in moments if moment <= now), default=now)
    until = left_at.astimezone(UTC) + RECOVERABLE
    whole = until.replace(minute=0, second=0, microsecond=0)
    return whole if whole == until else whole + timedelta(hours=1)


def _for_sum(report: Report) -> int:
    sums = [
        float(Money(fact.minor, fact.currency).decimal)
        for fact in report.facts
        if fact.minor is not None and fact.currency is not None
    ]
    largest = max(sums, default=0.0)
    return min(_MOST_FOR_SUM, int(8 * math.log10(largest + 1)))
