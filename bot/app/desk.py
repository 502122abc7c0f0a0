"""The desk's role: the staff's bot in Telegram, without the key that opens reports."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from bot.app.built import Built
from bot.app.crashing import crash_hook
from bot.app.faults import ExitCode, Fault
from bot.app.metrics import Metrics
from bot.app.naming import naming
from bot.app.parts import Desk, open_desk
from bot.app.roles import Role
from bot.locales import Catalogues
from bot.services.acts import Acts
from bot.services.desk_letters import CHANNEL, load
from bot.services.desk_notices import Morning, Notices
from bot.services.looping import Loop
from bot.services.newest import Newest
from bot.services.pushing import Pusher
from bot.services.watching import Watch
from bot.settings import Settings, variable
from bot.staff.desk.bot import DeskBot
from bot.staff.desk.callbacks import Callbacks
from bot.staff.desk.pace import DeskPace
from bot.staff.desk.room import Room
from bot.staff.desk.wording import Wording
from bot.web.health import health_routes
from knowledge.catalogue import Catalogue
from storage import keyring

_A_MINUTE_IN_A_GROUP = 20
"""What Telegram allows a bot to say in one group; a short burst passes."""


@contextmanager
def desk(settings: Settings) -> Iterator[Built]:
    """Raises StorageError, KnowledgeError, Fault."""
    if settings.desk_token is None:
        raise Fault(f"The desk has no bot: {variable('desk_token')} is not set.", ExitCode.UNUSABLE)
    with open_desk(settings) as parts, naming(parts.database, lambda: parts.releases, settings) as catalogue:
        metrics = Metrics(Role.DESK)
        role = DeskRole(settings.desk_token.get_secret_value(), settings, parts, catalogue, metrics)

        async def check() -> bool:
            await parts.database.read(keyring.bound)
            return role.is_well

        yield Built(Starlette(routes=[*health_routes(Role.DESK, check)], lifespan=role.run), metrics=metrics)


class DeskRole:
    """The bot, what it says by itself, and the outbox's worker, in one process."""

    def __init__(self, token: str, settings: Settings, parts: Desk, catalogue: Newest[Catalogue], watch: Watch) -> None:
        at = crash_hook(settings, os.environ)
        room = Room(
            database=parts.database,
            key=parts.key,
            acts=Acts(parts.database, parts.staff, parts.key, clock=parts.clock, random=parts.random),
            catalogue=catalogue,
            sentences=Catalogues.load(),
            wording=Wording(),
            callbacks=Callbacks(parts.key.buttons),
            clock=parts.clock,
            random=parts.random,
            console=_reachable(settings.console_url),
        )
        self._bot = DeskBot(token=token, address=settings.telegram_api, room=room, after=self._changed, at=at)
        self._notices = Notices(
            parts.database,
            parts.key,
            morning=Morning(settings.desk_digest_time, ZoneInfo(settings.desk_time_zone)),
            clock=parts.clock,
        )
        self._pusher = Pusher(
            database=parts.database,
            key=parts.key,
            clock=parts.clock,
            channel=CHANNEL,
            read=load,
            sends=self._bot.sender,
            pace=DeskPace(
                overall=settings.telegram_messages_a_second,
                each=settings.telegram_chat_messages_a_second,
                in_group=_A_MINUTE_IN_A_GROUP / 60,
                clock=time.monotonic,
            ),
            again=self._wake,
            at=at,
            watch=watch,
        )
        self._noticing = Loop("the desk's notices", self._notice)
        self._pushing = Loop("the desk's outbox", self._pusher.run_once)

    @property
    def is_well(self) -> bool:
        return self._bot.is_well

    @asynccontextmanager
    async def run(self, _app: object) -> AsyncIterator[None]:
        """While entered: takes in, notices, and sends."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._noticing.run())
            group.create_task(self._pushing.run())
            try:
                async with self._bot.run():
                    yield
            finally:
                self._noticing.stop()
                self._pushing.stop()
        # What the last acts said goes out; what does not make it is sent after the next start.
        await self._pusher.run_once()
        await self._pusher.finish()
        await self._bot.close()

    def _wake(self, seconds: float) -> None:
        self._pushing.wake(seconds)

    def _changed(self) -> None:
        self._noticing.wake()
        self._pushing.wake()

    async def _notice(self) -> bool:
        said = await self._notices.run_once()
        if said:
            self._pushing.wake()
        return said


def _reachable(console: str | None) -> str | None:
    """The console's address, where phones can follow it: a link to this machine would lead each to itself."""
    return console if console is not None and urlsplit(console).scheme == "https" else None
