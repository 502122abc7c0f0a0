"""How much waits, by closed names: for whoever watches the service. It stays quick however much was done before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from storage import audit, sessions, tables
from storage.database import Transaction
from storage.outbox import OutboxState
from storage.tips import OPEN_STATES
from storage.work import WorkState


@dataclass(frozen=True, slots=True)
class CitizensBacklog:
    """`late`: by how many seconds the first message that is due in each channel is overdue; 0 where none is."""

    sessions: int
    messages: Mapping[str, int]
    late: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class StaffBacklog:
    """`tips` by state, those that are open; `work` by kind and state, what is not done; audit entries to be chained."""

    tips: Mapping[str, int]
    work: Mapping[tuple[str, str], int]
    unchained: int


def of_citizens(t: Transaction, *, channels: Collection[str], now: datetime) -> CitizensBacklog:
    """`channels` are those that write to people: elsewhere a message waits until somebody comes for it."""
    row = tables.Outbox
    waits = select(row.channel, func.count(), func.min(row.not_before)).where(
        col(row.state) == OutboxState.PENDING, col(row.channel).in_(channels)
    )
    found = {channel: (count, first) for channel, count, first in t.session.exec(waits.group_by(row.channel))}
    messages, late = dict.fromkeys(channels, 0), dict.fromkeys(channels, 0.0)
    for channel, (count, first) in found.items():
        messages[channel] = count
        late[channel] = max((now - first).total_seconds(), 0.0)
    return CitizensBacklog(sessions.count(t), messages, late)


def of_staff(t: Transaction) -> StaffBacklog:
    tip, task = tables.Tip, tables.Work
    open_tips = t.session.exec(
        select(tip.state, func.count()).where(col(tip.state).in_(OPEN_STATES)).group_by(tip.state)
    )
    undone = t.session.exec(
        select(task.kind, task.state, func.count())
        .where(col(task.state).in_([WorkState.WAITING, WorkState.DEAD]))
        .group_by(task.kind, task.state)
    )
    return StaffBacklog(
        tips={**dict.fromkeys(sorted(OPEN_STATES), 0), **dict(open_tips.all())},
        work={(kind, state): count for kind, state, count in undone},
        unchained=audit.unchained_count(t),
    )
