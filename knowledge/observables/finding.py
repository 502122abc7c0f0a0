"""What a finder hands on: a fact with its place in the plain text, and how it ranks where two finds overlap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from knowledge.observables.observable import Money, ObservableType


class Rank(IntEnum):
    """Which of two overlapping finds stays: the higher. What has a fixed shape or a word before it outranks digits."""

    VOCABULARY = 1
    MOMENT = 2
    AMOUNT = 3
    HANDLE = 4
    ACCOUNT = 5
    PHONE = 6
    NAMED_ACCOUNT = 7  # "帳號 0912345678" is an account, though it could be a phone number
    NAMED_PHONE = 8
    NAMED_HANDLE = 9  # "QQ 91234567", "t.me/x"
    DOMAIN = 10
    IBAN = 11
    EMAIL = 12
    LINK = 13
    LINKED_HANDLE = 14  # "https://t.me/x" names an account, not a place to be opened
    TRANSACTION = 15
    WALLET = 16


@dataclass(frozen=True, slots=True)
class Find:
    """An observable-to-be; `start` and `end` count characters of the text the finder was given."""

    type: ObservableType
    value: str
    start: int
    end: int
    rank: Rank
    checked: bool
    money: Money | None = None
    moment: datetime | None = None


def without_overlaps(finds: Iterable[Find]) -> tuple[Find, ...]:
    """The finds that stay, in order of place: by rank first, then the longer, then the earlier."""
    taken: set[int] = set()
    kept: list[Find] = []
    for find in sorted(finds, key=lambda find: (-find.rank, find.start - find.end, find.start, find.value)):
        places = range(find.start, find.end)
        if find.start < find.end and taken.isdisjoint(places):
            taken.update(places)
            kept.append(find)
    return tuple(sorted(kept, key=lambda find: find.start))
