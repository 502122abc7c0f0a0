"""Say whether this process can do its work, for whoever keeps it running."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[bool]]
"""Asks one thing the role cannot do without, such as its database; False or an error means it cannot work."""


def health_route(role: str, check: Check) -> Route:
    """`/healthz`: 200 with `ok`, or 503 with `failing`; it tells nothing else."""

    async def answer(_request: Request) -> Response:
        try:
            is_well = await check()
        except Exception:  # noqa: BLE001 # whatever it is, the answer is that the role cannot work
            is_well = False
        return JSONResponse({"role": role, "state": "ok" if is_well else "failing"}, 200 if is_well else 503)

    return Route("/healthz", answer, methods=["GET"], name="healthz")
