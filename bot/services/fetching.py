"""Files that a channel has: asked for in a turn's commit, brought in as work, and told as a later event."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.conversation.events import MAX_FILE, Attachment, Brought, Fetch, Item, Unkept
from bot.services.exchange import Incoming
from bot.services.receiving import Receiver
from bot.services.working import Asker, Found, put_work
from storage import work
from storage.database import Transaction
from storage.sealing import CitizensKeys
from storage.work import Task

FETCH_WORK = "fetch"

_TRIES = 4
"""Over a bit more than a minute; then the person is told, who is still there to send it again."""


class FileGone(Exception):  # noqa: N818 - what the channel answers
    """The channel will never give this file."""


class FileTooBig(Exception):  # noqa: N818 - what the channel answers
    """It is larger than what was allowed."""


class Downloads(Protocol):
    async def __call__(self, fetch: str, limit: int) -> bytes:
        """Raises FileGone, FileTooBig, and Later; after any other fault it is tried again."""


def put_fetch(
    t: Transaction, keys: CitizensKeys, incoming: Incoming, conversation: bytes, fetch: Fetch, *, now: datetime
) -> None:
    """Bring the file in, soon."""
    asked = {"what": fetch.what.value, "name": fetch.file.name, "fetch": fetch.file.fetch}
    put_work(t, keys, FETCH_WORK, incoming, conversation, asked=asked, run_at=now, now=now)


def forget_fetches(t: Transaction, conversation: bytes) -> None:
    """Nobody wants them any more."""
    work.drop(t, FETCH_WORK, conversation.hex())


class Fetcher:
    """The result of FETCH_WORK, for the worker."""

    def __init__(
        self,
        *,
        downloads: Mapping[str, Downloads],
        receiver: Receiver,
        awaits: Callable[[str, str, str], Awaitable[bool]],
        takes_another: Callable[[str, str], Awaitable[bool]],
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`downloads` by channel; `awaits` says whether a conversation (channel, address) still wants a file (name),
        and `takes_another` whether it has not sent too many."""
        self._downloads = dict(downloads)
        self._receiver = receiver
        self._awaits = awaits
        self._takes_another = takes_another
        self._at = at

    async def fetch(self, task: Task, asker: Asker) -> Found:
        name, what = str(asker.asked["name"]), Attachment(asker.asked["what"])
        if not await self._awaits(asker.channel, asker.conversation, name):
            # Before the first byte: what was said meanwhile may forbid to look at it.
            return _unkept(name, what, Unkept.LOST)
        if task.attempts > _TRIES:
            # This process, or the ones before it, ended over it each time.
            return _unkept(name, what, Unkept.LOST)
        if task.attempts == 1 and not await self._takes_another(asker.channel, asker.conversation):
            return _unkept(name, what, Unkept.TOO_MANY)
        try:
            content = await self._downloads[asker.channel](str(asker.asked["fetch"]), MAX_FILE)
        except FileTooBig:
            return _unkept(name, what, Unkept.TOO_BIG)
        except FileGone:
            return _unkept(name, what, Unkept.LOST)
        except Exception:
            if task.attempts >= _TRIES:
                return _unkept(name, what, Unkept.LOST)
            raise
        self._at("fetched")
        item, exhibit = await self._receiver.receive(name, what, content)
        return Found(Brought((item,), fetched=True), {} if exhibit is None else {name: exhibit})


def name_of(content: bytes) -> str:
    """A name for a file that comes without one: the same for the same content."""
    return hashlib.sha256(content).hexdigest()[:32]


def _unkept(name: str, what: Attachment, why: Unkept) -> Found:
    return Found(Brought((Item(name, what, why),), fetched=True))
