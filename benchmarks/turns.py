"""Turns a second through Intake: one process, and two beside each other on one PostgreSQL database."""

import asyncio
import json
import secrets
import subprocess
import sys
import time
from pathlib import Path

from bot.app.intake import create_intake
from bot.app.knowing import knowing
from bot.app.parts import open_public
from bot.conversation.events import Pressed, Said
from bot.services.exchange import Incoming
from bot.settings import Settings
from storage.place import Place, Server

CONVERSATIONS = 32
"""Of each process, all with a turn in hand at any moment."""
TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信"
# A card, its answer, questions passed over. Nothing is filed: deriving a receipt's key is meant to be slow.
SCRIPT = (Said(TELLING), Pressed("money:called"), Pressed("skip"), Pressed("skip"), Said("他叫我下载会议软件"))


def run_together(places: list[Place], folder: Path, seconds: float) -> tuple[float, float]:
    """Turns a second in all, and milliseconds of processor a turn. None begins before all are ready: reading the
    knowledge is not counted."""
    processes = [
        subprocess.Popen(
            [sys.executable, __file__, str(folder), str(seconds)],
            env=_environment(place),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for place in places
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [json.loads(process.communicate()[0]) for process in processes]
    return sum(rate for rate, _ in ends), sum(cpu for _, cpu in ends) / len(ends)


def _environment(place: Place) -> dict[str, str]:
    url = {"FANZHA_DATABASE_URL": place.url} if isinstance(place, Server) else {}
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(part for part in sys.path if part), **url}


async def talk(settings: Settings, seconds: float) -> tuple[float, float]:
    with open_public(settings) as parts, knowing(parts.database, settings) as known:
        intake = create_intake(parts, settings, known)
        print("ready", flush=True)
        sys.stdin.readline()
        turns, until = 0, time.perf_counter() + seconds

        async def person() -> None:
            nonlocal turns
            while time.perf_counter() < until:
                who = secrets.token_hex(8)
                for number, event in enumerate(SCRIPT):
                    await intake.receive(Incoming("chat", who, f"{who}{number}", event, "zh-CN", pushes=True))
                    turns += 1

        began, processor = time.perf_counter(), time.process_time()
        await asyncio.gather(*(person() for _ in range(CONVERSATIONS)))
        return turns / (time.perf_counter() - began), (time.process_time() - processor) * 1000 / turns


if __name__ == "__main__":
    home = Path(sys.argv[1])
    print(json.dumps(asyncio.run(talk(Settings(home=home), float(sys.argv[2])))))
