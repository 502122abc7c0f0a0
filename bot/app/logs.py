"""How a role writes its log: one line an entry on standard error, never a word of what people wrote."""

import logging
import sys

from bot.settings import LogLevel


def start_logging(level: LogLevel) -> None:
    """For a role's process; commands keep Python's own."""
    logging.basicConfig(
        level=level.upper(), stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", force=True
    )
    # It names every job and every second it ran one.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    # Its lines hold addresses and paths, and paths hold one-time links.
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
