"""An update taken in: from whom it is, what they may, the act in one commit with the update's id; then the answer."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from pydantic import ValidationError

from bot.services.desk_seats import Seat, seat_of
from bot.services.polling import REFUSALS
from bot.services.pushing import Held
from bot.staff.desk import wording
from bot.staff.desk.api import Api, Moved
from bot.staff.desk.pressing import Pressing, Told
from bot.staff.desk.reading import GroupMoved, Membership, Pressed, Wrote, kind_of, read
from bot.staff.desk.room import Repeated, Room, Unseated
from bot.staff.desk.writing import Writing, code_in, command_in
from storage import desk_bindings, desk_places
from storage.database import Transaction
from storage.errors import StorageError

_log = logging.getLogger(__name__)


class Taker:
    """`after` hears when something may have changed; `at`, of each point passed, is for tests."""

    def __init__(
        self,
        *,
        api: Api,
        room: Room,
        pressing: Pressing,
        writing: Writing,
        bot: int,
        after: Callable[[], None],
        at: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._api = api
        self._room = room
        self._pressing = pressing
        self._writing = writing
        self._bot = bot
        self._after = after
        self._at = at
        self._answering: set[asyncio.Task[None]] = set()

    async def take(self, update: Mapping[str, Any]) -> bool:
        """Whether it is done with; else it is to be brought again. What it held is in no log."""
        self._at("arrived")
        try:
            await self._take(update)
        except Repeated:
            return True
        except StorageError as fault:
            _log.error("an update (%s) could not be kept: %s", kind_of(update), type(fault).__name__)
            return False
        except Exception as fault:  # noqa: BLE001 - the boundary of an update: one that is bad must not stop all others
            _log.error("an update (%s) is passed over: %s", kind_of(update), type(fault).__name__)
            return True
        self._at("committed")
        self._after()
        return True

    async def finish(self) -> None:
        """Wait for the answers that were begun."""
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def _take(self, update: Mapping[str, Any]) -> None:
        try:
            event = read(update, self._bot)
        except ValidationError:
            _log.warning("an update (%s) is not as the Bot API has them; passed over", kind_of(update))
            return
        match event:
            case Pressed():
                await self._pressed(event)
            case Wrote():
                await self._wrote(event)
            case GroupMoved():
                await self._room.database.write(lambda t: desk_places.move(t, self._room.key, event.chat, event.to))
            case Membership():
                await self._room.database.write(lambda t: self._moved_in_or_out(t, event))
            case None:
                return

    async def _pressed(self, event: Pressed) -> None:
        seat, is_bound = await self._who(event.person, event.chat.number, is_private=event.chat.is_private)
        if seat is None:
            _log.info("a press by nobody of the staff was passed over")
            return
        if not is_bound:
            self._answer(event, Told(self._room.wording.say(seat.language, wording.NO_GROUP), is_alert=True))
            return
        try:
            told = await self._pressing.press(seat, event)
        except Unseated:
            _log.info("a press by somebody who just lost the desk was passed over")
            return
        except StorageError:
            raise
        except Repeated:
            raise
        except Exception:
            self._answer(event, Told(self._room.wording.say(seat.language, wording.TROUBLE), is_alert=True))
            raise
        self._answer(event, told)

    async def _wrote(self, event: Wrote) -> None:
        code = code_in(command_in(event.text, self._writing.bot))
        if code is not None and not event.chat.is_private:
            await self._room.database.write(lambda t: desk_bindings.burn_code(t, self._room.key, code))
        elif code is not None:
            is_bound = await self._writing.bind(event, code)
            _log.info("a code was sent: %s", "somebody is bound" if is_bound else "it is wrong or over")
            return
        seat, is_bound = await self._who(event.person, event.chat.number, is_private=event.chat.is_private)
        if seat is None:
            _log.info("words of nobody of the staff were passed over")
            return
        try:
            await self._writing.write(seat, event, is_bound=is_bound)
        except Unseated:
            _log.info("words of somebody who just lost the desk were passed over")

    async def _who(self, person: int, chat: int, *, is_private: bool) -> tuple[Seat | None, bool]:
        """Whoever acts, if they may; and whether the chat is one where the desk speaks."""
        room = self._room

        def query(t: Transaction) -> tuple[Seat | None, bool]:
            is_bound = is_private or desk_places.find(t, room.key, chat) is not None
            return seat_of(t, room.key, person), is_bound

        return await room.database.read(query)

    def _moved_in_or_out(self, t: Transaction, event: Membership) -> None:
        """Chats that are nobody's of ours have no row that this could change."""
        lost_at = None if event.is_inside else self._room.clock()
        desk_places.set_lost(t, self._room.key, event.chat, lost_at)
        desk_bindings.set_lost(t, self._room.key, event.chat, lost_at)

    def _answer(self, event: Pressed, told: Told) -> None:
        """Beside the next update: an answer that is lost, or late, changes nothing that was done."""
        task = asyncio.create_task(_quietly(self._api.answer(event.query, told.text, is_alert=told.is_alert)))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)


async def _quietly(answer: Coroutine[Any, Any, None]) -> None:
    try:
        await answer
    except (Held, Moved, *REFUSALS) as fault:
        _log.info("a press was not answered: %s", type(fault).__name__)
