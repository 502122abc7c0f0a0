"""The citizens' bot in Telegram: updates in, the conversation's replies out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from starlette.routing import Route

from bot.channels.telegram.api import Api
from bot.channels.telegram.callbacks import Callbacks
from bot.channels.telegram.menus import set_up
from bot.channels.telegram.reading import Me, chat_of
from bot.channels.telegram.replies import Beside
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.taking import CHANNEL, Taker
from bot.channels.telegram.webhook import Webhook
from bot.channels.telegram.wording import Wording
from bot.services.exchange import Delivered
from bot.services.intake import Intake
from bot.services.pacing import Pace
from bot.services.polling import Polling, again_until_done
from bot.services.pushing import Held
from bot.services.working import Later

__all__ = ["CHANNEL", "Hook", "Telegram"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where updates are brought, and by what they prove to be Telegram's."""

    url: str
    path: str
    secret: str


class Telegram:
    """One bot in this process. `sender` is for the outbox's worker; `run` brings updates in while it is entered."""

    def __init__(
        self,
        *,
        token: str,
        address: str,
        intake: Intake,
        key: bytes,
        official: Collection[str],
        pace: Pace,
        pause: timedelta,
        keeps: tuple[int, int, int],
        hook: Hook | None = None,
        forget: Callable[[str], Awaitable[None]],
        after: Callable[[Delivered], None],
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`key` hides what stands behind buttons; `keeps`: hours and days as in `Beside`;
        `forget` drops what waits for a chat; `after` hears of every turn; `at`, of each point, is for tests."""
        self._api = Api(token, address)
        self._wording = Wording()
        self._callbacks = Callbacks(key)
        self._intake = intake
        self._pace = pace
        self._pause = pause
        self._beside = Beside(self._wording, *keeps)
        self._hook = hook
        self._webhook = None if hook is None else Webhook(hook.path, hook.secret)
        self._forget = forget
        self._after = after
        self._at = at
        self._taker: Taker | None = None
        self._polling: Polling | None = None
        self.sender = Sender(self._api, self._callbacks, self._wording, official)

    @property
    def routes(self) -> tuple[Route, ...]:
        return () if self._webhook is None else (self._webhook.route(),)

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Starts at once, whether or not Telegram can be reached: the web chat beside it must not wait."""
        await self._api.start()
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            await self._stop(task)

    async def download(self, fetch: str, limit: int) -> bytes:
        """For the work that fetches files."""
        try:
            return await self._api.download(fetch, limit)
        except Held as held:
            raise Later(held.seconds) from None

    async def close(self) -> None:
        """Once nothing is sent any more."""
        await self._api.close()

    async def _stop(self, task: asyncio.Task[None]) -> None:
        if self._webhook is not None:
            self._webhook.taker = None
        if self._polling is not None:
            self._polling.stop()
        else:
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if self._taker is not None:
            await self._taker.finish()

    async def _run(self) -> None:
        me = await again_until_done("asking for the bot's name", self._api.me)
        self.sender.trust(f"t.me/{me.username.lower()}")
        self._taker = taker = self._make_taker(me)
        menus = asyncio.create_task(again_until_done("setting the menus", self._set_up))
        try:
            if self._hook is not None and self._webhook is not None:
                self._webhook.taker = taker
                hook = self._hook
                await again_until_done("setting the webhook", lambda: self._api.set_webhook(hook.url, hook.secret))
                await menus
                return
            self._polling = Polling(self._api, taker.take, chat=lambda update: chat_of(update) or 0)
            await self._polling.run()
        finally:
            menus.cancel()
            await asyncio.gather(menus, return_exceptions=True)

    def _make_taker(self, me: Me) -> Taker:
        async def forget(chat: int) -> None:
            await self._forget(str(chat))

        return Taker(
            api=self._api,
            me=me,
            intake=self._intake,
            callbacks=self._callbacks,
            beside=self._beside,
            pace=self._pace,
            pause=self._pause,
            forget=forget,
            after=self._after,
            at=self._at,
        )

    async def _set_up(self) -> None:
        await set_up(self._api, self._wording)
