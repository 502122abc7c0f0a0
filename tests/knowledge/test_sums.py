"""Sums in steps."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.observables import Money
from knowledge.sums import Range, parts_with, step_of

amounts = st.decimals(min_value=0, max_value=10**12, places=2)


@given(amounts, amounts, amounts)
def test_a_sum_within_a_range_shares_a_part_with_it(low: Decimal, sum_: Decimal, high: Decimal) -> None:
    low, sum_, high = sorted((low, sum_, high))
    assert set(parts_with(Money(int(sum_ * 100), "CNY"))) & set(Range.over(low, high).parts())


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.decimals(min_value=2, max_value=100, places=1))
def test_a_sum_well_outside_shares_none(sum_: Decimal, far: Decimal) -> None:
    sum_ += 1
    assert not set(parts_with(Money(int(sum_ * 100), "CNY"))) & set(Range.over(sum_ * far * 2, None).parts())
    assert not set(parts_with(Money(int(sum_ * far * 200), "CNY"))) & set(Range.over(None, sum_).parts())


@pytest.mark.parametrize(
    ("amount", "low", "high"), [("48000", "30000", "50000"), ("0.5", "0.5", "0.7"), ("1", "1", "1.5")]
)
def test_a_step_is_about_half_as_much_again(amount: str, low: str, high: str) -> None:
    step = Range.over(Decimal(amount), Decimal(amount))
    assert (step.low, step.high) == (Decimal(low), Decimal(high))


def test_a_wide_range_has_few_parts() -> None:
    assert len(Range.over(None, None).parts()) == 16
    assert Range.over(Decimal(1500), Decimal(1_200_000)).parts() == (
        *(f"s{3 * 6 + step}" for step in range(1, 6)),
        "d4",
        "d5",
        "s36",
    )


def test_what_is_out_of_all_bounds_lies_in_the_last_step() -> None:
    assert step_of(Decimal(0)) == step_of(Decimal(-5)) == step_of(Decimal("0.00001"))
    assert step_of(Decimal(10**15)) == Range.over(None, None).last
