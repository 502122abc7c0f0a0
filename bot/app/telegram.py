"""The citizens' bot joined to the conversation: what arrives, what waits, and what is sent, in one process."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.app.crashing import crash_hook
from bot.app.parts import Public
from bot.app.retaining import retention
from bot.channels.telegram import CHANNEL, Hook, Telegram
from bot.services.exchange import Delivered
from bot.services.fetching import FETCH_WORK, Fetcher
from bot.services.intake import Intake
from bot.services.looping import Loop
from bot.services.official import official_hosts
from bot.services.pacing import Pace
from bot.services.parcels import Parcel
from bot.services.pushing import Pusher
from bot.services.receiving import Receiver
from bot.services.watching import UNWATCHED, Watch
from bot.services.working import PAUSE_WORK, Result, Worker, wait_over
from bot.settings import Settings
from knowledge.hotlines import shipped_hotlines
from storage import outbox

_FETCHERS = 4
"""Files brought in at a time; each may take twenty megabytes of memory, thrice."""
_FETCH_IDLE = 5.0
"""Seconds after which each looks for what another process has left: nobody waits for it who was not told so."""


class CitizensBot:
    """Raises Fault where a crash is asked for outside tests, KnowledgeError."""

    def __init__(  # noqa: PLR0917 - the parts it joins, each once
        self,
        token: str,
        settings: Settings,
        parts: Public,
        intake: Intake,
        receiver: Receiver,
        watch: Watch = UNWATCHED,
    ) -> None:
        self._parts = parts
        at = crash_hook(settings, os.environ)
        pace = Pace(
            overall=settings.telegram_messages_a_second,
            each=settings.telegram_chat_messages_a_second,
            clock=time.monotonic,
        )
        self._worker = Loop("work that waits", self._make_worker(intake, at, {PAUSE_WORK: wait_over}).run_once)
        kept = retention(settings)
        self.channel = Telegram(
            token=token,
            address=settings.telegram_api,
            intake=intake,
            key=self._key("buttons", ""),
            official=official_hosts(shipped_hotlines()),
            pace=pace,
            pause=timedelta(seconds=settings.burst_seconds),
            keeps=(int(kept.idle_session.total_seconds() // 3600), kept.decided_tip.days, kept.undecided_tip.days),
            hook=self._hook(token, settings),
            forget=self._forget,
            after=self._after,
            at=at,
        )
        fetcher = Fetcher(
            downloads={CHANNEL: self.channel.download},
            receiver=receiver,
            awaits=intake.awaits,
            takes_another=intake.takes_another,
            at=at,
        )
        # Beside each other, and beside what only waits: a slow download holds up nobody else.
        fetches = self._make_worker(intake, at, {FETCH_WORK: fetcher.fetch}, at_once=1)
        self._fetchers = [Loop("files", fetches.run_once, idle=_FETCH_IDLE) for _ in range(_FETCHERS)]
        self._pusher = Pusher(
            database=parts.database,
            key=parts.citizens,
            clock=parts.clock,
            channel=CHANNEL,
            read=Parcel.load,
            sends=self.channel.sender,
            pace=pace,
            again=self._wake,
            at=at,
            watch=watch,
        )
        self._pushing = Loop("the outbox", self._pusher.run_once)

    @asynccontextmanager
    async def run(self, _app: object) -> AsyncIterator[None]:
        """While entered: takes in, comes back to what waits, and sends."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._worker.run())
            group.create_task(self._pushing.run())
            for fetcher in self._fetchers:
                group.create_task(fetcher.run())
            try:
                async with self.channel.run():
                    yield
            finally:
                self._worker.stop()
                self._pushing.stop()
                for fetcher in self._fetchers:
                    fetcher.stop()
        # What the last turns said goes out; what does not make it is sent after the next start.
        await self._pusher.finish()
        await self._pusher.run_once()
        await self._pusher.finish()
        await self.channel.close()

    def _wake(self, seconds: float) -> None:
        self._pushing.wake(seconds)

    def _make_worker(
        self, intake: Intake, at: Callable[[str], None], results: Mapping[str, Result], **rest: Any
    ) -> Worker:
        return Worker(
            database=self._parts.database,
            citizens=self._parts.citizens,
            intake=intake,
            clock=self._parts.clock,
            by=f"citizens@{socket.gethostname()}:{os.getpid()}",
            results=results,
            after=self._after,
            at=at,
            **rest,
        )

    def _after(self, delivered: Delivered) -> None:
        self._pusher.hand(delivered.outgoing, delivered.earlier)
        if delivered.fetches:
            for fetcher in self._fetchers:
                fetcher.wake()
        if delivered.waits is not None:
            self._worker.wake((delivered.waits - self._parts.clock()).total_seconds() + 0.005)

    async def _forget(self, address: str) -> None:
        conversation = self._parts.citizens.conversation_pseudonym(CHANNEL, address)
        await self._parts.database.write(lambda t: outbox.drop(t, conversation, now=self._parts.clock()))

    def _hook(self, token: str, settings: Settings) -> Hook | None:
        if settings.webhook_url is None:
            return None
        given = settings.webhook_secret
        # The same in every process, and after every restart.
        secret = self._key("webhook", token).hex() if given is None else given.get_secret_value()
        return Hook(settings.webhook_url, urlsplit(settings.webhook_url).path or "/telegram", secret)

    def _key(self, purpose: str, of: str) -> bytes:
        return self._parts.citizens.conversation_pseudonym(f"telegram {purpose}", of)
