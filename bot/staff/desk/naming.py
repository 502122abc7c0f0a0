"""Which known scam a tip is confirmed as: a few to choose from, and any other by its id or a part of its name."""

from knowledge.catalogue import Catalogue
from storage import daybook
from storage.database import Transaction
from storage.tips import Tip

OFFERED = 3
FOUND = 5


def candidates(t: Transaction, tip: Tip, catalogue: Catalogue) -> tuple[str, ...]:
    """What the matcher found, then what staff confirmed most often where it found the same: no tip is opened for it."""
    found = () if tip.pattern is None else (tip.pattern,)
    often = daybook.confirmed_as(t, pattern=tip.pattern, kind=tip.kind, limit=OFFERED)
    return tuple(name for name in dict.fromkeys((*found, *often)) if name in catalogue)[:OFFERED]


def find_patterns(catalogue: Catalogue, asked: str) -> tuple[str, ...]:
    """The pattern with that id or name; else at most FOUND whose id, or name in any language, holds it."""
    wanted = " ".join(asked.casefold().split())
    if not wanted:
        return ()
    names = {pattern.id: (pattern.id, *(name.casefold() for name in pattern.name.values())) for pattern in catalogue}
    exact = tuple(one for one, known in names.items() if wanted in known)
    return exact or tuple(one for one, known in names.items() if any(wanted in name for name in known))[:FOUND]
