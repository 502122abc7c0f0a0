"""How long the staff's pages take over many tips, beside few: the console's application, signed in, one after another.

    python benchmarks/staff_pages.py [--few 10000] [--tips 1000000] [--file-tips 100000] [--rounds 60]
                                     [--only sqlite,postgresql]

Each database is filled by `fill_staff.py`. The application is called in this process, without a socket between; its
database is a file, or a PostgreSQL server of this program's own. Milliseconds at the 50th and the 95th of a hundred,
and how many times as much the 95th is over the full database.
"""

import argparse
import asyncio
import gc
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random

import httpx
from fill import reference
from fill_staff import FIRST, fill

from storage import similar
from storage.place import Place
from storage.sealing import StaffSecretKey
from tests.bot.staff.house import House, open_house, token_in
from tests.postgres import INSTALL, running_server

KEY = StaffSecretKey(bytes(range(32)))
Times = dict[str, list[float]]
SEARCHES = {
    "search: common words": {"words": "转账"},
    "search: words and country": {"words": "共享屏幕", "country": "SG"},
    "search: words and pattern": {"words": "deposit", "pattern": "pattern-7"},
    "search: common phone": {"observable": "+86 138 0000 0003"},
    "search: sum and currency": {"sum_from": "20000", "sum_to": "90000", "currency": "CNY"},
    "search: two common things": {"country": "CN", "pattern": "pattern-0", "words": "让我转账"},
    "search: nothing fits": {"words": "转账 quincunx"},
    "search: days, to do": {"day_from": "2024-02-01", "day_to": "2024-03-01", "state": "open"},
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--few", type=int, default=10_000)
    arguments.add_argument("--tips", type=int, default=1_000_000)
    arguments.add_argument("--file-tips", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=60)
    arguments.add_argument("--only", default="sqlite,postgresql")
    chosen = arguments.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before; {chosen.rounds} of each")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fanzha-bench-")))
        if "sqlite" in chosen.only:
            few = _measure("SQLite", folder / "few.sqlite3", chosen.few, chosen.rounds)
            _print(few, _measure("SQLite", folder / "many.sqlite3", chosen.file_tips, chosen.rounds))
        if "postgresql" in chosen.only:
            server = stack.enter_context(running_server(is_durable=True))
            if server is None:
                raise SystemExit(INSTALL)
            few = _measure("PostgreSQL", server.make_database(), chosen.few, chosen.rounds)
            _print(few, _measure("PostgreSQL", server.make_database(), chosen.tips, chosen.rounds))
    print(f"load {os.getloadavg()[0]:.1f} after")


def _measure(name: str, place: Place, tips: int, rounds: int) -> Times:
    with open_house(place) as house:
        began = time.perf_counter()
        size = fill(place, KEY, tips)
        took = time.perf_counter() - began
        print(f"{name}, {tips:,} tips: filled in {took:,.0f} s; {size / 1024**3:.2f} GB", flush=True)
        house.clock.now = FIRST + timedelta(days=801)
        return asyncio.run(_visit(house, tips, rounds))


async def _visit(house: House, tips: int, rounds: int) -> Times:
    random, times = Random(5), Times()  # noqa: S311 - the same tips every time
    browser = await house.signed_in("chen")
    token = token_in(await browser.get("/search"))

    async def timed(name: str, call: Callable[[], Awaitable[httpx.Response]]) -> None:
        began = time.perf_counter()
        answer = await call()
        times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code

    # As the service does when it starts (bot/app/running.py): else what was read then is looked through now and again.
    gc.collect()
    gc.freeze()
    # The first of each warms what is made once.
    for turn in range(rounds + 1):
        tip = reference(random.randrange(tips))
        await timed("queue", lambda: browser.get("/"))
        await timed("queue: a lane", lambda: browser.get("/?lane=golden"))
        await timed("queue: filtered", lambda: browser.get("/?pattern=pattern-3&country=TW"))
        await timed("queue: decided", lambda: browser.get("/?state=ended"))
        await timed("tip", lambda at=f"/tips/{tip}": browser.get(at))
        for name, fields in SEARCHES.items():
            await timed(name, lambda sent=fields: browser.post("/search", data={"form_token": token, **sent}))
        began = time.perf_counter()
        await house.database.read(lambda t, one=tip: similar.similar_to(t, one))
        times.setdefault("similar tips alone", []).append((time.perf_counter() - began) * 1000)
        if turn == 0:
            times.clear()
    await browser.aclose()
    return times


def _print(few: Times, many: Times) -> None:
    print(f"{'':28}{'few p50':>9}{'p95':>8}{'many p50':>10}{'p95':>8}{'growth':>8}")
    for name, over in many.items():
        small, large = _of(few[name]), _of(over)
        print(f"{name:28}{small[0]:9.1f}{small[1]:8.1f}{large[0]:10.1f}{large[1]:8.1f}{large[1] / small[1]:8.2f}")


def _of(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) * 95 // 100, len(ordered) - 1)]


if __name__ == "__main__":
    main()
