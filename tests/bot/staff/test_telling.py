"""A telling as the console shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.tipbox import BoxedEvidence, BoxedObservable
from bot.staff.telling import defang, mark_telling, show_hidden

TEXT = "They said close the gold bar account, call 13800138000 now"
spans = st.tuples(st.integers(-3, 40), st.integers(-3, 40))


def evidence(words: str, red_flag: str | None) -> BoxedEvidence:
    start = TEXT.index(words)
    return BoxedEvidence(start, start + len(words), words, red_flag)


def test_each_red_flag_gets_a_number_in_the_order_of_the_telling_where_its_words_end() -> None:
    marked = mark_telling(
        TEXT, [evidence("call 13800138000 now", "hurry"), evidence("close the gold bar account", "close-account")], []
    )
    assert marked.red_flags == ("close-account", "hurry")
    flagged = [(piece.text, piece.flags) for piece in marked.pieces if piece.flags]
    assert flagged == [("close the gold bar account", (1,)), ("call 13800138000 now", (2,))]


def test_an_observable_inside_evidence_is_both() -> None:
    start, end = TEXT.index("138"), TEXT.index(" now")
    number = BoxedObservable("phone", "+8613800138000", "13800138000", start, end, checked=True)
    marked = mark_telling(TEXT, [evidence("call 13800138000 now", "hurry")], [number])
    assert [(piece.text, piece.is_observable, piece.flags) for piece in marked.pieces if piece.is_evidence] == [
        ("call ", False, ()),
        ("13800138000", True, ()),
        (" now", False, (1,)),
    ]


@given(st.text(alphabet="ab\n", max_size=30), st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_no_piece_is_lost_whatever_the_spans(
    text: str, evidence_at: list[tuple[int, int]], seen_at: list[tuple[int, int]]
) -> None:
    marked = mark_telling(
        text,
        [BoxedEvidence(start, end, "", "flag") for start, end in evidence_at],
        [BoxedObservable("phone", "1", "1", start, end, checked=True) for start, end in seen_at],
    )
    assert "".join(piece.text for piece in marked.pieces) == text


def test_characters_that_turn_or_hide_text_are_named() -> None:
    assert show_hidden("safe\u202egpj.exe\u200b!") == "safe⟨Right-To-Left Override⟩gpj.exe⟨Zero Width Space⟩!"


@pytest.mark.parametrize(
    ("type_", "value", "shown"),
    [
        ("link", "https://usps-redelivery.top/i", "hxxps://usps-redelivery[.]top/i"),
        ("link", "hxxps://usps-redelivery[.]top/i", "hxxps://usps-redelivery[.]top/i"),
        ("domain", "a.b.example", "a[.]b[.]example"),
        ("email", "help@bank.example", "help[@]bank[.]example"),
        ("phone", "+86 138.0013", "+86 138.0013"),
    ],
)
def test_an_address_is_shown_so_that_nobody_follows_it_by_accident(type_: str, value: str, shown: str) -> None:
    assert defang(type_, value) == shown
