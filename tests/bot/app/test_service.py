"""The whole service in real processes: it starts, answers, survives, stops, and goes on where it was."""

import subprocess
import sys

import httpx
import pytest

from bot.app.preparing import prepare
from bot.settings import Settings
from tests.bot.app.service import Service, command, running
from tests.conftest import environment

ROLES = ("citizens", "citizens-jobs", "console", "staff-jobs")


# Two starts with all the knowledge, on a machine that may be busy.
@pytest.mark.timeout(300)
def test_it_starts_on_an_empty_folder_stops_cleanly_and_starts_again_where_it_was(settings: Settings) -> None:
    with running(settings) as service:
        assert [service.health(role) for role in ROLES] == ["ok"] * 4
        assert httpx.get(settings.citizens_address, follow_redirects=True).status_code == 200
        assert httpx.get(settings.console_address, follow_redirects=True).status_code == 200
        assert any("Telegram is not joined" in line for line in service.lines)
        assert any(f"{settings.keys}/staff.key" in line for line in service.lines)
        invited = command(settings, "staff", "invite", "anna")
        assert invited.stdout.startswith(f"{settings.console_address}join/")
        assert service.stop() == 0
        assert service.lines[-1] == "Stopped."
        assert not any("Traceback" in line or "Error" in line for line in service.lines)
    assert settings.database_file.exists()
    with running(settings) as again:
        assert not any("Keys were made" in line for line in again.lines)
        assert "anna\treviewer\tinvited\n" in command(settings, "staff", "list").stdout


def test_a_killed_role_is_started_again_and_the_others_do_not_notice(settings: Settings) -> None:
    prepare(settings, may_make_keys=True)
    with running(settings, "console", "citizens-jobs") as service:
        pid = service.pid_of("console")
        service.kill_role("citizens-jobs")
        service.wait_for("citizens-jobs ended unexpectedly (Killed)")
        while not _is_well(service, "citizens-jobs"):
            assert service.process.poll() is None
        assert service.pid_of("console") == pid
        assert service.health("console") == "ok"


def test_the_citizens_side_runs_where_the_staffs_secret_key_is_not(settings: Settings) -> None:
    prepare(settings, may_make_keys=True)
    (settings.keys / "staff.key").unlink()
    with running(settings, "citizens", "citizens-jobs") as service:
        assert service.health("citizens") == "ok"
        assert httpx.get(settings.citizens_address, follow_redirects=True).status_code == 200


def test_a_missing_key_is_a_sentence_and_the_end(settings: Settings) -> None:
    done = command(settings, "run", "console")
    assert done.returncode == 1
    assert "The staff's secret key is missing" in done.stdout
    assert "fanzha keys make" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_taken_port_is_a_sentence_before_anything_is_made(settings: Settings) -> None:
    with running(settings, "citizens-jobs"):
        done = command(settings.model_copy(update={"home": settings.home.parent / "other"}), "run", "citizens-jobs")
    assert done.returncode == 1
    assert "Address already in use" in done.stderr
    assert "FANZHA_CITIZENS_JOBS_PORT" in done.stderr
    assert not (settings.home.parent / "other").exists()


def test_a_wrong_setting_ends_it_with_a_sentence(settings: Settings) -> None:
    given = {**environment(settings), "FANZHA_CONSOLE_PORT": "eighty"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", "run"], env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("fanzha: FANZHA_CONSOLE_PORT cannot be used:")
    assert "Traceback" not in done.stderr


def _is_well(service: Service, role: str) -> bool:
    try:
        return service.health(role) == "ok"
    except httpx.TransportError:
        return False
