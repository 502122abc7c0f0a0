"""The guards that every request to a web face passes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from importlib.resources import files

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.web import health
from bot.web.assets import Assets
from bot.web.forms import TOKEN_FIELD, form_token, read_form
from bot.web.pages import Pages
from bot.web.site import Site, create_site

SECRET = "a reader's secret cookie"


async def _say(request: Request) -> Response:
    form = await read_form(request, SECRET)
    return PlainTextResponse(
        f"{request.client.host if request.client else ''} {request.url.scheme} {form.text('words')}"
    )


async def _break(_request: Request) -> Response:
    raise RuntimeError("grandmother's account 6217")


async def _swallow(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def site(*, works: bool = True, saves: bool = True) -> FastAPI:
    assets = Assets(files("bot.web") / "static")
    pages = Pages(assets, packages={"web": "bot.web"}, domains=("web",))

    async def check() -> bool:
        if not works:
            raise OSError("disk gone")
        return True

    async def ready() -> bool:
        return works and saves

    return create_site(
        "console",
        Site(hosts=("fanzha.test",), trusted_proxies=("10.0.0.1",), body_limit=1000),
        pages=pages,
        assets=assets,
        routes=[
            Route("/say", _say, methods=["POST"]),
            Route("/break", _break),
            Route("/swallow", _swallow, methods=["POST"]),
        ],
        check=check,
        ready=ready,
    )


def browser(app: ASGIApp, *, address: str = "192.0.2.7") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 5000)), base_url="http://fanzha.test")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with browser(site()) as opened:
        yield opened


async def test_every_answer_forbids_framing_foreign_scripts_and_caching(client: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/nowhere", "/break"):
        headers = (await client.get(path)).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"


async def test_a_style_sheet_is_kept_by_the_browser_under_an_address_of_its_content(client: httpx.AsyncClient) -> None:
    url = Assets(files("bot.web") / "static").url("fanzha.css")
    answer = await client.get(url)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert (await client.get("/static/0000000000000000/fanzha.css")).status_code == 404


async def test_an_unknown_host_name_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz", headers={"Host": "evil.test"})).status_code == 400


async def test_health_tells_only_whether_the_role_can_work() -> None:
    async with browser(site()) as well, browser(site(works=False)) as ill:
        assert (await well.get("/healthz")).json() == {"role": "console", "state": "ok"}
        answer = await ill.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"role": "console", "state": "failing"}


async def test_who_is_well_and_could_save_nothing_is_not_ready() -> None:
    async with browser(site()) as ready, browser(site(saves=False)) as full:
        assert (await ready.get("/readyz")).json() == {"role": "console", "state": "ok"}
        assert (await full.get("/healthz")).status_code == 200
        answer = await full.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"role": "console", "state": "failing"}


async def test_a_check_that_does_not_answer_is_a_failing_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.01)

    async def never() -> bool:
        await asyncio.Event().wait()
        return True

    app = Starlette(routes=health.health_routes("console", never))
    async with browser(app) as client:
        assert (await client.get("/readyz")).status_code == 503


async def test_a_failing_page_shows_and_logs_no_word_of_what_was_told(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = await client.get("/break")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "6217" not in answer.text + caplog.text
    assert "RuntimeError at test_site.py:" in caplog.text


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_the_limit_is_refused_whether_announced_or_not(
    client: httpx.AsyncClient, *, announced: bool
) -> None:
    async def pour() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    answer = await client.post("/swallow", content=b"x" * 2000 if announced else pour())
    assert answer.status_code == 413
    assert (await client.post("/swallow", content=b"x" * 1000)).text == "1000"


async def test_a_form_is_taken_only_with_the_token_of_its_reader(client: httpx.AsyncClient) -> None:
    good = {TOKEN_FIELD: form_token(SECRET), "words": "hello"}
    assert (await client.post("/say", data=good)).text.endswith("hello")
    for token in ("", form_token("another's cookie"), "ü"):
        answer = await client.post("/say", data={TOKEN_FIELD: token, "words": "hello"})
        assert answer.status_code == 403
        assert "grown old" in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "http://fanzha.test"}, 200),
    ],
)
async def test_a_form_sent_by_another_site_is_refused_even_with_the_token(
    client: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    form = {TOKEN_FIELD: form_token(SECRET), "words": "hello"}
    assert (await client.post("/say", data=form, headers=headers)).status_code == status


async def test_control_characters_in_a_form_are_dropped_and_line_ends_are_made_one(client: httpx.AsyncClient) -> None:
    form = {TOKEN_FIELD: form_token(SECRET), "words": "a\x00b\x1b[31m\r\nc\rd\u202e"}
    assert (await client.post("/say", data=form)).text.endswith("ab[31m\nc\nd\u202e")


async def test_only_a_trusted_proxy_says_whom_it_speaks_for() -> None:
    form = {TOKEN_FIELD: form_token(SECRET), "words": "hello"}
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    async with browser(site(), address="10.0.0.1") as proxied, browser(site()) as direct:
        assert (await proxied.post("/say", data=form, headers=forwarded)).text == "203.0.113.9 https hello"
        assert (await direct.post("/say", data=form, headers=forwarded)).text == "192.0.2.7 http hello"
