"""`fanzha chat`: a report told line by line, in a terminal and through a pipe."""

import re
from pathlib import Path

import pexpect
import pytest

from bot.settings import Settings
from tests.bot.app.service import command, typing
from tests.bot.conversation.transcripts import Transcript

TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办"
RECEIPT = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


def test_a_report_told_through_a_pipe_ends_in_a_receipt_and_a_tip(settings: Settings, tmp_path: Path) -> None:
    record = tmp_path / "talk.txt"
    told = f"{TELLING}\n打过了\n6217 0001 2345 6789 019 建行 王某某 14:05 银行转账\n提交\n"
    done = command(settings, "chat", "--language", "zh-Hans", "--record", str(record), told=told)
    assert done.returncode == 0, done.stderr
    assert RECEIPT.search(done.stdout)
    assert "**" not in done.stdout
    assert "[1] 打过了" in done.stdout
    assert re.search(r"^\[a\] \S+  \[b\] ", done.stdout, re.MULTILINE)
    listed = command(settings, "tips", "list")
    assert len(listed.stdout.splitlines()) == 1
    assert "cheated" in listed.stdout

    transcript = Transcript.read(record.read_text(encoding="utf-8"))
    assert transcript.settings["language"] == "zh-Hans"
    assert [exchange.moves for exchange in transcript.exchanges] == [
        [TELLING],
        ["[打过了]"],
        ["6217 0001 2345 6789 019 建行 王某某 14:05 银行转账"],
        ["[提交]"],
    ]
    assert record.stat().st_mode & 0o777 == 0o600


def test_at_the_end_of_input_nothing_is_filed_and_bad_bytes_are_no_crash(settings: Settings) -> None:
    done = command(settings, "chat", told=b"\xff\xfe\x00 they said \x1b[2J my parcel is held\n\n\n")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert command(settings, "tips", "list").stdout == ""


def test_a_named_conversation_is_there_again_and_a_new_one_knows_nothing_of_it(settings: Settings) -> None:
    first = command(settings, "chat", "--conversation", "mine", "--language", "en", told="I was cheated\n")
    again = command(settings, "chat", "--conversation", "mine", "--language", "en", told="")
    other = command(settings, "chat", "--language", "en", told="")
    last_screen = first.stdout.strip().split("\n\n")[-1]
    assert again.stdout.strip().endswith(last_screen)
    assert not other.stdout.strip().endswith(last_screen)


def test_a_transcript_is_not_written_over_another_file(settings: Settings, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("kept", encoding="utf-8")
    done = command(settings, "chat", "--record", str(precious), told="")
    assert done.returncode == 2
    assert "Cannot record to" in done.stderr
    assert precious.read_text(encoding="utf-8") == "kept"


def test_a_language_nobody_speaks_here_is_refused(settings: Settings) -> None:
    done = command(settings, "chat", "--language", "fr")
    assert done.returncode == 2
    assert "en, zh-Hans, zh-Hant" in done.stderr


@pytest.mark.parametrize("leave", ["\x04", "\x03"])
def test_a_person_leaves_with_the_end_of_input_or_ctrl_c(settings: Settings, leave: str) -> None:
    with typing(settings, "chat", "--language", "en") as terminal:
        terminal.expect_exact("[1] I was cheated")
        terminal.expect_exact("> ")
        terminal.send(leave)
        # A Ctrl-C that comes before the line editor listens is lost: a person presses it again, and so do we.
        while terminal.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=5):
            terminal.send(leave)
    assert "Traceback" not in (terminal.before or "")
    assert (terminal.exitstatus, terminal.signalstatus) == (0, None)
