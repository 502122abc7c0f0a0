"""Whole turns through the citizens' bot by webhook, beside the same library that answers "ok" and remembers nothing.

    python benchmarks/telegram_turns.py [--seconds 10] [--conversations 32] [--pause 0] [--in-step]
        [--only sqlite,postgresql]

One process each, as `fanzha run citizens` starts it, under the same load from a second process, which is Telegram's
side too: an update is posted, and the turn is over when its webhook is answered and its last message has come to the
Bot API; then the conversation goes on with what stands under that message. Latency is from the posting to that message.
PostgreSQL is a server of this program's own, with fsync. The pause that joins what is written in a row is set to none,
unless `--pause` says otherwise: it is a wait that was asked for. The conversations begin one after the other within a
second, and `--in-step` all at once: then all of them tell their tellings, which take longest, in the same moment.
Nothing is filed: deriving a receipt's key is meant to be slow.
"""

import argparse
import asyncio
import os
import platform
import secrets
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from load import Load, Measured
from plain_bot import PATH, TOKEN

from bot.app.parts import open_database
from bot.settings import Settings
from storage import keyring
from storage.place import Place, Server
from tests.postgres import INSTALL, PostgresServer, running_server

SECRET = "a-secret-of-the-benchmark"  # noqa: S105 - of nobody's bot
WARM_UP_SECONDS = 3.0
CONTENDERS = ("library", "sqlite", "postgresql")


@dataclass(frozen=True)
class Ran:
    """`cpu`: milliseconds of the process's processor time a turn. `started`: seconds from its start to its first
    answer. `memory`: megabytes it holds at the end."""

    measured: Measured
    cpu: float
    started: float
    memory: float

    def row(self, what: str, against: "Ran | None") -> str:
        m = self.measured
        share = "" if against is None else f"{m.a_second / against.measured.a_second:8.2f}"
        times = f"{m.a_second:9,.0f}{m.p50 * 1000:8.0f}{m.p99 * 1000:8.0f}{self.cpu:8.2f}"
        return f"{what:36}{times}{self.started:9.1f}{self.memory:6.0f}{share}"


HEAD = f"{'':36}{'turns/s':>9}{'p50 ms':>8}{'p99 ms':>8}{'cpu ms':>8}{'start s':>9}{'MB':>6}{'share':>8}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--seconds", type=float, default=10.0)
    arguments.add_argument("--conversations", type=int, default=32)
    arguments.add_argument("--pause", type=float, default=0.0)
    arguments.add_argument("--in-step", action="store_true")
    arguments.add_argument("--only", default=",".join(CONTENDERS))
    chosen = arguments.parse_args()
    only = chosen.only.split(",")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fanzha-bench-")))
        server = stack.enter_context(running_server(is_durable=True)) if "postgresql" in only else None
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; Python {platform.python_version()}")
        print(f"SQLite {sqlite3.sqlite_version}; PostgreSQL {server.version if server else INSTALL}")
        print(f"{chosen.conversations} conversations, {chosen.seconds:g} s each")
        print(HEAD)
        against: Ran | None = None
        for what, start in contenders(only, folder, server, chosen.pause):
            ran = asyncio.run(run(start, chosen.conversations, chosen.seconds, in_step=chosen.in_step))
            print(ran.row(what, against), flush=True)
            against = against or ran
        print(f"load {os.getloadavg()[0]:.1f} after")


Start = Callable[[str, int], subprocess.Popen[bytes]]
"""Given where the Bot API is, and the port to listen on."""


def contenders(
    only: list[str], folder: Path, server: PostgresServer | None, pause: float
) -> Iterator[tuple[str, Start]]:
    if "library" in only:
        yield "python-telegram-bot answering ok", start_library
    if "sqlite" in only:
        yield "  fanzha on SQLite", start_fanzha(folder, folder / "fanzha.sqlite3", pause)
    if server is not None:
        yield "  fanzha on PostgreSQL", start_fanzha(folder, server.make_database(), pause)


def start_library(api: str, port: int) -> "subprocess.Popen[bytes]":
    return _start([str(Path(__file__).with_name("plain_bot.py")), api, str(port)], {})


def start_fanzha(home: Path, place: Place, pause: float = 0.0) -> Start:
    keyring.make_missing(home / "keys", random=secrets.token_bytes)
    url = place.url if isinstance(place, Server) else ""

    def start(api: str, port: int) -> "subprocess.Popen[bytes]":
        with open_database(Settings(home=home)):
            pass
        settings = {
            "HOME": str(home),
            "DATABASE_URL": url,
            "CITIZENS_PORT": port,
            "CITIZENS_TOKEN": TOKEN,
            "TELEGRAM_API": api,
            "WEBHOOK_URL": f"http://127.0.0.1:{port}{PATH}",
            "WEBHOOK_SECRET": SECRET,
            "BURST_SECONDS": pause,
            "TELEGRAM_MESSAGES_A_SECOND": 100_000,
            "TELEGRAM_CHAT_MESSAGES_A_SECOND": 100_000,
        }
        return _start(
            ["-P", "-m", "bot", "role", "--supervised", "citizens"],
            {f"FANZHA_{name}": str(it) for name, it in settings.items()},
        )

    return start


def _start(arguments: list[str], variables: dict[str, str]) -> "subprocess.Popen[bytes]":
    paths = ":".join(part for part in sys.path if part)
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": paths, **variables}
    # Of a pipe, so that a supervised role ends with this program, however that ends.
    return subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )


async def run(start: Start, conversations: int, seconds: float, *, in_step: bool = False) -> Ran:
    load = Load(port=_free_port(), path=PATH, secret=SECRET)
    async with load.serving() as api:
        began = time.perf_counter()
        with _ended(start(api, load.port)) as process:
            await load.wait_until_ready()
            started = time.perf_counter() - began
            await load.talk(conversations, WARM_UP_SECONDS, in_step=in_step)
            before = _processor(process.pid)
            measured = await load.talk(conversations, seconds, in_step=in_step)
            cpu = (_processor(process.pid) - before) * 1000 / measured.turns
            return Ran(measured, cpu, started, _memory(process.pid))


@contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _processor(pid: int) -> float:
    """Seconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Megabytes that are resident now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


if __name__ == "__main__":
    main()
