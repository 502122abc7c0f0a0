"""What is written to the desk: a code, a command, or the answer to what it asked."""

import re
from dataclasses import dataclass

from bot.services.acts import Unit
from bot.services.desk_letters import DigestLetter, Menu, Words
from bot.services.desk_seats import Seat, leave_seat, take_seat
from bot.services.permissions import Act, NotAllowed, require
from bot.services.triage_errors import TriageError
from bot.staff.desk import wording
from bot.staff.desk.dialogs import Dialogs
from bot.staff.desk.pressing import language_rows, show
from bot.staff.desk.reading import Wrote
from bot.staff.desk.room import Room
from bot.staff.desk.telling import listing
from bot.web.languages import language_from_tag
from knowledge.language import Language
from storage import audit, desk_drafts, desk_places
from storage.database import Transaction
from storage.errors import Circular, NotFound
from storage.queueing import QueueFilter
from storage.tips import TipState

_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_IN_GROUPS = frozenset({*wording.MENU, "bind"})
_GROUP = "desk:group"
"""Of what the audit log says that notices go to it: which group it is, Telegram knows."""


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    argument: str


def command_in(text: str, bot: str) -> Command | None:
    """None for other words, and for a command to another bot."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None or (found[2] and found[2].casefold() != bot.casefold()):
        return None
    return Command(found[1].lower(), (found[3] or "").strip())


def code_in(command: Command | None) -> str | None:
    """A one-time code, as people type one: small letters, spaces, an O for a zero."""
    if command is None or command.name not in {"start", "bind"}:
        return None
    plain = re.sub(r"[\s_-]", "", command.argument.upper()).translate(str.maketrans("OIL", "011"))
    return f"{plain[:4]}-{plain[4:]}" if re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}", plain) else None


@dataclass(frozen=True)
class Writing:
    """`bot`: its name, by which a command in a group calls it. Raises Repeated, Unseated, StorageError."""

    room: Room
    dialogs: Dialogs
    bot: str

    async def bind(self, event: Wrote, code: str) -> bool:
        """Whether whoever sent the code is bound now."""
        room, language = self.room, language_from_tag(event.language or "") or Language.EN

        def unit(t: Transaction) -> bool:
            room.claim(t, event.update)
            now = room.clock()
            seat = take_seat(t, room.key, code, person=event.person, language=language, now=now, random=room.random)
            if seat is None:
                return False
            said = room.wording.html(language, wording.BOUND, name=seat.actor.name)
            room.letter(event.person, Words(said))(t)
            room.letter(event.person, Menu(language))(t)
            return True

        return await room.database.write(unit)

    async def write(self, seat: Seat, event: Wrote, *, is_bound: bool) -> None:
        """By somebody who is bound; `is_bound`: whether the group is, if it is one."""
        command = command_in(event.text, self.bot)
        room, chat = self.room, event.chat
        if command is None:
            await self._answer(seat, event, is_bound=is_bound)
            return
        if not chat.is_private and command.name not in _IN_GROUPS:
            # Other bots have commands too.
            return
        if not is_bound and not chat.is_private and command.name != "bind":
            await self._say(seat, event, wording.NO_GROUP, is_unbound=True)
            return
        try:
            await self._obey(seat, event, command)
        except NotAllowed:
            await self._say(seat, event, wording.NOT_ALLOWED, is_unbound=not is_bound)
        except NotFound as error:
            said = room.wording.explain(seat.language, error)
            await room.enter(seat, event.update, room.letter(chat.number, Words(said, thread=chat.thread)))

    async def _answer(self, seat: Seat, event: Wrote, *, is_bound: bool) -> None:
        is_to_us = event.chat.is_private or (is_bound and event.answers is not None)
        if not is_to_us:
            return
        try:
            if not await self.dialogs.answer(seat, event) and event.chat.is_private:
                await self._say(seat, event, wording.HELP)
        except (TriageError, NotFound, Circular) as error:
            await self.dialogs.refuse(seat, event, error, self.room.wording.explain(seat.language, error))

    async def _obey(self, seat: Seat, event: Wrote, command: Command) -> None:
        room, chat = self.room, event.chat
        match command.name:
            case "queue":
                await self._list(seat, event, QueueFilter(), wording.QUEUE, wording.NONE)
            case "mine":
                await self._list(seat, event, QueueFilter(claimed_by=seat.actor.name), wording.MINE, wording.NONE_MINE)
            case "next":
                await self._next(seat, event)
            case "digest":
                require(seat.actor, Act.SEE_QUEUE)
                await self._enter(seat, event, room.letter(chat.number, DigestLetter(thread=chat.thread)))
            case "language":
                require(seat.actor, Act.USE_DESK if chat.is_private else Act.PLACE_DESK)
                text = room.wording.html(seat.language, wording.WHICH_LANGUAGE)
                words = Words(text, language_rows(room, chat.number), chat.thread)
                await self._enter(seat, event, room.letter(chat.number, words))
            case "bind" if not chat.is_private:
                await self._place(seat, event)
            case "bind":
                await self._say(seat, event, wording.GROUPS_ONLY)
            case "unbind" if not chat.is_private:
                await self._leave_group(seat, event)
            case "unbind":
                await self._leave(seat, event)
            case _:
                await self._say(seat, event, wording.HELP)

    async def _list(self, seat: Seat, event: Wrote, which: QueueFilter, head: str, none: str) -> None:
        room, chat = self.room, event.chat
        queue = await room.acts.queue(seat.actor, which)
        if not queue.rows:
            await self._say(seat, event, none)
            return
        title = room.wording.say(seat.language, head, count=queue.total)
        text, rows = listing(room, queue, title, chat.number, seat.language)
        await self._enter(seat, event, room.letter(chat.number, Words(text, rows, chat.thread)))

    async def _next(self, seat: Seat, event: Wrote) -> None:
        queue = await self.room.acts.queue(seat.actor, QueueFilter(states=frozenset({TipState.NEW})))
        if not queue.rows:
            await self._say(seat, event, wording.NONE)
            return
        chat = event.chat
        await self._enter(seat, event, show(self.room, chat.number, chat.thread, queue.rows[0].tip.id, event.update))

    async def _place(self, seat: Seat, event: Wrote) -> None:
        require(seat.actor, Act.PLACE_DESK)
        room, chat, now = self.room, event.chat, self.room.clock()

        def unit(t: Transaction) -> None:
            desk_places.bind(
                t,
                room.key,
                chat.number,
                has_topics=chat.has_topics,
                language=seat.language,
                by=seat.actor.name,
                now=now,
            )
            audit.record(t, audit.Entry(now, seat.actor.name, Act.PLACE_DESK, _GROUP), random=room.random)

        said = room.wording.html(seat.language, wording.GROUP_BOUND)
        await self._enter(
            seat,
            event,
            unit,
            room.letter(chat.number, Words(said, thread=chat.thread)),
            room.letter(chat.number, Menu(seat.language, is_group=True)),
        )

    async def _leave_group(self, seat: Seat, event: Wrote) -> None:
        require(seat.actor, Act.PLACE_DESK)
        room, chat, now = self.room, event.chat, self.room.clock()

        def unit(t: Transaction) -> None:
            desk_places.unbind(t, room.key, chat.number, now=now)
            audit.record(t, audit.Entry(now, seat.actor.name, Act.PLACE_DESK, _GROUP), random=room.random)

        said = room.wording.html(seat.language, wording.GROUP_UNBOUND)
        await self._enter(
            seat,
            event,
            unit,
            room.letter(chat.number, Words(said, thread=chat.thread, unbound=True)),
            room.letter(chat.number, Menu(is_group=True)),
        )

    async def _leave(self, seat: Seat, event: Wrote) -> None:
        room, name, now = self.room, seat.actor.name, self.room.clock()
        said = room.wording.html(seat.language, wording.UNBOUND)

        def unit(t: Transaction) -> None:
            leave_seat(t, name, name, now=now, random=room.random)

        await self._enter(
            seat,
            event,
            unit,
            room.letter(event.person, Words(said, unbound=True)),
            room.letter(event.person, Menu()),
        )

    async def _say(self, seat: Seat, event: Wrote, sentence: str, *, is_unbound: bool = False) -> None:
        text = self.room.wording.html(seat.language, sentence)
        words = Words(text, thread=event.chat.thread, unbound=is_unbound)
        await self._enter(seat, event, self.room.letter(event.chat.number, words))

    async def _enter(self, seat: Seat, event: Wrote, *more: Unit) -> None:
        """A command gives up what was half done."""
        room = self.room
        await room.enter(seat, event.update, lambda t: desk_drafts.drop(t, room.key, seat.person), *more)
