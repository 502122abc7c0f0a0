"""What one process counts: how often, how long, and how it ended; whoever watches may know no more."""

import time
from collections.abc import Callable
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.app.roles import Role
from bot.services.watching import Sent, Taken

_TURN = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_WAIT = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600)
_SWEEP = (0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 900)
_CHANNELS = frozenset({"webchat", "telegram", "desk"})
_OTHER = "other"
"""Whatever a label would say that is not in its list: so that no mistake of ours makes a label of what people send."""


class Metrics:
    """Of one process. It watches (`bot.services.watching.Watch`), and wraps the application to count requests."""

    def __init__(self, role: Role) -> None:
        # Each count's own beginning: twice the lines, and Prometheus knows it by itself.
        disable_created_metrics()  # type: ignore[no-untyped-call] # the library does not declare it
        self.registry = registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=registry)
        about = Gauge(
            "fanzha_info", "The role of this process and its release.", ["role", "version"], registry=registry
        )
        about.labels(role, version("fanzha")).set(1)
        self._turns = Counter(
            "fanzha_turns", "Messages and presses taken in.", ["channel", "outcome"], registry=registry
        )
        self._turn_seconds = Histogram(
            "fanzha_turn_seconds",
            "From an event's arrival to its commit.",
            ["channel"],
            buckets=_TURN,
            registry=registry,
        )
        self._again = Counter("fanzha_turns_run_again", "Turns run once more.", ["channel"], registry=registry)
        self._messages = Counter(
            "fanzha_messages", "Messages tried to be sent.", ["channel", "outcome"], registry=registry
        )
        self._message_seconds = Histogram(
            "fanzha_message_seconds",
            "From a message's commit to its being sent.",
            ["channel"],
            buckets=_WAIT,
            registry=registry,
        )
        self._requests = Counter("fanzha_requests", "Requests answered.", ["code"], registry=registry)
        self._request_seconds = Histogram(
            "fanzha_request_seconds", "How long requests took.", buckets=_TURN, registry=registry
        )
        self._sweeps = Counter("fanzha_sweeps", "Sweeps that ran.", ["sweep", "outcome"], registry=registry)
        self._sweep_seconds = Histogram(
            "fanzha_sweep_seconds", "How long sweeps took.", ["sweep"], buckets=_SWEEP, registry=registry
        )
        self._sweep_succeeded = Gauge(
            "fanzha_sweep_succeeded_timestamp_seconds", "When a sweep last succeeded.", ["sweep"], registry=registry
        )

    def took(self, channel: str, outcome: Taken, seconds: float) -> None:
        self._turns.labels(_closed(channel), outcome).inc()
        self._turn_seconds.labels(_closed(channel)).observe(seconds)

    def ran_again(self, channel: str) -> None:
        self._again.labels(_closed(channel)).inc()

    def pushed(self, channel: str, outcome: Sent, seconds: float) -> None:
        self._messages.labels(_closed(channel), outcome).inc()
        if outcome is Sent.SENT:
            self._message_seconds.labels(_closed(channel)).observe(seconds)

    def swept(self, sweep: str, seconds: float, *, failed: bool) -> None:
        self._sweeps.labels(sweep, "failed" if failed else "done").inc()
        self._sweep_seconds.labels(sweep).observe(seconds)
        if not failed:
            self._sweep_succeeded.labels(sweep).set_to_current_time()

    def release(self, number: Callable[[], int]) -> None:
        """The number of the release that serves here, asked for whenever somebody looks."""
        serves = Gauge("fanzha_release", "The release of the knowledge that serves; 0 ships.", registry=self.registry)
        serves.set_function(number)

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, its requests counted: by how they ended, never by what was asked for."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            began, code = time.perf_counter(), 500

            async def sending(message: Message) -> None:
                nonlocal code
                if message["type"] == "http.response.start":
                    code = message["status"]
                await send(message)

            try:
                await app(scope, receive, sending)
            finally:
                self._requests.labels(f"{code // 100}xx").inc()
                self._request_seconds.observe(time.perf_counter() - began)

        return counted


def _closed(channel: str) -> str:
    return channel if channel in _CHANNELS else _OTHER
