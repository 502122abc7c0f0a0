"""Assemble one web face: its routes inside the guards that every request passes."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute
from starlette.types import Lifespan
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from bot.web.assets import Assets
from bot.web.errors import ErrorBoundary, KindErrors
from bot.web.headers import SecurityHeaders
from bot.web.health import Check, health_routes
from bot.web.pages import Pages


@dataclass(frozen=True)
class Site:
    """Where a face is reached and what it takes in."""

    hosts: tuple[str, ...]
    """Host names it answers to, without ports; `127.0.0.1` among them if a health check asks by address."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose X-Forwarded-For and -Proto are believed."""
    body_limit: int = 128 * 1024
    """Bytes a request may carry; larger ones are answered 413."""
    policy: tuple[str, ...] = ()
    """Additions to the Content-Security-Policy."""


def create_site(
    role: str,
    site: Site,
    *,
    pages: Pages,
    assets: Assets,
    routes: Sequence[BaseRoute],
    check: Check,
    ready: Check | None = None,
    lifespan: Lifespan[FastAPI] | None = None,
) -> FastAPI:
    """The face as an ASGI application. Serve it with uvicorn's own `proxy_headers` switched off."""
    errors = KindErrors(pages)
    return FastAPI(
        routes=[*health_routes(role, check, ready), assets.route(), *routes],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        max_body_size=site.body_limit,
        # FastAPI would hand exception messages, which may hold a telling, to whatever collector is configured.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
        exception_handlers={HTTPException: errors.on_http},
        middleware=[
            Middleware(ProxyHeadersMiddleware, trusted_hosts=list(site.trusted_proxies)),
            Middleware(SecurityHeaders, policy=site.policy),
            Middleware(ErrorBoundary, errors=errors),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(site.hosts), www_redirect=False),
        ],
    )
