"""The command's door: `fanzha` and `python -m bot`."""

import os
import sys
from typing import TextIO


def main() -> None:
    """Run the command; foreseen faults end it with a sentence and an exit code, a Ctrl-C without a word."""
    try:
        # What people write is Chinese as often as not, whatever the locale of a shell, a cron job or a container.
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            _speak_utf8(stream)
        from bot.commands import build  # noqa: PLC0415 - a Ctrl-C while this is imported ends quietly too

        build()()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has had enough; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as fault:
        from bot.app.faults import FORESEEN, code_of  # noqa: PLC0415 - only a fault pays for this import

        if not isinstance(fault, FORESEEN):
            raise
        sys.stderr.write(f"fanzha: {fault}\n")
        sys.exit(code_of(fault))


def _speak_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
