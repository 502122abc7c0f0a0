"""Sums in steps, each about half as much again as the one before: near enough to look for, too coarse to know by."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from knowledge.observables import Money

_WITHIN = tuple(map(Decimal, ("1", "1.5", "2", "3", "5", "7")))
A_DECADE = len(_WITHIN)
_LOWEST, _HIGHEST = -4, 11
"""From a ten-thousandth (of a coin) to hundreds of thousands of millions; what lies beyond is the last step."""
ANY_CURRENCY = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Steps from the first to the last; the sums from `low` up to, not including, `high` are in them."""

    first: int
    last: int

    @property
    def low(self) -> Decimal:
        return _low(self.first)

    @property
    def high(self) -> Decimal:
        return _low(self.last + 1)

    @classmethod
    def over(cls, low: Decimal | None, high: Decimal | None) -> "Range":
        """The steps that hold any sum from `low` to `high`, in the main unit; None leaves that end open."""
        first = _LOWEST * A_DECADE if low is None else step_of(low)
        last = _HIGHEST * A_DECADE + A_DECADE - 1 if high is None else step_of(high)
        return cls(first, max(first, last))

    def parts(self) -> tuple[str, ...]:
        """The names of as few parts as make up the range: whole decades, and single steps at its ends."""
        found: list[str] = []
        at = self.first
        while at <= self.last:
            if at % A_DECADE == 0 and at + A_DECADE - 1 <= self.last:
                found.append(_decade(at))
                at += A_DECADE
            else:
                found.append(_single(at))
                at += 1
        return tuple(found)


def parts_with(money: Money) -> tuple[str, ...]:
    """The names of all parts a sum lies in: its step, and its decade."""
    step = step_of(money.decimal)
    return _single(step), _decade(step)


def step_of(amount: Decimal) -> int:
    """The step a sum lies in; sums of nothing, or less, lie in the lowest."""
    if amount <= 0:
        return _LOWEST * A_DECADE
    decade = min(max(amount.adjusted(), _LOWEST), _HIGHEST)
    within = bisect_right(_WITHIN, amount.scaleb(-decade)) - 1
    return decade * A_DECADE + min(max(within, 0), A_DECADE - 1)


def _low(step: int) -> Decimal:
    decade, within = divmod(step, A_DECADE)
    return _WITHIN[within].scaleb(decade)


def _single(step: int) -> str:
    return f"s{step}"


def _decade(step: int) -> str:
    return f"d{step // A_DECADE}"
