"""Folding messages: Chinese between characters, English between words, marks where they belong."""

import pytest

from bot.channels.folding import columns, fold
from bot.channels.terminal import Span, spans


def folded(text: str, width: int) -> list[str]:
    return ["".join(span.text for span in line) for line in fold(spans(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 4, ["one", "two"]),
        ("钱转出去了", 6, ["钱转出", "去了"]),
        ("打给自己，的银行", 8, ["打给自", "己，的银", "行"]),
        ("说「请马上」", 4, ["说", "「请", "马", "上」"]),
        ("打 165 吧", 6, ["打 165", "吧"]),
        ("a\n\nb", 9, ["a", "", "b"]),
        ("unbreakable", 4, ["unbreakable"]),
        ("", 9, [""]),
    ],
)
def test_a_message_is_folded_where_a_reader_would(text: str, width: int, lines: list[str]) -> None:
    assert folded(text, width) == lines


def test_what_is_bold_stays_bold_over_a_fold() -> None:
    assert list(fold(spans("a **bold word** b"), 6)) == [
        (Span("a "), Span("bold", is_bold=True)),
        (Span("word", is_bold=True), Span(" b")),
    ]


def test_no_line_is_wider_than_asked() -> None:
    text = "2. 打 **165**（反诈骗专线），说：「我被诈骗，刚汇了款」。Then call your own bank, 卡背面的号码。" * 3
    for width in range(8, 60):
        for line in fold(spans(text), width):
            assert columns((sign, False) for span in line for sign in span.text) <= width
