"""The terminal: what a line means, what is shown, what is written down."""

from io import BytesIO

import pytest

from bot.channels.terminal import Shown, Transcript, always, choices, harmless, read_lines, spans
from bot.conversation.events import MAX_TEXT, Button, Pressed, Reply, Said, TooLong
from bot.services.exchange import Screen
from bot.services.history import History
from knowledge.language import Language

SUBMIT, CHANGE = Button("submit", "提交"), Button("change", "Change")
MONEY, DANGER = Button("money", "Money has left"), Button("danger", "Someone is in danger")
SHOWN = Shown((SUBMIT, CHANGE), (MONEY, DANGER), turn=7)


@pytest.mark.parametrize("line", ["1", " 1 ", "１", "[1]", "提交", "[提交]"])
def test_a_button_is_pressed_by_its_number_or_its_label(line: str) -> None:
    assert SHOWN.event(line) == Pressed("submit", 7)


@pytest.mark.parametrize("line", ["a", "A", "[a]", "money has left", "MONEY HAS LEFT"])
def test_a_standing_button_is_pressed_by_its_letter_or_its_label(line: str) -> None:
    assert SHOWN.event(line) == Pressed("money", 7)


@pytest.mark.parametrize("line", ["3", "0", "c", "1 2", "change it", "¹²", "我转了1万"])
def test_everything_else_is_said(line: str) -> None:
    assert SHOWN.event(line) == Said(line)


def test_with_nothing_to_press_a_number_is_said() -> None:
    assert Shown().event("1") == Said("1")


def test_a_line_over_the_limit_is_not_passed_on() -> None:
    assert SHOWN.event("x" * MAX_TEXT) == Said("x" * MAX_TEXT)
    assert SHOWN.event("x" * (MAX_TEXT + 1)) == TooLong(MAX_TEXT + 1)


def test_bold_is_told_apart_and_its_stars_are_gone() -> None:
    pieces = [(span.text, span.is_bold) for span in spans("Call **110** now, **two\nlines**.")]
    assert [piece for piece in pieces if piece[0]] == [
        ("Call ", False),
        ("110", True),
        (" now, ", False),
        ("two\nlines", True),
        (".", False),
    ]


def test_quoted_words_cannot_command_the_terminal() -> None:
    assert harmless("a\x1b[2Jb\x07\u202ec\u2066\r\nd\x9b1me\ud800") == "a[2Jbc\nd1me"


def test_buttons_are_numbered_and_the_standing_ones_lettered_on_one_line() -> None:
    assert choices([SUBMIT, CHANGE]) == "[1] 提交\n[2] Change"
    assert always([MONEY, DANGER]) == "[a] Money has left  [b] Someone is in danger"


def test_lines_are_read_as_utf8_whatever_ends_them() -> None:
    stream = BytesIO("\ufeff我被骗了\r\nsecond\n\nlast".encode())
    assert list(read_lines(stream)) == ["我被骗了", "second", "", "last"]


def test_bad_bytes_are_replaced_and_what_follows_is_read() -> None:
    assert list(read_lines(BytesIO(b"\xff\xfe bad\ngood\n"))) == ["\ufffd\ufffd bad", "good"]


def test_a_megabyte_on_one_line_is_one_line_too_long_and_not_kept_whole() -> None:
    long, after = read_lines(BytesIO("骗".encode() * 1_000_000 + b"\nafter\n"))
    assert MAX_TEXT < len(long) < 10 * MAX_TEXT
    assert isinstance(SHOWN.event(long), TooLong)
    assert after == "after"


def test_a_line_of_exactly_the_limit_in_any_script_is_whole() -> None:
    line = "𠮷" * MAX_TEXT  # four bytes each
    assert list(read_lines(BytesIO(f"{line}\n".encode()))) == [line]


def test_a_transcript_tells_what_was_said_what_was_pressed_and_what_was_answered() -> None:
    transcript = Transcript()
    opening = Screen((Reply("Tell me."),), (), Language.ZH_HANS, 0, History())
    transcript.begin(opening, "zh-CN")
    transcript.heard("I paid 300", None)
    transcript.told([Reply("**Noted.**", (SUBMIT, CHANGE)), Reply("More?\n\n1. Yes")])
    transcript.heard("1", SUBMIT)
    assert str(transcript) == (
        "# language: zh-Hans\n# hint: zh-CN\n\n> I paid 300\n\n"
        "**Noted.**\n[提交] [Change]\n\nMore?\n\n1. Yes\n\n> [提交]\n"
    )
