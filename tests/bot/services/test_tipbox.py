"""What a filed report holds under the staff's seal."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.tipbox import BoxedEvidence, BoxedMatch, BoxedObservable, TipBox, UnreadableTipBox

words = st.text(max_size=30)
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)).map(  # noqa: DTZ001 # made aware
    lambda moment: moment.replace(tzinfo=UTC)
)
observables = st.builds(
    BoxedObservable,
    type=words,
    value=words,
    text=words.filter(bool),
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    checked=st.booleans(),
    money=st.none() | st.tuples(st.integers(), words),
    moment=st.none() | moments,
)
evidence = st.builds(BoxedEvidence, st.integers(0, 99), st.integers(0, 99), words, st.none() | words)
boxes = st.builds(
    TipBox,
    telling=st.lists(words, max_size=4).map(tuple),
    language=words.filter(bool),
    kind=words.filter(bool),
    country=st.none() | words,
    dangers=st.lists(words, max_size=3).map(tuple),
    answers=st.dictionaries(words, words, max_size=3),
    observables=st.lists(observables, max_size=3).map(tuple),
    likeness=words.filter(bool),
    matches=st.lists(
        st.builds(
            BoxedMatch,
            words,
            st.floats(0, 1),
            st.lists(evidence, max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    contact=st.none() | words,
    notify=st.booleans(),
)


@given(boxes)
def test_a_tip_box_comes_out_as_it_went_in(box: TipBox) -> None:
    assert TipBox.from_bytes(box.to_bytes()) == box


def test_offsets_count_in_the_lines_joined_by_line_feeds() -> None:
    box = TipBox(telling=("first", "second"), language="en", kind="cheated")
    assert box.text[6:12] == "second"


def test_fields_of_a_later_version_are_passed_over_and_those_of_an_older_one_may_be_missing() -> None:
    later = json.loads(TipBox(telling=("hello",), language="en", kind="held").to_bytes())
    later |= {"version": 7, "voice": {"seconds": 3}}
    box = TipBox.from_bytes(json.dumps(later).encode())
    assert (box.telling, box.kind, box.version) == (("hello",), "held", 7)

    older = TipBox.from_bytes(b'{"telling":["hi"],"kind":"check"}')
    assert (older.telling, older.kind, older.matches, older.notify) == (("hi",), "check", (), False)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'"x"', b'{"telling":5}', b'{"observables":[{}]}'])
def test_what_is_no_tip_box_is_named_so(content: bytes) -> None:
    with pytest.raises(UnreadableTipBox):
        TipBox.from_bytes(content)
