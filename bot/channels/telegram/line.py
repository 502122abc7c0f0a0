"""The line to the Bot API, under python-telegram-bot: aiohttp's, for httpx takes five times the processor a call."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.services.fetching import FileTooBig

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_CONNECT_SECONDS = 3.0
READ_SECONDS = 8.0
"""Who asks for updates adds this to how long it lets them be waited for."""


class Flooded(TelegramError):  # noqa: N818 - what the Bot API answers
    """Not before so many seconds. The library's own error for 429 rounds them, and warns of itself."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__("too many requests")


class Line(BaseRequest):
    """So many connections at once; who comes later waits as long as for an answer."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: ClientSession | None = None
        self._proxies: Mapping[str, str] = {}

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            # Looked up once: aiohttp's own look at the environment costs a thread's turn with every call.
            self._proxies = getproxies()
            self._session = ClientSession(connector=TCPConnector(limit=self._connections), cookie_jar=DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's signature
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
    ) -> tuple[int, bytes]:
        """Raises TimedOut and NetworkError, whose words never hold the address: the token is in it. No file is sent."""
        if self._session is None:
            raise NetworkError("the line is not open")
        seconds = read_timeout if isinstance(read_timeout, int | float) else READ_SECONDS
        timeout = ClientTimeout(
            connect=_CONNECT_SECONDS + READ_SECONDS, sock_connect=_CONNECT_SECONDS, sock_read=seconds
        )
        form = None if request_data is None else _form(request_data)
        try:
            async with self._session.request(
                method, url, data=form, headers=_FORM, proxy=self._way(url), timeout=timeout, allow_redirects=False
            ) as answer:
                code, content = answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as fault:
            raise NetworkError(type(fault).__name__) from None
        if code == 429:
            raise Flooded(_retry_after(content))
        return code, content

    async def fetch(self, address: str, limit: int) -> bytes:
        """A file, in pieces, no more of it than `limit` whatever the answer holds. Raises FileTooBig too."""
        if self._session is None:
            raise NetworkError("the line is not open")
        timeout = ClientTimeout(connect=_CONNECT_SECONDS + READ_SECONDS, sock_read=READ_SECONDS)
        content = bytearray()
        try:
            async with self._session.get(
                address, proxy=self._way(address), timeout=timeout, allow_redirects=False
            ) as answer:
                if answer.status == 429:
                    raise Flooded(_retry_after(await answer.read()))
                if answer.status != 200:
                    raise NetworkError("no file")
                async for piece in answer.content.iter_any():
                    content += piece
                    if len(content) > limit:
                        raise FileTooBig
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as fault:
            # Its message may hold the address, and with it the token.
            raise NetworkError(type(fault).__name__) from None
        return bytes(content)

    def _way(self, address: str) -> str | None:
        """The proxy that the environment sends this address through, if any."""
        if not self._proxies:
            return None
        parts = urlsplit(address)
        return None if proxy_bypass(parts.hostname or "") else self._proxies.get(parts.scheme)


def _form(of: RequestData) -> bytes:
    """The fields as a browser would post them. The library's own way and aiohttp's take five times as long for Chinese,
    in which every character is three bytes to be escaped."""
    return URL.build(query=of.json_parameters).raw_query_string.encode()


def _retry_after(content: bytes) -> float:
    """One second where it does not say."""
    try:
        seconds = json.loads(content)["parameters"]["retry_after"]
    except (ValueError, KeyError, TypeError):
        return 1.0
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else 1.0
