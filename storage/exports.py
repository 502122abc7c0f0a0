"""Which tips an export takes, and their content, a part at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from storage import tables
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Chosen:
    """Tips in one of `states` that were filed from `since` on and before `until`, and are not erased."""

    states: tuple[str, ...]
    since: datetime
    until: datetime


def count(t: Transaction, chosen: Chosen) -> int:
    return t.session.exec(select(func.count()).select_from(tables.Tip).where(*_fits(chosen))).one()


def ids(t: Transaction, chosen: Chosen) -> tuple[str, ...]:
    """Their ids, the earliest filed first."""
    row = tables.Tip
    return tuple(t.session.exec(select(row.id).where(*_fits(chosen)).order_by(col(row.filed_at), col(row.id))))


def still_there(t: Transaction, tips: Sequence[str]) -> tuple[str, ...]:
    """Those of the tips that hold content now, in the same order."""
    row = tables.Tip
    kept = select(row.id).where(col(row.id).in_(tips), col(row.erased_at).is_(None), col(row.withdrawn_at).is_(None))
    found = set(t.session.exec(kept))
    return tuple(tip for tip in tips if tip in found)


def _fits(chosen: Chosen) -> tuple[ColumnElement[bool], ...]:
    row = tables.Tip
    return (
        col(row.state).in_(chosen.states),
        col(row.filed_at) >= chosen.since,
        col(row.filed_at) < chosen.until,
        col(row.erased_at).is_(None),
        col(row.withdrawn_at).is_(None),
    )
