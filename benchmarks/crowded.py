"""The citizens' bot over a database in which much lies already, beside the same over an empty one.

    python benchmarks/crowded.py [--tips 1000000] [--sessions 10000] [--seconds 10] [--only sqlite,postgresql]

Filled with straight rows, of the sizes a usual telling leaves (`fill.py`): tips with their work, their audit entry and
what was said, and conversations that are half told. Then whole turns by webhook, as in `telegram_turns.py`, and reports
filed through storage. A database of a million tips takes some gigabytes of disk, and minutes to fill.
"""

import argparse
import asyncio
import os
import platform
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from filing import AT_ONCE, filing_unit, measured
from fill import fill
from telegram_turns import HEAD, Ran, run, start_fanzha

from storage.database import Database
from storage.place import Place
from tests.postgres import INSTALL, running_server


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--tips", type=int, default=1_000_000)
    arguments.add_argument("--sessions", type=int, default=10_000)
    arguments.add_argument("--seconds", type=float, default=10.0)
    arguments.add_argument("--conversations", type=int, default=32)
    arguments.add_argument("--only", default="sqlite,postgresql")
    chosen = arguments.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fanzha-bench-")))
        places: list[tuple[str, Callable[[], Place]]] = []
        if "sqlite" in chosen.only:
            places.append(("SQLite", lambda: folder / "fanzha.sqlite3"))
        if "postgresql" in chosen.only:
            server = stack.enter_context(running_server(is_durable=True))
            if server is None:
                raise SystemExit(INSTALL)
            places.append((f"PostgreSQL {server.version.split()[0]}", server.make_database))
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; Python {platform.python_version()}")
        print(f"{chosen.sessions:,} conversations open, {chosen.tips:,} tips")
        print(HEAD)
        for name, make in places:
            place = make()
            empty = _measure(f"{name}, empty", folder, place, chosen, None)
            began = time.perf_counter()
            size = fill(place, tips=chosen.tips, sessions=chosen.sessions)
            print(f"  filled in {time.perf_counter() - began:,.0f} s: {size / 1024**3:.1f} GB", flush=True)
            _measure(f"{name}, filled", folder, place, chosen, empty)
        print(f"load {os.getloadavg()[0]:.1f} after")


def _measure(what: str, folder: Path, place: Place, chosen: argparse.Namespace, against: Ran | None) -> Ran:
    ran = asyncio.run(run(start_fanzha(folder, place), chosen.conversations, chosen.seconds))
    print(ran.row(what, against), flush=True)
    a_second, cpu = asyncio.run(_file(place, chosen.seconds))
    print(f"  reports filed a second{a_second:23,.0f}{cpu:24.2f}", flush=True)
    return ran


async def _file(place: Place, seconds: float) -> tuple[float, float]:
    unit, filed = filing_unit(), 0
    with Database.open(place) as database:

        async def person(until: float) -> None:
            nonlocal filed
            while time.perf_counter() < until:
                await database.write(unit)
                filed += 1

        clock, processor = time.perf_counter(), time.process_time()
        await asyncio.gather(*(person(clock + seconds) for _ in range(AT_ONCE)))
        return measured(filed, clock, processor)


if __name__ == "__main__":
    main()
