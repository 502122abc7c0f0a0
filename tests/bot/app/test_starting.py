"""Before the start: who is started, with what, and what is said."""

import pytest
from pydantic import SecretStr

from bot.app.faults import Fault
from bot.app.roles import Role
from bot.app.starting import announce, environment_of, roles_to_run, unknown_variables
from bot.settings import Settings

SECRETS = {
    "FANZHA_STAFF_PASSPHRASE": "p",
    "FANZHA_STAFF_PASSPHRASE_FILE": "f",
    "FANZHA_STAFF_KEYS": "k",
    "FANZHA_DESK_TOKEN": "d",
    "FANZHA_DESK_KEYS": "e",
    "FANZHA_CITIZENS_TOKEN": "t",
    "FANZHA_WEBHOOK_SECRET": "w",
}
CITIZENS_SECRETS = {"FANZHA_CITIZENS_TOKEN": "t", "FANZHA_WEBHOOK_SECRET": "w"}


def test_without_a_name_every_role_that_can_run_is_run_and_a_name_twice_is_one() -> None:
    assert roles_to_run((), Settings()) == (Role.CITIZENS, Role.CITIZENS_JOBS, Role.CONSOLE, Role.STAFF_JOBS)
    assert roles_to_run((), Settings(desk_token=SecretStr("1:a"))) == tuple(Role)
    assert roles_to_run((Role.CONSOLE, Role.CONSOLE), Settings()) == (Role.CONSOLE,)


def test_a_desk_without_a_bot_cannot_be_started_and_the_setting_is_named() -> None:
    with pytest.raises(Fault, match="FANZHA_DESK_TOKEN is not set"):
        roles_to_run((Role.DESK,), Settings())


@pytest.mark.parametrize("role", [Role.CITIZENS, Role.CITIZENS_JOBS])
def test_the_public_side_is_not_handed_the_staffs_secrets(role: Role) -> None:
    assert environment_of(role, {"PATH": "/bin", **SECRETS}) == {"PATH": "/bin", **CITIZENS_SECRETS}


@pytest.mark.parametrize("role", [Role.CONSOLE, Role.STAFF_JOBS])
def test_the_staffs_side_is_not_handed_the_citizens_token(role: Role) -> None:
    assert environment_of(role, SECRETS).keys() == SECRETS.keys() - CITIZENS_SECRETS.keys() - {"FANZHA_DESK_TOKEN"}


def test_the_desk_is_not_handed_what_opens_the_staffs_key() -> None:
    assert environment_of(Role.DESK, SECRETS) == {
        "FANZHA_DESK_TOKEN": "d",
        "FANZHA_DESK_KEYS": "e",
        "FANZHA_STAFF_KEYS": "k",
    }


def test_a_misspelt_setting_is_named() -> None:
    told = {"FANZHA_CITIZEN_PORT": "80", "FANZHA_CITIZENS_PORT": "80", "FANZHA_TESTS_NO_SKIP": "1", "PATH": "/bin"}
    assert unknown_variables(told) == ("FANZHA_CITIZEN_PORT is no setting of this release; it is not used.",)


def test_what_is_said_at_the_start_is_what_runs() -> None:
    link = "http://localhost:8081/join/x"
    said = announce(Settings(), roles_to_run((), Settings()), ("Sign in:", link), ("Back up the key.",))
    assert any("http://127.0.0.1:8080/" in line for line in said)
    assert any("http://localhost:8081/" in line for line in said)
    assert said.index("  Sign in:") + 1 == said.index(f"  {link}") < said.index("  Back up the key.")
    assert [line.split(":")[0].strip() for line in said if "Telegram" in line] == [
        "Telegram is not joined",
        "The desk, staff's Telegram, is off",
    ]
    both = Settings(citizens_token=SecretStr("110:abc"), desk_token=SecretStr("111:def"))
    joined = announce(both, roles_to_run((), both), (), ())
    assert [line for line in joined if "Telegram" in line] == [
        "  Telegram, for citizens    updates are asked for",
        "  Telegram, for staff       bound by a code from http://localhost:8081/account",
    ]
    assert not any("110:abc" in line or "111:def" in line for line in joined)
    only_jobs = announce(Settings(), (Role.STAFF_JOBS,), (), ())
    assert not any("http" in line for line in only_jobs)
