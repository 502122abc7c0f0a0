"""Ports that a test may give to processes, take from them by force, and give to the next."""

import os
import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache

_RANGE = range(12_000, 32_000)
"""Below what systems hand to whoever connects: such a one may be gone while a killed service is started anew."""

_SHARES = 16


def free_ports(count: int) -> tuple[int, ...]:
    """None of them twice, nor one that another worker of this run is given."""
    ports: list[int] = []
    while len(ports) < count:
        ports.append(free_row(1))
    return tuple(ports)


def free_row(count: int) -> int:
    """The first of so many ports in a row."""
    while True:
        row = [next(_ports()) for _ in range(count)]
        if row[-1] - row[0] == count - 1 and _are_free(row):
            return row[0]


@cache
def _ports() -> Iterator[int]:
    """Those of this worker in their order, round and round, from somewhere among them: another run may be beside it."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _SHARES
    size = len(_RANGE) // _SHARES
    share = _RANGE[worker * size :][:size]
    return _round(share, random.randrange(size))  # noqa: S311 - nothing is kept secret by it


def _round(share: range, at: int) -> Iterator[int]:
    while True:
        yield share[at]
        at = (at + 1) % len(share)


def _are_free(row: list[int]) -> bool:
    with ExitStack() as held:
        try:
            for port in row:
                held.enter_context(socket.create_server(("127.0.0.1", port)))
        except OSError:
            return False
    return True
