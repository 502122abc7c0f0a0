"""How a role writes its log: one line an entry on standard error, never a word of what people wrote."""

import logging
import re
import sys

from bot.settings import LogLevel

_FORM = "%(levelname)s %(name)s: %(message)s"
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")


def start_logging(level: LogLevel) -> None:
    """For a role's process; commands keep Python's own."""
    logging.basicConfig(level=level.upper(), stream=sys.stderr, format=_FORM, force=True)
    # It names every job and every second it ran one, and warns when one still runs as its next time comes: a busy
    # machine's, and meant so (bot/jobs/runner.py). How long each takes is told by its metrics, failures by the runner.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # Its lines hold addresses and paths, and paths hold one-time links.
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    # They name addresses, and the Bot API's hold the token; the library's own errors quote what it was answered.
    for name in ("httpx", "httpcore", "hpack", "telegram", "aiohttp", "aiogram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_WithoutTokens(_FORM))


class _WithoutTokens(logging.Formatter):
    """Whoever logs one by mistake: what looks like a bot's token does not get past here."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))
