"""Updates that Telegram brings: taken only with the secret, and answered only after the commit."""

import hmac
import json

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram.taking import Taker

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_LONGEST_BODY = 1024 * 1024


class Webhook:
    """Of one bot. Before the bot is known, all is asked to come again."""

    def __init__(self, path: str, secret: str) -> None:
        self._path = path
        self._secret = secret.encode()
        self.taker: Taker | None = None

    def route(self) -> Route:
        return Route(self._path, self.post, methods=["POST"])

    async def post(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._secret):
            return PlainTextResponse("", 403)
        body = await request.body()
        try:
            update = json.loads(body) if len(body) <= _LONGEST_BODY else None
        except (ValueError, RecursionError):
            update = None
        if not isinstance(update, dict):
            # It would be no better the next time.
            return PlainTextResponse("", 200)
        if self.taker is None or not await self.taker.take(update):
            return PlainTextResponse("", 503)
        return PlainTextResponse("", 200)
