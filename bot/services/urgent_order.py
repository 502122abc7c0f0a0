"""How urgent a report is when it is filed: the number the queue is ordered by, from the gravest reason there is."""

import math
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.conversation.report import Report
from knowledge.dangers import Danger, Kind
from knowledge.matching import Likeness
from knowledge.observables import Money

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
_RECOVERABLE = timedelta(hours=48)
_RECENT = 150
"""Added where money left within the time a hold or a recall is tried first."""
URGENT = _DANGERS[Danger.MONEY_GONE] + _RECENT
"""From here on hours count: a person in danger, or money that may still be stopped."""
LAST = 0
"""Behind every ordinary report."""
_PERSON = frozenset({Danger.LIFE, Danger.LIVE_CONTROL, Danger.CONTROLLER, Danger.TRAVEL, Danger.MINOR})
_MOST_FOR_SUM = 50
_WARNED = 20


def urgency(report: Report, now: datetime) -> int:
    """0 to about 1,100, higher first. Sums add little: a small sum may be all someone has."""
    grounds = [_DANGERS[danger] for danger in report.dangers]
    if report.kind is not None:
        grounds.append(_KINDS[report.kind])
    score = max(grounds, default=0)
    if Danger.MONEY_GONE in report.dangers:
        score = max(score, _DANGERS[Danger.MONEY_GONE] + (_RECENT if _is_recent(report, now) else 0))
        score += _for_sum(report)
    if report.answers.get("deadline") == "today":
        score += _DEADLINE_TODAY
    if report.likeness == Likeness.WARN:
        score += _WARNED
    return score


def concerns_a_person(report: Report) -> bool:
    """Whether it tells of danger to a person, not to money: it comes first, whoever tells it."""
    return report.kind is Kind.HELD or bool(_PERSON.intersection(report.dangers))


def _is_recent(report: Report, now: datetime) -> bool:
    """Whether money left lately, or nothing says when: what is not known is treated as fresh."""
    moments = [datetime.fromisoformat(fact.moment) for fact in report.facts if fact.moment is not None]
    past = [moment for moment in moments if moment <= now]
    return not past or now - max(past) < _RECOVERABLE


def _for_sum(report: Report) -> int:
    sums = [
        float(Money(fact.minor, fact.currency).decimal)
        for fact in report.facts
        if fact.minor is not None and fact.currency is not None
    ]
    largest = max(sums, default=0.0)
    return min(_MOST_FOR_SUM, int(8 * math.log10(largest + 1)))
