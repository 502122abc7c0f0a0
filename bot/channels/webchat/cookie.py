"""The conversation in the browser: 128 random bits in a cookie that ends with the browser's session."""

import re
from base64 import urlsafe_b64encode

from starlette.requests import Request
from starlette.responses import Response

from storage.chance import RandomBytes

# A name that tells nothing to whoever looks through a phone's list of cookies.
_NAME = "talk"
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")


def new_conversation(random: RandomBytes) -> str:
    return urlsafe_b64encode(random(16)).decode().rstrip("=")


def conversation_of(request: Request) -> str | None:
    """None where the browser brings none, or something that cannot be ours."""
    secret = request.cookies.get(_name(request), "")
    return secret if _SECRET.fullmatch(secret) else None


def keep_conversation(request: Request, response: Response, conversation: str) -> None:
    response.set_cookie(
        _name(request), conversation, httponly=True, samesite="strict", secure=_is_secure(request), path="/"
    )


def forget_conversation(request: Request, response: Response) -> None:
    response.delete_cookie(_name(request), httponly=True, samesite="strict", secure=_is_secure(request), path="/")


def _name(request: Request) -> str:
    # With this prefix a browser takes the cookie from this very host alone, over https.
    return f"__Host-{_NAME}" if _is_secure(request) else _NAME


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
