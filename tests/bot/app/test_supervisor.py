"""The supervisor, over small children of its kind: started, heard, started again, stopped."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.app.roles import Role
from bot.app.supervisor import LONGEST_PAUSE, Supervisor, pause_after

WAITS = "print('@ready', flush=True); sys.stdin.read()"


class Watched:
    """A supervisor over one script, and what it says. The script sees `place`, a folder of the test's own."""

    def __init__(self, script: str, *, roles: tuple[Role, ...] = (Role.CONSOLE,), place: Path) -> None:
        self.lines: list[str] = []
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.is_ready = asyncio.Event()
        self.times_ready = 0
        self.notices: list[str] = []
        program = f"import os, pathlib, sys; place = pathlib.Path({str(place)!r}); role = sys.argv[1]\n{script}"
        self.supervisor = Supervisor(
            roles,
            command=(sys.executable, "-c", program),
            environment=lambda role: {"ROLE": role},
            say=self._note,
            when_ready=self._note_ready,
            pause_after=lambda _crashes: 0.0,
        )

    def _note(self, line: str) -> None:
        self.lines.append(line)
        self.heard.put_nowait(line)

    def _note_ready(self, notices: Sequence[str]) -> None:
        self.times_ready += 1
        self.notices = list(notices)
        self.is_ready.set()


async def test_a_child_is_passed_on_line_by_line_under_its_role(tmp_path: Path) -> None:
    watched = Watched("print('你好', flush=True); print('two', file=sys.stderr, flush=True);" + WAITS, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    await watched.is_ready.wait()
    watched.supervisor.stop()
    assert await running == 0
    assert watched.lines == ["console       | 你好", "console       | two"]


async def test_a_child_has_the_environment_of_its_role_and_nothing_else(tmp_path: Path) -> None:
    roles = (Role.CONSOLE, Role.CITIZENS)
    watched = Watched("print(os.environ.get('ROLE'), 'PATH' in os.environ);" + WAITS, roles=roles, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    await watched.is_ready.wait()
    watched.supervisor.stop()
    assert await running == 0
    assert sorted(watched.lines) == ["citizens      | citizens False", "console       | console False"]


async def test_it_is_ready_when_all_are_and_says_so_once(tmp_path: Path) -> None:
    roles = (Role.CONSOLE, Role.STAFF_JOBS)
    # The second crashes once after it was ready, and is ready again.
    script = (
        """
if role == "staff-jobs" and not (place / "crashed").exists():
    (place / "crashed").touch()
    print("@ready", flush=True)
    sys.exit(1)
"""
        + WAITS
    )
    watched = Watched(script, roles=roles, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    while "started again" not in await watched.heard.get():
        pass
    await watched.is_ready.wait()
    watched.supervisor.stop()
    assert await running == 0
    assert watched.times_ready == 1


async def test_what_a_role_has_to_tell_is_kept_until_all_are_ready(tmp_path: Path) -> None:
    watched = Watched("print('@notice Sign in here', flush=True);" + WAITS, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    await watched.is_ready.wait()
    watched.supervisor.stop()
    assert await running == 0
    assert watched.notices == ["Sign in here"]
    assert watched.lines == []


async def test_what_a_role_started_again_has_to_tell_is_said_at_once(tmp_path: Path) -> None:
    script = (
        """
if (place / "crashed").exists():
    print("@notice Sign in there", flush=True)
else:
    (place / "crashed").touch()
    print("@ready", flush=True)
    sys.exit(1)
"""
        + WAITS
    )
    watched = Watched(script, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    while "Sign in there" not in await watched.heard.get():
        pass
    watched.supervisor.stop()
    assert await running == 0
    assert watched.lines[-1] == "console       | Sign in there"


async def test_a_crashed_child_is_started_again(tmp_path: Path) -> None:
    script = (
        """
count = len(list(place.iterdir()))
(place / str(count)).touch()
if count == 0:
    os.kill(os.getpid(), 9)
if count == 1:
    sys.exit(1)
"""
        + WAITS
    )
    watched = Watched(script, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    await watched.is_ready.wait()
    watched.supervisor.stop()
    assert await running == 0
    assert watched.lines == [
        "console ended unexpectedly (Killed); it is started again in 0 s.",
        "console ended unexpectedly (exit code 1); it is started again in 0 s.",
    ]


@pytest.mark.parametrize("code", [2, 78])
async def test_a_child_that_needs_a_person_ends_the_whole(tmp_path: Path, code: int) -> None:
    script = f"if role == 'console': print('no key'); sys.exit({code})\n" + WAITS
    watched = Watched(script, roles=(Role.CITIZENS, Role.CONSOLE), place=tmp_path)
    assert await watched.supervisor.run() == 1
    assert watched.lines == ["console       | no key"]


async def test_the_signal_of_a_ctrl_c_stops_it(tmp_path: Path) -> None:
    watched = Watched(WAITS, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    await watched.is_ready.wait()
    os.kill(os.getpid(), signal.SIGINT)
    assert await running == 0


async def test_a_child_deaf_to_signals_is_killed_when_asked_twice(tmp_path: Path) -> None:
    script = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("@ready", flush=True)
while True:
    signal.pause()
"""
    watched = Watched(script, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    await watched.is_ready.wait()
    watched.supervisor.stop()
    watched.supervisor.stop()
    assert await running == 0


async def test_an_endless_line_is_not_kept_in_memory(tmp_path: Path) -> None:
    watched = Watched("sys.stdout.write('x' * 300_000 + '\\n'); sys.stdout.flush();" + WAITS, place=tmp_path)
    running = asyncio.create_task(watched.supervisor.run())
    await watched.is_ready.wait()
    watched.supervisor.stop()
    assert await running == 0
    assert len(watched.lines) > 1
    assert sum(line.count("x") for line in watched.lines) == 300_000


def test_pauses_grow_and_stay_bounded() -> None:
    pauses = [pause_after(crashes) for crashes in range(1, 200)]
    assert pauses[0] == 0.5
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
