"""How a reply's few marks become HTML, and everything else stays text."""

import pytest

from bot.channels.webchat.marks import render


def test_paragraphs_steps_and_bold_are_set() -> None:
    assert render("**First:**\n1. Hang up.\n2. Call **110** now.\n\nKeep calm.\nBreathe.") == (
        '<p><strong>First:</strong></p><ol class="steps"><li>Hang up.</li><li>Call <strong>110</strong> now.</li></ol>'
        "<p>Keep calm.<br>Breathe.</p>"
    )


@pytest.mark.parametrize("text", ["2. Only the second", "1. One\n3. Three", "1.No space", "1984. A year"])
def test_numbers_that_are_no_steps_stay_as_they_are_written(text: str) -> None:
    assert "<ol" not in render(text)
    assert all(line in render(text) for line in text.split("\n"))


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "1. <b>x</b>", "**<i>&\"'**", "<\n\n>"])
def test_html_is_text(text: str) -> None:
    html = render(text)
    for tag in ("<p>", "</p>", "<br>", "<strong>", "</strong>", '<ol class="steps">', "</ol>", "<li>", "</li>"):
        html = html.replace(tag, "")
    assert "<" not in html
    assert ">" not in html


def test_nothing_becomes_a_link() -> None:
    assert render("see https://evil.test or 13800138000") == "<p>see https://evil.test or 13800138000</p>"


def test_stars_that_do_not_pair_are_shown() -> None:
    assert render("2 ** 3 = 8 and **bold\nnot over lines**") == "<p>2 ** 3 = 8 and **bold<br>not over lines**</p>"


def test_what_turns_the_direction_of_the_text_is_dropped() -> None:
    assert render("he wrote “\u202eexe.gnp\u2066” to me") == "<p>he wrote “exe.gnp” to me</p>"


def test_a_receipt_stands_alone_and_can_be_read_out_letter_by_letter() -> None:
    html = render("Filed.\n\nYour receipt is **K7Q2-M9RD-4TXA-7WNE**. It is shown once.")
    assert html.startswith('<p>Filed.</p><p>Your receipt is</p><p class="receipt-line">')
    assert '<strong class="receipt" id="receipt" aria-hidden="true" translate="no">K7Q2-M9RD-4TXA-7WNE</strong>' in html
    assert ">K 7 Q 2, M 9 R D, 4 T X A, 7 W N E</span>" in html
    assert html.endswith("<p>It is shown once.</p>")


def test_in_chinese_the_sentence_behind_a_receipt_begins_without_its_comma() -> None:
    html = render("回执码 **K7Q2-M9RD-4TXA-7WNE**，只显示这一次。")
    assert html.startswith("<p>回执码</p>")
    assert html.endswith("<p>只显示这一次。</p>")


def test_nothing_said_is_nothing_shown() -> None:
    assert render("  \n\n ") == ""
