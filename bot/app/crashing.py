"""Ending this process at a named point, as a power cut would: for the tests of what survives, and refused elsewhere."""

import os
import signal
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from urllib.parse import urlsplit

from bot.app.faults import ExitCode, Fault
from bot.settings import Settings

VARIABLE = "FANZHA_TESTS_CRASH_AT"
"""Such as `sent:2`: the second time a message was sent and is not settled yet. It happens once in a home."""

POINTS = frozenset({"arrived", "committed", "fetched", "leased", "sent", "settled", "worked"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def crash_hook(settings: Settings, environment: Mapping[str, str]) -> Callable[[str], None]:
    """Called with the name of each point that is passed. Raises Fault where it was set and is not allowed."""
    wanted = environment.get(VARIABLE)
    if not wanted:
        return lambda _: None
    # An installed package carries no tests, and no real Bot API is on loopback without a real token.
    if urlsplit(settings.telegram_api).hostname not in _LOOPBACK or find_spec("tests.fakes") is None:
        raise Fault(f"{VARIABLE} is for this project's own tests; nothing is started with it.", ExitCode.UNUSABLE)
    point, _, number = wanted.partition(":")
    if point not in POINTS or not number.isdecimal():
        raise Fault(f"{VARIABLE} is to name one of {', '.join(sorted(POINTS))} and a number.", ExitCode.UNUSABLE)
    done = settings.home / f"crashed-{point}-{number}"
    left = int(number)

    def pass_point(name: str) -> None:
        nonlocal left
        if name != point or done.exists():
            return
        left -= 1
        if left == 0:
            done.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    return pass_point
