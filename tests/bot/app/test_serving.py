"""Serving an application: what it listens on, and what ends it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.endpoints import Endpoint
from bot.app.faults import Fault
from bot.app.serving import listen
from tests.ports import free_ports

SERVES = """
import sys
from bot.app.endpoints import Endpoint
from bot.app.serving import listen, serve

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        print("ended in order", flush=True)
        await send({"type": "lifespan.shutdown.complete"})

place = Endpoint("127.0.0.1", int(sys.argv[1]), "localhost", "FANZHA_X_PORT")
serve(app, listen(place), is_supervised=sys.argv[2] == "supervised", when_ready=lambda: print("ready", flush=True))
"""


def place(port: int, bind: str = "127.0.0.1") -> Endpoint:
    return Endpoint(bind, port, "localhost", "FANZHA_X_PORT")


def start(kind: str) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-c", SERVES, str(free_ports(1)[0]), kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def test_a_taken_port_is_a_sentence_that_names_the_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Fault) as refused:
            listen(place(port))
    assert str(refused.value) == (
        f"Cannot listen on 127.0.0.1 port {port}: Address already in use. "
        "Stop what listens there, or choose another port with FANZHA_X_PORT."
    )


def test_an_address_of_another_machine_is_a_sentence() -> None:
    with pytest.raises(Fault, match=r"Cannot listen on 192\.0\.2\.1 port \d+: "):
        listen(place(free_ports(1)[0], "192.0.2.1"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order_and_without_a_traceback(number: signal.Signals) -> None:
    served = start("alone")
    os.kill(served.pid, number)
    output, _ = served.communicate(timeout=20)
    assert output == "ended in order\n"
    assert served.returncode == 0


def test_supervised_it_ends_when_its_supervisor_is_gone() -> None:
    served = start("supervised")
    output, _ = served.communicate(timeout=20)  # closes its standard input, as the death of the supervisor does
    assert output == "ended in order\n"
    assert served.returncode == 0
