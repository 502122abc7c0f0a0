"""Staff from the command line: invited, listed, reset; and a tip opened by one of them, which is written down."""

import asyncio

import pexpect
import pytest

from bot.app.parts import Staff, open_staff
from bot.app.preparing import prepare
from bot.services.tipbox import TipBox
from bot.settings import Settings
from storage import audit, tips
from tests.bot.app.service import command, typing
from tests.bot.commands.staffed import PASSPHRASE, code, enrol

TELLING = "他们说是京东客服 \x1b[2J要我转账"


@pytest.fixture
def installed(settings: Settings) -> Settings:
    prepare(settings, may_make_keys=True)
    return settings


def test_an_invitation_is_a_link_to_the_console_and_a_name_is_taken_once(installed: Settings) -> None:
    invited = command(installed, "staff", "invite", "anna", "--role", "supervisor")
    assert invited.stdout.startswith(f"{installed.console_address}join/")
    assert command(installed, "staff", "list").stdout == "anna\tsupervisor\tinvited\n"
    again = command(installed, "staff", "invite", "anna")
    assert (again.returncode, again.stdout) == (1, "")
    assert "fanzha staff reset" in again.stderr
    reset = command(installed, "staff", "reset", "anna")
    assert reset.stdout.startswith(f"{installed.console_address}join/")
    assert reset.stdout != invited.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("invite", "an na"), 1, "A name has 1 to 40"),
        (("invite", "anna", "--role", "king"), 2, "it is one of reviewer"),
        (("reset", "nobody"), 1, "There is no account nobody."),
    ],
)
def test_what_cannot_be_is_a_sentence(
    installed: Settings, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    done = command(installed, "staff", *arguments)
    assert done.returncode == code
    assert sentence in done.stderr


def test_a_tip_is_opened_after_passphrase_and_code_and_the_audit_log_keeps_who_did(installed: Settings) -> None:
    with open_staff(installed) as parts:
        tip = _file(parts)
        secret = asyncio.run(enrol(parts, "anna"))
    listed = command(installed, "tips", "list").stdout
    assert listed.startswith(f"{tip}\t")
    assert "京东" not in listed

    with typing(installed, "tips", "show", tip, "--as", "anna") as terminal:
        terminal.expect_exact("Passphrase")
        terminal.sendline(PASSPHRASE)
        terminal.expect_exact("One-time code")
        terminal.sendline(code(secret))
        terminal.expect_exact("京东客服 [2J要我转账")
        terminal.expect(pexpect.EOF)
    with open_staff(installed) as parts:
        acts = parts.database.read_now(lambda t: audit.list_entries(t, subject=tip))
    assert [(entry.actor, entry.act) for entry in acts] == [("anna", "open-tip")]


def test_a_wrong_code_opens_nothing(installed: Settings) -> None:
    with open_staff(installed) as parts:
        tip = _file(parts)
        asyncio.run(enrol(parts, "anna"))
    done = command(installed, "tips", "show", tip, "--as", "anna", told=f"{PASSPHRASE}\n000000\n")
    assert done.returncode == 1
    assert "don't fit together" in done.stderr
    assert "京东" not in done.stdout + done.stderr


def _file(parts: Staff) -> str:
    box = TipBox(telling=(TELLING,), language="zh-Hans", kind="cheated")
    new = tips.NewTip(
        kind="cheated",
        dangers=(),
        urgency=1,
        likeness="unknown",
        pattern=None,
        language="zh-Hans",
        country=None,
        versions={},
        sealed=parts.key.public.seal(box.to_bytes()),
        filed_at=parts.clock(),
        receipt_hash=None,
        receipt_public=None,
        receipt_parameters=None,
    )
    return parts.database.write_now(lambda t: tips.file(t, new, random=parts.random))
