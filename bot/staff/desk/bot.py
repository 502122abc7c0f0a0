"""The desk's bot: asks who it is called, then takes in what staff press and write, until it is stopped."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.services.polling import Polling, again_until_done
from bot.staff.desk.api import Api
from bot.staff.desk.dialogs import Dialogs
from bot.staff.desk.pressing import Pressing
from bot.staff.desk.room import Room
from bot.staff.desk.sending import Sender
from bot.staff.desk.taking import Taker
from bot.staff.desk.writing import Writing
from storage import desk_bindings


class DeskBot:
    """One bot in this process. `sender` is for the outbox's worker; `run` brings updates in while it is entered."""

    def __init__(
        self,
        *,
        token: str,
        address: str,
        room: Room,
        after: Callable[[], None],
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._api = Api(token, address)
        self._room = room
        self._after = after
        self._at = at
        self._polling: Polling | None = None
        self._taker: Taker | None = None
        self._running: asyncio.Task[None] | None = None
        self.sender = Sender(self._api, room)

    @property
    def is_well(self) -> bool:
        """Whether it still takes in what comes; that Telegram cannot be reached is no fault of its."""
        return self._running is not None and not self._running.done()

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Starts at once, whether or not Telegram can be reached."""
        self._running = task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            if self._polling is not None:
                self._polling.stop()
            else:
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if self._taker is not None:
                await self._taker.finish()

    async def close(self) -> None:
        """Once nothing is sent any more."""
        await self._api.close()

    async def _run(self) -> None:
        number, username = await again_until_done("asking for the bot's name", self._api.me)
        await self._room.database.write(lambda t: desk_bindings.name_bot(t, self._room.key, username))
        dialogs = Dialogs(self._room)
        self._taker = Taker(
            api=self._api,
            room=self._room,
            pressing=Pressing(self._room, dialogs),
            writing=Writing(self._room, dialogs, username),
            bot=number,
            after=self._after,
            at=self._at,
        )
        self._polling = Polling(self._api, self._taker.take)
        await self._polling.run()
