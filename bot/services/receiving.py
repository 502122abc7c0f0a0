"""A file that is here: what it is by its content, sealed to the staff, and what can be read off it."""

import asyncio
import json
from typing import Protocol

from bot.conversation.events import MAX_FILE, MAX_WORDS, Attachment, Item, Unkept
from bot.evidence.kinds import kind_of
from storage.exhibits import NewExhibit
from storage.sealing import StaffPublicKey


class ReadsPictures(Protocol):
    async def __call__(self, content: bytes, /) -> str:
        """The words and codes on a picture or in a PDF, a line each; empty where there are none or none can be read.
        Never raises for anything that the content may be; only where this process ends."""


async def read_nothing(_content: bytes) -> str:
    """Where no reader is installed, a person reads."""
    return ""


class Receiver:
    """Keeps nothing itself: what it gives goes into the commit of the turn that wants it."""

    def __init__(self, *, staff: StaffPublicKey, read: ReadsPictures = read_nothing) -> None:
        self._staff = staff
        self._read = read

    async def receive(self, name: str, what: Attachment, content: bytes) -> tuple[Item, NewExhibit | None]:
        """What the conversation is told of it, and what is kept of it if the conversation wants it."""
        if not content:
            return Item(name, what, Unkept.EMPTY), None
        if len(content) > MAX_FILE:
            return Item(name, what, Unkept.TOO_BIG), None
        kind = kind_of(content)
        if kind is None:
            return Item(name, what, Unkept.UNSUPPORTED), None
        sent_as, is_voice = what, kind.what is Attachment.VIDEO and what is Attachment.VOICE
        # The same container holds films and recordings: of two that the content allows, what the channel says.
        what = Attachment.VOICE if is_voice else kind.what
        exhibit = await asyncio.to_thread(self._seal, what, kind.type, content)
        # What was sent as a recording may be wanted where a picture is not: it is not looked at.
        has_words = kind.what is Attachment.PICTURE or kind.type == "application/pdf"
        is_read = has_words and sent_as in {Attachment.PICTURE, Attachment.FILE}
        words = await self._read(content) if is_read else ""
        return Item(name, what, words=words[:MAX_WORDS].strip()), exhibit

    def _seal(self, what: Attachment, type_: str, content: bytes) -> NewExhibit:
        about = json.dumps({"type": type_, "size": len(content)}).encode()
        return NewExhibit(kind=what.value, about=self._staff.seal(about), sealed=self._staff.seal(content))
