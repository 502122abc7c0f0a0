"""Read what a form sent, and only from our own page: each form carries a token bound to its reader's secret cookie."""

import hmac
import re
import sys
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextlib import aclosing
from hashlib import sha256

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

TOKEN_FIELD = "form_token"  # noqa: S105 # the name of a field
_MOST_FIELDS = 200
# Everything that is not text: control characters but tab and line feed. They break a page's layout or a log's line.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Form(Mapping[str, str]):
    """The text fields of a form: line ends as line feeds, control characters gone; files are not taken."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Clean each field."""
        self._fields = {name: _clean(text) for name, text in fields.items()}

    def __getitem__(self, name: str) -> str:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def text(self, name: str) -> str:
        """The field without the space around it; empty when it was not sent."""
        return self._fields.get(name, "").strip()


def form_token(secret: str) -> str:
    """The token for forms shown to the holder of the cookie `secret`; it tells nothing of the secret."""
    return hmac.new(secret.encode(), b"fanzha form", sha256).hexdigest()


def is_form_token(token: str, secret: str) -> bool:
    """Whether `token` was made for the holder of `secret`, compared in constant time."""
    return bool(secret) and hmac.compare_digest(token.encode(), form_token(secret).encode())


def is_from_another_site(request: Request) -> bool:
    """Whether the browser says that another site sent this request.

    With `Referrer-Policy: no-referrer` browsers send `Origin: null` even from our own forms, so Sec-Fetch-Site is
    asked first; a client that sends neither is left to the token.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    return origin not in {"null", f"{request.url.scheme}://{request.url.netloc}"}


async def read_form(request: Request, secret: str) -> Form:
    """The form that was sent; HTTPException 403 unless it came from a page shown to the holder of `secret`."""
    form = await read_unguarded_form(request)
    if is_from_another_site(request) or not is_form_token(form.get(TOKEN_FIELD, ""), secret):
        raise HTTPException(403, "form")
    return form


async def read_unguarded_form(request: Request) -> Form:
    """The form that was sent, from wherever it came."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as sent:
        return Form({name: value for name, value in sent.items() if isinstance(value, str)})


async def read_form_with_files(
    request: Request, *, most_text: int, most_bytes: int, most_files: int
) -> tuple[Form, tuple[bytes, ...]]:
    """The form that was sent, from wherever it came, and the files in it that are not empty; in memory alone, for what
    people send must not lie on a disk in the clear. `most_text` are the bytes of one field. HTTPException 413 for more
    bytes, 400 for more files."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    async with aclosing(_at_most(request.stream(), most_bytes)) as stream:
        try:
            if kind == "multipart/form-data":
                parser = _InMemory(
                    request.headers, stream, max_files=most_files, max_fields=_MOST_FIELDS, max_part_size=most_text
                )
                sent = await parser.parse()
            else:
                form = FormParser(request.headers, stream, max_fields=_MOST_FIELDS, max_part_size=most_text)
                sent = await form.parse()
        except MultiPartException as fault:
            raise HTTPException(413 if "exceeded" in fault.message else 400) from fault
    parts = sent.multi_items()
    files = [await one.read() for _, one in parts if isinstance(one, UploadFile)]
    await sent.close()
    return _texts(parts), tuple(content for content in files if content)


class _InMemory(MultiPartParser):
    spool_max_size = sys.maxsize


async def _at_most(stream: AsyncGenerator[bytes, None], most: int) -> AsyncGenerator[bytes, None]:
    count = 0
    async for piece in stream:
        count += len(piece)
        if count > most:
            # A browser shows the answer only once it has sent everything; the site's own limit ends what never does.
            async for _ in stream:
                pass
            # Of the parser's own kind, so that it lets go of what it holds.
            raise MultiPartException("Request exceeded maximum size.")
        yield piece


def _texts(parts: Iterable[tuple[str, str | UploadFile]]) -> Form:
    return Form({name: value for name, value in parts if isinstance(value, str)})


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
