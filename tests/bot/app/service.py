"""The whole service as a newcomer runs it: real processes, over a home of the test's own."""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pexpect

from bot.settings import Settings
from tests.conftest import environment

READY = "  Ready. Ctrl-C stops it."
PATIENCE = 120


class Service:
    """A running `fanzha run`. `lines` are all it has said so far."""

    def __init__(self, settings: Settings, roles: Sequence[str], variables: Mapping[str, str] | None = None) -> None:
        self.settings = settings
        self.lines: list[str] = []
        self._said: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "bot", "run", *roles],
            env={**environment(settings), **(variables or {})},
            cwd=settings.home.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, part: str) -> str:
        """The next line that holds `part`; the test fails if it ends or takes too long without."""
        while True:
            line = self._said.get(timeout=PATIENCE)
            assert line is not None, f"it ended without saying {part!r}: {self.lines}"
            if part in line:
                return line

    def stop(self) -> int:
        """As Ctrl-C does; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code

    def kill_role(self, role: str) -> None:
        """As the kernel does when memory is short."""
        os.kill(self.pid_of(role), signal.SIGKILL)

    def pid_of(self, role: str) -> int:
        """Of the supervisor's child in this role."""
        supervisor = Path(f"/proc/{self.process.pid}")
        children = (supervisor / "task" / supervisor.name / "children").read_text().split()
        roles = {Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[-2].decode(): int(pid) for pid in children}
        return roles[role]

    def health(self, role: str) -> str:
        ports = {
            "citizens": self.settings.citizens_port,
            "citizens-jobs": self.settings.citizens_jobs_port,
            "console": self.settings.console_port,
            "staff-jobs": self.settings.staff_jobs_port,
            "desk": self.settings.desk_port,
        }
        host = "127.0.0.1" if role == "citizens" else "localhost"
        state = httpx.get(f"http://{host}:{ports[role]}/healthz").json()["state"]
        return str(state)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            self._said.put(self.lines[-1])
        self._said.put(None)


def command(settings: Settings, *arguments: str, told: str | bytes = b"") -> "subprocess.CompletedProcess[str]":
    """`fanzha` with these arguments, told this on its standard input."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "bot", *arguments],
        env=environment(settings),
        cwd=settings.home.parent,
        input=told.encode() if isinstance(told, str) else told,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def typing(settings: Settings, *arguments: str) -> Iterator["pexpect.spawn[str]"]:
    """`fanzha` with these arguments on a terminal of its own."""
    terminal = pexpect.spawn(
        sys.executable,
        ["-P", "-m", "bot", *arguments],
        env={**environment(settings), "TERM": "xterm"},
        cwd=str(settings.home.parent),
        encoding="utf-8",
        timeout=PATIENCE,
        dimensions=(50, 100),
        # As a person's shell starts it: tests in the background of one are deaf to Ctrl-C, and so is their child.
        preexec_fn=_hear_ctrl_c,
    )
    try:
        yield terminal
    finally:
        terminal.close()


@contextmanager
def running(settings: Settings, *roles: str, **variables: str) -> Iterator[Service]:
    """Ready when it is yielded, stopped afterwards whatever happens. `variables` join its environment."""
    service = Service(settings, roles, variables)
    try:
        service.wait_for(READY)
        yield service
    finally:
        service.stop()
