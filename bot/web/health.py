"""Say whether this process can do its work, and whether people may be sent to it, for whoever keeps it running."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

PATIENCE_SECONDS = 5.0
"""Whoever asks has as little of it; no answer by then is one too."""

Check = Callable[[], Awaitable[bool]]
"""Asks one thing the role cannot do without, such as its database; False or an error means it cannot work."""


def health_routes(role: str, check: Check, ready: Check | None = None) -> tuple[Route, Route]:
    """`/healthz` and `/readyz`: 200 with `ok`, or 503 with `failing`; they tell nothing else. Where nothing more is
    needed to be ready than to be well, `ready` is the same as `check`."""
    return _route("healthz", role, check), _route("readyz", role, ready or check)


def _route(name: str, role: str, check: Check) -> Route:
    async def answer(_request: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                is_well = await check()
        except Exception:  # noqa: BLE001 # whatever it is, the answer is that the role cannot work
            is_well = False
        return JSONResponse({"role": role, "state": "ok" if is_well else "failing"}, 200 if is_well else 503)

    return Route(f"/{name}", answer, methods=["GET"], name=name)
