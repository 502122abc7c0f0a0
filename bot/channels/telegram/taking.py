"""One update's way in: read, brought to the conversation, and confirmed only once it is committed."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from bot.channels.telegram.api import Api
from bot.channels.telegram.callbacks import Callbacks
from bot.channels.telegram.commands import event_of
from bot.channels.telegram.marks import plain
from bot.channels.telegram.reading import Arrived, Blocked, Commanded, InGroup, Me, Tapped, Wrote, read_update
from bot.channels.telegram.replies import Beside
from bot.channels.telegram.wording import STALE, TROUBLE
from bot.conversation.events import Event, Part, Pressed
from bot.services.exchange import Delivered, Incoming, begin
from bot.services.intake import Intake
from bot.services.pacing import Pace
from bot.services.polling import REFUSALS
from bot.services.pushing import Held

CHANNEL = "telegram"

_log = logging.getLogger(__name__)
_TYPING_AFTER = 0.3
_TRIES = 3
"""How often an update that makes us stumble is tried, before the others may pass it."""
_TOLD_EVERY = 60.0
_MOST_KEPT = 10_000

Update = Mapping[str, Any]


class Taker:
    """`after` hears of what was taken in: there may be something to send, or to come back to."""

    def __init__(
        self,
        *,
        api: Api,
        me: Me,
        intake: Intake,
        callbacks: Callbacks,
        beside: Beside,
        pace: Pace,
        pause: timedelta,
        forget: Callable[[int], Coroutine[Any, Any, None]],
        after: Callable[[Delivered], None],
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`forget` drops all that waits for a chat; `pause` joins what is written in a row."""
        self._api = api
        self._me = me
        self._intake = intake
        self._callbacks = callbacks
        self._beside = beside
        self._pace = pace
        self._pause = pause
        self._forget = forget
        self._after = after
        self._at = at
        self._stumbles: Counter[int] = Counter()
        self._told: dict[int, float] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def take(self, update: Update) -> bool:
        """Whether it is done with: committed, or nothing to do. Otherwise it is to be delivered again."""
        number = update.get("update_id")
        if not isinstance(number, int):
            return True
        try:
            self._at("arrived")
            is_done = await self._take(number, update)
        except Exception as fault:  # noqa: BLE001 - the boundary of an update: one must not stop all that come after
            self._stumbles[number] += 1
            is_done = self._stumbles[number] >= _TRIES
            what = "given up" if is_done else "to be tried again"
            _log.error("update %d made us stumble (%s); it is %s", number, type(fault).__name__, what)
            if is_done:
                self._apologise(update)
        if is_done:
            self._stumbles.pop(number, None)
            self._at("committed")
        return is_done

    async def finish(self) -> None:
        """Wait for what goes on beside."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _take(self, number: int, update: Update) -> bool:
        arrived = read_update(update, self._me)
        match arrived:
            case None:
                return True
            case Blocked(chat):
                await self._forget(chat)
                return True
            case InGroup(chat, hint):
                return await self._in_group(number, chat, hint)
            case Tapped():
                return await self._tapped(number, arrived)
            case Wrote(chat, message, hint, said):
                part = Part(said, self._pause, place=message, ref=str(message))
                return await self._receive(number, arrived, part, hint, mark=str(message))
            case Commanded():
                return await self._commanded(number, arrived)

    async def _receive(self, number: int, arrived: Arrived, event: Event, hint: str | None, mark: str = "") -> bool:
        incoming = Incoming(CHANNEL, str(arrived.chat), str(number), event, hint, pushes=True, mark=mark)
        async with self._typing(arrived.chat):
            delivered = await self._intake.receive(incoming)
        return self._settle(arrived.chat, delivered)

    def _settle(self, chat: int, delivered: Delivered) -> bool:
        if delivered.kept:
            if delivered.waits is not None:
                self._beside_it(self._type_while_waiting(chat))
            self._after(delivered)
            return True
        self._tell_once(chat, delivered)
        # A flood is not worth keeping; what a full disk refused is delivered again.
        return delivered.flooded

    async def _commanded(self, number: int, arrived: Commanded) -> bool:
        chat, mark = arrived.chat, str(arrived.message)
        incoming = Incoming(CHANNEL, str(chat), str(number), Pressed("help"), arrived.hint, pushes=True, mark=mark)
        if arrived.command in {"privacy", "status"} or (arrived.command, arrived.argument) == ("start", "status"):
            replies = self._beside.privacy if arrived.command == "privacy" else self._beside.status
            return self._settle(chat, await self._intake.answer_beside(incoming, replies))
        event, hint = event_of(arrived.command, arrived.argument, arrived.hint)
        return await self._receive(number, arrived, event, hint, mark)

    async def _tapped(self, number: int, tapped: Tapped) -> bool:
        read = self._callbacks.read(tapped.chat, tapped.data)
        if read is None:
            self._beside_it(
                self._api.answer(tapped.query, self._beside.wording.say(begin(tapped.hint).language, STALE))
            )
            return True
        turn, button = read
        is_done = await self._receive(number, tapped, Pressed(button, turn), tapped.hint)
        self._beside_it(self._api.answer(tapped.query))
        return is_done

    async def _in_group(self, number: int, chat: int, hint: str | None) -> bool:
        if not self._may_be_told(chat):
            return True
        incoming = Incoming(CHANNEL, str(chat), str(number), Pressed("help"), hint, pushes=True)
        return self._settle(chat, await self._intake.answer_beside(incoming, self._beside.private(self._me.username)))

    def _tell_once(self, chat: int, delivered: Delivered) -> None:
        """That nothing was saved: at once, for the outbox may be what is full; and not with every try."""
        if not self._may_be_told(chat):
            return
        for reply in delivered.screen.replies[:1]:
            for text in plain(reply.text):
                self._beside_it(self._said(chat, text))

    def _apologise(self, update: Update) -> None:
        """What was given up is not passed over in silence."""
        arrived = read_update(update, self._me)
        if isinstance(arrived, Wrote | Commanded | Tapped) and self._may_be_told(arrived.chat):
            text = self._beside.wording.say(begin(arrived.hint).language, TROUBLE)
            self._beside_it(self._said(arrived.chat, text))

    def _may_be_told(self, chat: int) -> bool:
        """Once in a while."""
        now = time.monotonic()
        if now - self._told.get(chat, -_TOLD_EVERY) < _TOLD_EVERY:
            return False
        if len(self._told) > _MOST_KEPT:
            self._told = {who: at for who, at in self._told.items() if now - at < _TOLD_EVERY}
        self._told[chat] = now
        return True

    async def _said(self, chat: int, text: str) -> None:
        message = await self._api.send_plain(chat, text, None, is_silent=False)
        await self._intake.was_said(CHANNEL, str(chat), str(message))

    @asynccontextmanager
    async def _typing(self, chat: int) -> AsyncIterator[None]:
        """Shown while it takes longer than a moment."""
        task = asyncio.create_task(self._type_later(chat))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _type_later(self, chat: int) -> None:
        await asyncio.sleep(_TYPING_AFTER)
        if not self._pace.is_held(str(chat)):
            await self._quietly(self._api.type(chat), chat)

    async def _type_while_waiting(self, chat: int) -> None:
        if self._pause.total_seconds() > _TYPING_AFTER and not self._pace.is_held(str(chat)):
            await self._api.type(chat)

    def _beside_it(self, call: Coroutine[Any, Any, None]) -> None:
        """Of no consequence if it fails, and nobody waits for it."""
        task = asyncio.create_task(self._quietly(call))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _quietly(self, call: Coroutine[Any, Any, None], chat: int | None = None) -> None:
        try:
            await call
        except Held as held:
            if chat is not None:
                self._pace.hold(str(chat), held.seconds)
        except REFUSALS:
            return
