"""Light or dark: as the device is set, unless somebody chose; the choice is kept in a cookie."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response


def N_(text: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return text


# A name that tells nothing to whoever looks through a phone's list of cookies.
THEME_COOKIE = "look"


class Theme(StrEnum):
    """How a page looks. The values stand in the cookie, in addresses (`?theme=dark`) and in the page's data-theme."""

    DEVICE = "device"
    LIGHT = "light"
    DARK = "dark"


THEME_NAMES: Mapping[Theme, str] = MappingProxyType(
    {Theme.DEVICE: N_("As the device"), Theme.LIGHT: N_("Light"), Theme.DARK: N_("Dark")}
)
"""Each as the switch says it."""


def choose_theme(request: Request) -> Theme:
    """The look asked for in the address, else in the cookie, else the device's."""
    for wanted in (request.query_params.get("theme"), request.cookies.get(THEME_COOKIE)):
        if wanted in set(Theme):
            return Theme(wanted)
    return Theme.DEVICE


def keep_theme(request: Request, response: Response, *, lasts: timedelta | None) -> None:
    """Remember the look that was asked for in the address; for `lasts`, or, with None, until the browser is closed.

    To choose the device's own look takes the cookie back.
    """
    if request.query_params.get("theme") not in set(Theme):
        return
    chosen = choose_theme(request)
    if chosen is Theme.DEVICE:
        forget_theme(request, response)
        return
    response.set_cookie(
        THEME_COOKIE,
        chosen.value,
        max_age=None if lasts is None else int(lasts.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )


def forget_theme(request: Request, response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(
        THEME_COOKIE, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/"
    )
