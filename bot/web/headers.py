"""Put on every answer the headers that keep a page from being framed, leaked, cached or scripted by others."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "X-Robots-Tag": "noindex",
}
# Browsers forget this promise after half a year without a visit.
_TRANSPORT = "max-age=15552000"


class SecurityHeaders:
    """Middleware: a strict Content-Security-Policy and its companions; `no-store` unless the answer says otherwise."""

    def __init__(self, app: ASGIApp, *, policy: Sequence[str] = ()) -> None:
        """Add `policy` (such as `connect-src 'self'` for live pages) to what is allowed to all."""
        self._app = app
        self._policy = "; ".join((*_POLICY, *policy))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["Content-Security-Policy"] = self._policy
                headers.setdefault("Cache-Control", "no-store")
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = _TRANSPORT
            await send(message)

        await self._app(scope, receive, send_guarded)
