"""The bot's few marks as Telegram's HTML, cut into messages that fit; all else is text, and escaped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

LONGEST = 4000
"""UTF-16 units of one message; Telegram takes 4,096, counted after the marks are read."""

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_RECEIPT = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
# What turns the direction of what follows, and what no app shows.
_UNSHOWN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ENDS = re.compile(r"\n\n|\n|(?<=[。！？；])|(?<=[.!?;]) |(?<=[，、,]) ?| ")
"""Where a text may be cut, the best first."""


@dataclass(frozen=True, slots=True)
class Span:
    """`tag` is empty for plain text."""

    text: str
    tag: str = ""

    @property
    def html(self) -> str:
        shown = escape(self.text, quote=False)
        return f"<{self.tag}>{shown}</{self.tag}>" if self.tag else shown


def render(text: str) -> tuple[str, ...]:
    """One or more messages in HTML, none of them empty."""
    return tuple("".join(span.html for span in message) for message in _cut(list(_spans(text))))


def plain(text: str) -> tuple[str, ...]:
    """The same without any marks, for when the marks are refused."""
    return tuple("".join(span.text for span in message) for message in _cut(list(_spans(text))))


def _spans(text: str) -> Iterator[Span]:
    text = _UNSHOWN.sub("", text).strip()
    end = 0
    for found in _BOLD.finditer(text):
        yield Span(text[end : found.start()])
        # A tap on it copies it.
        yield Span(found[1], "code" if _RECEIPT.fullmatch(found[1]) else "b")
        end = found.end()
    yield Span(text[end:])


def _cut(spans: list[Span]) -> Iterator[list[Span]]:
    message: list[Span] = []
    room = LONGEST
    while spans:
        span = spans.pop(0)
        if not span.text:
            continue
        if _units(span.text) <= room:
            message.append(span)
            room -= _units(span.text)
            continue
        at = _best_end(span.text, room)
        if at == 0 and message:
            # Nothing of it fits well: it begins the next message.
            spans.insert(0, span)
        else:
            at = at or _hard_end(span.text, room)
            message.append(Span(span.text[:at].rstrip(), span.tag))
            spans.insert(0, Span(span.text[at:].lstrip(), span.tag))
        yield from _whole(message)
        message, room = [], LONGEST
    yield from _whole(message)


def _whole(message: list[Span]) -> Iterator[list[Span]]:
    if any(span.text.strip() for span in message):
        yield message


def _best_end(text: str, room: int) -> int:
    """After the last sentence (else line, clause or word) that fits, if it leaves the message half full; else 0."""
    fits = text[: _hard_end(text, room)]
    for wanted in ("\n\n", "\n", "。！？；.!?;", "，、, "):
        ends = [found.end() for found in _ENDS.finditer(fits) if _is_end(fits, found, wanted)]
        if ends and ends[-1] * 2 >= len(fits):
            return ends[-1]
    return 0


def _is_end(text: str, found: re.Match[str], wanted: str) -> bool:
    if found.group().strip(" ") or wanted.startswith("\n"):
        return found.group() == wanted
    before = text[found.start() - 1 : found.start()]
    return bool(before) and (before in wanted or (" " in wanted and found.group() == " "))


def _hard_end(text: str, room: int) -> int:
    units = 0
    for place, sign in enumerate(text):
        units += 2 if ord(sign) > 0xFFFF else 1
        if units > room:
            return place
    return len(text)


def _units(text: str) -> int:
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)
