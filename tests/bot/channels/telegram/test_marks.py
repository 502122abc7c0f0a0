"""The bot's few marks in Telegram's HTML, cut to what fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.marks import LONGEST, plain, render
from tests.fakes.telegram_html import read_html, units

SENTENCE = "他说要我先交钱，不然就不给我退款。"


def test_bold_is_bold_and_a_receipt_can_be_copied_with_a_tap() -> None:
    assert render("**先做**：回执 **K7Q2-M9RD-4TXA-7WNE**。") == (
        "<b>先做</b>：回执 <code>K7Q2-M9RD-4TXA-7WNE</code>。",
    )


def test_all_else_is_text() -> None:
    (shown,) = render("<b onclick='x'>&amp;</b> ** a ** `x` [a](b) \u202egnp\u202c\x00")
    assert read_html(shown) == ("<b onclick='x'>&amp;</b> ** a ** `x` [a](b) gnp", ())


def test_what_is_too_long_is_cut_at_the_end_of_a_sentence() -> None:
    pieces = plain(SENTENCE * 600)
    assert len(pieces) > 1
    assert all(piece.endswith("。") for piece in pieces)
    assert "".join(pieces) == SENTENCE * 600


def test_a_paragraph_is_kept_whole_where_it_can_be() -> None:
    first, second = "a" * 3000, "b. " * 900
    assert plain(f"{first}\n\n{second}") == (first, second.strip())


def test_bold_that_is_cut_stays_bold_on_both_sides() -> None:
    pieces = render(f"**{SENTENCE * 300}**")
    assert all(piece.startswith("<b>") and piece.endswith("</b>") for piece in pieces)


@pytest.mark.parametrize("sign", ["字", "a", "😀", "&"])
def test_what_has_no_end_at_all_is_cut_all_the_same(sign: str) -> None:
    pieces = render(sign * 9000)
    assert "".join(read_html(piece)[0] for piece in pieces) == sign * 9000
    assert all(units(read_html(piece)[0]) <= LONGEST for piece in pieces)


def test_nothing_is_no_message() -> None:
    assert render(" \n\u202e") == ()


@given(st.lists(st.sampled_from(["**", "a", "。", ". ", "\n\n", "<", "😀", "字" * 1500, " "]), max_size=30))
def test_every_piece_is_valid_fits_and_nothing_is_lost(parts: list[str]) -> None:
    pieces = render("".join(parts))
    shown = [read_html(piece)[0] for piece in pieces]
    assert all(text.strip() and units(text) <= LONGEST for text in shown)
    assert tuple(text for text in shown) == plain("".join(parts))
    kept = "".join("".join(shown).split()).replace("*", "")
    assert kept == "".join("".join(parts).split()).replace("*", "")
