"""What was erased, listed beside the database and not in it, so that a copy of before brings nothing back.

The list holds the ids of tips alone, each with the moment it was erased and whether its reporter had withdrawn it:
nothing of anybody's.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import col, select

from storage import tables
from storage.database import Transaction
from storage.tips import TipState
from storage.withdrawals import erase_content, withdraw

LIST_FILE = "erased.list"


@dataclass(frozen=True, slots=True)
class Erasure:
    tip: str
    at: datetime
    is_withdrawn: bool

    def __str__(self) -> str:
        return f"{self.tip} {self.at.astimezone(UTC).isoformat()} {'withdrawn' if self.is_withdrawn else 'over'}"

    @classmethod
    def parse(cls, line: str) -> "Erasure | None":
        """None for a line that is none: the last one may be half written."""
        parts = line.split()
        try:
            return cls(parts[0], datetime.fromisoformat(parts[1]), parts[2] == "withdrawn") if len(parts) == 3 else None
        except ValueError:
            return None


def since(t: Transaction, moment: datetime | None) -> tuple[Erasure, ...]:
    """Tips erased at `moment` or later, the earliest first; all of them for None."""
    row = tables.Tip
    asked = select(row).where(col(row.erased_at).is_not(None)).order_by(col(row.erased_at), col(row.id))
    if moment is not None:
        asked = asked.where(col(row.erased_at) >= moment)
    return tuple(
        Erasure(tip.id, tip.erased_at, tip.state == TipState.WITHDRAWN)
        for tip in t.session.exec(asked)
        if tip.erased_at is not None
    )


def read(path: Path) -> tuple[Erasure, ...]:
    """The list, in its order; empty where there is none yet."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(found for line in lines if (found := Erasure.parse(line)) is not None)


def note(path: Path, erased: Iterable[Erasure]) -> int:
    """Adds those the list has not yet, on disk when it returns; how many."""
    known = {erasure.tip for erasure in read(path)}
    new = [erasure for erasure in erased if erasure.tip not in known]
    if new:
        with path.open("a", encoding="utf-8") as file:
            # What was half written before is ended, so that it spoils nothing that follows.
            file.write("".join(f"\n{erasure}" for erasure in new) + "\n")
            file.flush()
            os.fsync(file.fileno())
    return len(new)


def erase_again(t: Transaction, listed: Iterable[Erasure], *, now: datetime) -> int:
    """Erases what the list names and the database still holds; how many."""
    found = 0
    for erasure in listed:
        tip = t.session.get(tables.Tip, erasure.tip)
        if tip is None or tip.erased_at is not None:
            continue
        if erasure.is_withdrawn and tip.state != TipState.ERASED:
            withdraw(t, erasure.tip, now=now)
        erase_content(t, erasure.tip, now=now)
        found += 1
    return found
