"""Which column a slot has."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.slots import SLOTS, Lookup

_SLOT = st.integers(min_value=0, max_value=SLOTS - 1)


@given(st.lists(_SLOT, unique=True), st.lists(_SLOT))
def test_a_slot_has_the_column_it_was_given_and_any_other_has_none(taken: list[int], others: list[int]) -> None:
    lookup = Lookup.of(np.array(taken, np.int32))

    asked = [*others, *taken, SLOTS - 1, 0]

    expected = [taken.index(slot) if slot in taken else -1 for slot in asked]
    assert lookup.find(np.array(asked, np.int32)).tolist() == expected


@given(st.lists(_SLOT, unique=True))
def test_the_slots_come_back_in_the_order_of_their_columns(taken: list[int]) -> None:
    assert Lookup.of(np.array(taken, np.int32)).slots().tolist() == taken
