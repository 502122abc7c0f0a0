"""Answer what goes wrong with a kind page: what happened, what to do, and never a traceback."""

import logging
import traceback

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.pages import Pages

_log = logging.getLogger(__name__)


class KindErrors:
    """Turn exceptions into pages. Messages of exceptions are neither shown nor logged: they may hold a telling."""

    def __init__(self, pages: Pages) -> None:
        """Take the pages to render with."""
        self._pages = pages

    async def on_http(self, request: Request, error: Exception) -> Response:
        """Answer an HTTPException, whose `detail` may be `form` for a form that was not ours."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        reason = "form" if isinstance(error, HTTPException) and error.detail == "form" else ""
        response = self.page(request, status, reason)
        for name, value in (getattr(error, "headers", None) or {}).items():
            response.headers[name] = value
        return response

    def page(self, request: Request, status: int, reason: str = "") -> Response:
        """The page for `status`."""
        return self._pages.answer(request, "web/error.html", status=status, error_status=status, reason=reason)


class ErrorBoundary:
    """Middleware, outermost: what nobody caught becomes a page with status 500 and one line in the log."""

    def __init__(self, app: ASGIApp, errors: KindErrors) -> None:
        """Guard `app`."""
        self._app = app
        self._errors = errors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def send_noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except ClientDisconnect:
            # Whoever went away while sending, or was cut off for it, waits for no answer.
            return
        except Exception as error:  # noqa: BLE001 # the boundary: nothing may reach the server's own traceback log
            _log.error("a page failed: %s at %s", type(error).__name__, _place(error))
            if not has_begun:
                await self._errors.page(Request(scope), 500)(scope, receive, send)


def _place(error: BaseException) -> str:
    """Where it happened, as file:line from the inside out, without a word of any message."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
