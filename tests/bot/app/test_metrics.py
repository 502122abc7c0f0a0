"""What a role tells Prometheus: how often and how long, on a port of its own; and nothing of anybody."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app.metrics import Metrics, scraped, watch_citizens, watch_staff
from bot.app.preparing import prepare
from bot.app.roles import Role
from bot.services.watching import Sent, Taken
from bot.settings import Settings
from storage.database import Database
from tests.bot.app.service import command, running
from tests.ports import free_row

TOLD = "his account is 6217"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DOCUMENT = Path(__file__).parents[3] / "docs" / "operations.md"

Figures = dict[tuple[str, ...], float]


def figures(text: str) -> Figures:
    """Each sample by its name and the values of its labels, in the order of their names."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@contextmanager
def serving(registry: CollectorRegistry) -> Iterator[str]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener, scraped(registry, listener):
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def scrape(registry: CollectorRegistry) -> Figures:
    with serving(registry) as address:
        return figures(httpx.get(f"{address}/metrics").text)


def test_turns_and_messages_are_counted_by_how_they_ended() -> None:
    metrics = Metrics(Role.CITIZENS)
    metrics.took("telegram", Taken.KEPT, 0.02)
    metrics.took("telegram", Taken.KEPT, 3.0)
    metrics.took("webchat", Taken.NOT_KEPT, 0.02)
    metrics.ran_again("telegram")
    metrics.pushed("telegram", Sent.SENT, 0.3)
    metrics.pushed("telegram", Sent.HELD, 0.3)
    found = scrape(metrics.registry)
    assert found["fanzha_turns_total", "telegram", "kept"] == 2
    assert found["fanzha_turns_total", "webchat", "not-kept"] == 1
    assert found["fanzha_turn_seconds_count", "telegram"] == 2
    assert found["fanzha_turn_seconds_bucket", "telegram", "0.025"] == 1
    assert found["fanzha_turns_run_again_total", "telegram"] == 1
    assert found["fanzha_messages_total", "telegram", "sent"] == 1
    assert found["fanzha_messages_total", "telegram", "held"] == 1
    assert found["fanzha_message_seconds_count", "telegram"] == 1, "what was not sent has no time of being sent"
    assert any(name[0] == "process_resident_memory_bytes" for name in found)


def test_a_channel_that_is_none_is_counted_as_another_and_never_named() -> None:
    metrics = Metrics(Role.CITIZENS)
    metrics.took(TOLD, Taken.KEPT, 0.1)
    metrics.pushed(TOLD, Sent.GONE, 0.1)
    found = scrape(metrics.registry)
    assert found["fanzha_turns_total", "other", "kept"] == 1
    assert not any(TOLD in part for name in found for part in name)


def test_a_sweep_that_fails_is_counted_and_does_not_count_as_the_last_that_succeeded() -> None:
    metrics = Metrics(Role.STAFF_JOBS)
    metrics.swept("retention", 0.2, failed=True)
    assert scrape(metrics.registry)["fanzha_sweeps_total", "failed", "retention"] == 1
    assert ("fanzha_sweep_succeeded_timestamp_seconds", "retention") not in scrape(metrics.registry)
    metrics.swept("retention", 0.2, failed=False)
    assert scrape(metrics.registry)["fanzha_sweep_succeeded_timestamp_seconds", "retention"] > NOW.timestamp() - 1


async def test_requests_are_counted_by_how_they_ended_and_not_by_what_was_asked() -> None:
    async def fine(_: Request) -> Response:
        return PlainTextResponse("")

    async def broken(_: Request) -> Response:
        raise RuntimeError(TOLD)

    metrics = Metrics(Role.CONSOLE)
    app = metrics.around(Starlette(routes=[Route("/join/{token}", fine), Route("/broken", broken)]))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://fanzha.test") as client:
        for path in ("/join/one-time-secret", "/broken", "/nowhere", f"/join/{TOLD}"):
            await client.get(path)
    text = generate_latest(metrics.registry).decode()
    found = figures(text)
    assert [found["fanzha_requests_total", code] for code in ("2xx", "4xx", "5xx")] == [2, 1, 1]
    assert found["fanzha_request_seconds_count",] == 4
    assert not any(part in text for part in (TOLD, "one-time-secret", "join", "nowhere"))


def test_there_is_nothing_but_the_metrics_to_ask_for() -> None:
    with serving(Metrics(Role.CITIZENS).registry) as address:
        assert httpx.get(f"{address}/metrics?name=x").status_code == 200
        assert httpx.get(f"{address}/").status_code == 404
        assert httpx.get(f"{address}/metrics/more").status_code == 404
        assert httpx.post(f"{address}/metrics").status_code == 501


def test_where_the_database_does_not_answer_that_is_what_is_told(tmp_path: Path) -> None:
    metrics = Metrics(Role.STAFF_JOBS)
    database = Database.open(tmp_path / "fanzha.sqlite3")
    watch_staff(metrics.registry, database)
    database.close()
    found = scrape(metrics.registry)
    assert found["fanzha_stored_read",] == 0
    assert not any(name[0] == "fanzha_tips_open" for name in found)


def test_the_database_is_not_asked_by_each_who_looks(tmp_path: Path) -> None:
    metrics, asked = Metrics(Role.CITIZENS_JOBS), []

    def clock() -> datetime:
        asked.append(NOW)
        return NOW

    with Database.open(tmp_path / "fanzha.sqlite3") as database:
        watch_citizens(metrics.registry, database, ("telegram",), clock)
        assert not asked, "nor before anybody looks"
        for _ in range(3):
            assert scrape(metrics.registry)["fanzha_messages_waiting", "telegram"] == 0
    assert len(asked) == 1


@pytest.mark.timeout(300)  # a start with all the knowledge, on a machine that may be busy
def test_every_role_has_its_metrics_on_a_port_of_its_own_and_each_is_explained(settings: Settings) -> None:
    watched = settings.model_copy(update={"metrics_port": free_row(4)})
    prepare(watched, may_make_keys=True)
    assert watched.metrics_port is not None
    with running(watched):
        told = [httpx.get(f"http://127.0.0.1:{watched.metrics_port + number}/metrics").text for number in range(4)]
        assert httpx.get(f"{watched.citizens_address}metrics").status_code == 404
    found = [figures(text) for text in told]
    roles = [name[1] for each in found for name in each if name[0] == "fanzha_info"]
    assert roles == ["citizens", "console", "citizens-jobs", "staff-jobs"]
    assert found[0]["fanzha_release",] == 0
    assert found[2]["fanzha_sessions",] == 0
    assert found[2]["fanzha_sweeps_total", "done", "citizens-expiry"] >= 1
    assert found[3]["fanzha_tips_open", "new"] == 0
    ours = {
        family.name
        for text in told
        for family in text_string_to_metric_families(text)
        if family.name.startswith("fanzha_")
    }
    explained = DOCUMENT.read_text(encoding="utf-8")
    assert {name for name in ours if f"`{name}`" not in explained} == set()


def test_a_taken_port_of_the_metrics_is_a_sentence(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = command(settings.model_copy(update={"metrics_port": port}), "run", "citizens")
    assert done.returncode == 1
    assert f"port {port}: Address already in use" in done.stderr
    assert "FANZHA_METRICS_PORT" in done.stderr
