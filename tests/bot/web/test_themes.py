"""Light, dark or as the device: what was chosen, and where it is remembered."""

from datetime import timedelta

import pytest
from starlette.requests import Request
from starlette.responses import Response

from bot.web.themes import Theme, choose_theme, forget_theme, keep_theme

YEAR = timedelta(days=365)


def request(*, query: str = "", cookie: str = "", scheme: str = "http") -> Request:
    headers = [(b"host", b"console.test"), *([(b"cookie", f"look={cookie}".encode())] if cookie else [])]
    return Request(
        {
            "type": "http",
            "scheme": scheme,
            "query_string": query.encode(),
            "headers": headers,
            "path": "/",
            "method": "GET",
        }
    )


@pytest.mark.parametrize(
    ("query", "cookie", "theme"),
    [
        ("", "", Theme.DEVICE),
        ("", "dark", Theme.DARK),
        ("theme=light", "dark", Theme.LIGHT),
        ("theme=device", "dark", Theme.DEVICE),
        ("theme=pink", "light", Theme.LIGHT),
        ("", '"><script>', Theme.DEVICE),
    ],
)
def test_the_address_speaks_before_the_cookie_and_nothing_else_is_taken(query: str, cookie: str, theme: Theme) -> None:
    assert choose_theme(request(query=query, cookie=cookie)) is theme


def test_only_what_was_asked_for_is_remembered() -> None:
    response = Response()
    keep_theme(request(cookie="dark"), response, lasts=YEAR)
    keep_theme(request(query="theme=pink"), response, lasts=YEAR)
    assert "set-cookie" not in response.headers


def test_a_choice_lasts_as_long_as_the_face_says() -> None:
    for_long, for_now = Response(), Response()
    keep_theme(request(query="theme=dark", scheme="https"), for_long, lasts=YEAR)
    keep_theme(request(query="theme=dark"), for_now, lasts=None)
    assert "look=dark; HttpOnly; Max-Age=31536000; Path=/; SameSite=strict; Secure" in for_long.headers["set-cookie"]
    assert "Max-Age" not in for_now.headers["set-cookie"]


@pytest.mark.parametrize("way", ["the device again", "the way out"])
def test_the_cookie_can_be_taken_back(way: str) -> None:
    response = Response()
    if way == "the device again":
        keep_theme(request(query="theme=device", cookie="dark"), response, lasts=YEAR)
    else:
        forget_theme(request(cookie="dark"), response)
    assert 'look=""; ' in response.headers["set-cookie"]
    assert "Max-Age=0" in response.headers["set-cookie"]
