"""What a citizen's browser sent: whether it came from our own page, and an id that is the same for a double tap."""

import re
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request

from bot.channels.webchat.cookie import conversation_of
from bot.conversation.events import MAX_FILE, Brought, Event, Pressed
from bot.services.exchange import Incoming
from bot.web.forms import TOKEN_FIELD, Form, form_token, is_form_token, is_from_another_site, read_form_with_files
from bot.web.languages import language_from_tag

CHANNEL = "webchat"
BODY_LIMIT = 256 * 1024
"""Bytes: the longest message there may be, in the widest characters, with room for a browser's wrapping."""
FILES_LIMIT = BODY_LIMIT + MAX_FILE + 4 * 1024 * 1024
"""Bytes of a message with files: one of the largest, or several as telephones make them."""
_MOST_FILES = 30
"""More than are kept of one report, so that it is the conversation which says how many fit."""
NOBODY = ""
"""Stands for the conversation of someone who has not written yet; nothing is ever saved under it."""

_STRANGER = "nobody has written from this browser yet"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}")
_TURN = re.compile(r"[0-9]{1,9}")
_STALE = -1
"""A turn that no screen has."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form. `is_ours`: it came from a page of ours, for this browser; anything else must change nothing.
    `is_foreign`: another site sent it."""

    form: Form
    conversation: str | None
    is_ours: bool
    is_foreign: bool
    files: tuple[bytes, ...] = ()

    @property
    def turn(self) -> int:
        """The turn of the page the form stood on."""
        turn = self.form.get("turn", "")
        return int(turn) if _TURN.fullmatch(turn) else _STALE

    def incoming(self, request: Request, conversation: str, event: Event) -> Incoming:
        """The event as Intake takes it. The same form with the same content is the same update, however often sent;
        with other words, after a step back in the browser, it is another one."""
        match event:
            case Pressed(button):
                kind, content = "press", button
            case Brought(items):
                kind, content = "send", " ".join(item.name for item in items)
            case _:
                kind, content = "say", self.form.get("text", "")
        parts = (conversation, self.form.get("page", ""), kind, content)
        update = sha256("\x00".join(parts).encode()).hexdigest()
        source = request.client.host if request.client else None
        return Incoming(CHANNEL, conversation, update, event, hint=hint_of(request), source=source, turn=self.turn)


def announces_files(request: Request) -> bool:
    """Whether more is coming than words alone may be."""
    announced = request.headers.get("content-length", "")
    return not announced.isdecimal() or int(announced) > BODY_LIMIT


async def read_sent(request: Request, *, takes_files: bool = False) -> Sent:
    """Read it, from wherever it came: who refuses it must still be able to give back what was typed.

    HTTPException 413 for more than BODY_LIMIT, or FILES_LIMIT where files may be among it.
    """
    most_bytes, most_files = (FILES_LIMIT, _MOST_FILES) if takes_files else (BODY_LIMIT, 0)
    form, files = await read_form_with_files(
        request, most_text=BODY_LIMIT, most_bytes=most_bytes, most_files=most_files
    )
    conversation = conversation_of(request)
    is_foreign = is_from_another_site(request)
    is_ours = not is_foreign and _is_ours(request, form.get(TOKEN_FIELD, ""), conversation)
    return Sent(form, conversation, is_ours, is_foreign, files)


def token_for(conversation: str | None) -> str:
    """The token for the forms of a page."""
    return form_token(conversation or _STRANGER)


def hint_of(request: Request) -> str | None:
    """The language tag, with its place, that the browser likes best among those we speak; else its first one."""
    wishes: list[tuple[float, int, str]] = []
    for position, wish in enumerate(request.headers.get("accept-language", "")[:500].split(",")):
        tag, _, quality = wish.strip().partition(";q=")
        if _TAG.fullmatch(tag):
            wishes.append((-_weight(quality), position, tag))
    tags = [tag for weight, _, tag in sorted(wishes) if weight < 0]
    return next((tag for tag in tags if language_from_tag(tag) is not None), tags[0] if tags else None)


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0


def _is_ours(request: Request, token: str, conversation: str | None) -> bool:
    if conversation is not None and is_form_token(token, conversation):
        return True
    # Without a cookie nothing binds the token to this browser: then it must say itself where the form came from.
    return is_form_token(token, _STRANGER) and _says_it_is_ours(request)


def _says_it_is_ours(request: Request) -> bool:
    """False only for `Origin: null` from a browser that says nothing more; one too old to say anything is believed."""
    return "sec-fetch-site" in request.headers or request.headers.get("origin") != "null"
