"""What a role logs: never an address with a token, whoever writes it."""

import subprocess
import sys
from pathlib import Path

import pytest

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
LOGS = """
import logging, sys
from bot.app.logs import start_logging
from bot.settings import LogLevel

start_logging(LogLevel(sys.argv[1]))
token = sys.argv[2]
for name in ("httpx", "httpcore.http11", "telegram.Bot", "telegram.ext", "aiohttp.client", "aiogram.dispatcher"):
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
        logging.getLogger(name).log(level, "HTTP Request: POST https://api.telegram.org/bot%s/getMe", token)
logging.getLogger("bot.channels.telegram").error("asked %s for its name", f"https://api.telegram.org/bot{token}/getMe")
try:
    raise ValueError(f"The token `{token}` was rejected by the server.")
except ValueError:
    logging.getLogger("asyncio").exception("unhandled")
"""

SWEEPS = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from bot.app.logs import start_logging
from bot.jobs.runner import Runner, Sweep
from bot.settings import LogLevel
from storage.database import Database

start_logging(LogLevel(sys.argv[1]))

async def main():
    runs = 0
    async def slow():
        nonlocal runs
        runs += 1
        await asyncio.sleep(0.3)
    with Database.open(Path(sys.argv[2])) as database:
        sweep = Sweep("slow", timedelta(milliseconds=50), slow)
        runner = Runner([sweep], database, holder="one", clock=lambda: datetime.now(UTC))
        runner.start()
        while runs < 2:
            await asyncio.sleep(0.05)
        await runner.stop()
    print(runs)

asyncio.run(main())
"""


@pytest.mark.parametrize("level", ["debug", "info", "warning"])
def test_no_token_is_in_any_line_at_any_level(level: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOGS, level, TOKEN],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert TOKEN not in done.stderr + done.stdout
    assert TOKEN.partition(":")[2] not in done.stderr
    assert "asked https://api.telegram.org/bot<token>/getMe for its name" in done.stderr
    assert "HTTP Request" not in done.stderr


def test_a_sweep_that_takes_longer_than_its_interval_is_no_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SWEEPS, "info", str(tmp_path / "fanzha.db")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert "apscheduler" not in done.stderr
    assert int(done.stdout) >= 2
