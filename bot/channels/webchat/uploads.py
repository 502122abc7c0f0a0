"""Files sent with a message: looked at only where the conversation takes them, and handed on sealed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from bot.channels.webchat.sent import CHANNEL, Sent, announces_files, hint_of
from bot.conversation.events import Attachment, Brought, Item, Unkept
from bot.services.exchange import Incoming
from bot.services.fetching import name_of
from bot.services.intake import Intake
from bot.services.receiving import Receiver
from storage.exhibits import NewExhibit

_AT_ONCE = 12
"""Messages with files that are taken in at a time; each may be held in memory thrice."""


class Uploads:
    """Keeps nothing: what it makes is committed with the conversation's turn, or not at all."""

    def __init__(self, intake: Intake, receiver: Receiver) -> None:
        self._intake = intake
        self._receiver = receiver
        self._door = asyncio.Semaphore(_AT_ONCE)

    @asynccontextmanager
    async def door(self, request: Request) -> AsyncIterator[None]:
        """Held by whoever brings more than words."""
        if not announces_files(request):
            yield
            return
        async with self._door:
            yield

    async def receive(self, request: Request, sent: Sent, conversation: str) -> Incoming:
        """What the conversation is told of the files."""
        screen = await self._intake.view(CHANNEL, conversation, hint_of(request))
        items: dict[str, Item] = {}
        exhibits: dict[str, NewExhibit] = {}
        for content in sent.files:
            name = name_of(content)
            if name in items:
                continue
            items[name], exhibit = await self._receive(request, conversation, name, content, looks=screen.takes_files)
            if exhibit is not None:
                exhibits[name] = exhibit
        incoming = sent.incoming(request, conversation, Brought(tuple(items.values())))
        return incoming.with_exhibits(exhibits)

    async def _receive(
        self, request: Request, conversation: str, name: str, content: bytes, *, looks: bool
    ) -> tuple[Item, NewExhibit | None]:
        if not looks:
            return Item(name, Attachment.FILE, Unkept.REFUSED), None
        source = request.client.host if request.client else None
        if not await self._intake.takes_another(CHANNEL, conversation, source):
            return Item(name, Attachment.FILE, Unkept.TOO_MANY), None
        return await self._receiver.receive(name, Attachment.FILE, content)
