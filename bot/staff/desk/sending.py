"""A letter as a message in a chat: put into words when it goes, in that chat's language, into its topic."""

from dataclasses import replace

from bot.services.desk_letters import Card, Deadline, Deletes, DigestLetter, Due, Letter, Menu, Topic, Words
from bot.services.desk_seats import seat_of
from bot.services.polling import Unreached
from bot.services.pushing import Gone, Unsendable
from bot.staff.desk import telling, wording
from bot.staff.desk.api import Api, Moved, NoMessage, NoTopic, Rows
from bot.staff.desk.cards import card
from bot.staff.desk.room import Room
from storage import desk_bindings, desk_cards, desk_places, tips
from storage.database import Transaction
from storage.desk_places import Place
from storage.errors import NotFound
from storage.tips import Tip


class Sender:
    """What the outbox's worker hands letters to. Nobody is written to who lost the desk meanwhile."""

    def __init__(self, api: Api, room: Room) -> None:
        self._api = api
        self._room = room

    async def send(self, address: str, letter: Letter, /) -> tuple[str, ...]:
        chat = int(address)
        try:
            await self._send(chat, letter)
        except Moved as moved:
            await self._move(chat, moved.to)
            await self._send(moved.to, letter)
        except Gone:
            await self._lose(chat)
            raise
        # Nothing of it is taken away later: there is no quick way out here, and what was sealed went at once.
        return ()

    async def erase(self, address: str, marks: tuple[str, ...]) -> None:
        """Never asked for: `send` gives no marks."""

    async def _send(self, chat: int, letter: Letter) -> None:
        place, language = await self._room.database.read(lambda t: self._entitled(t, chat))
        if language is None and not _is_for_anybody(letter):
            raise Gone
        match letter:
            case Card():
                await self._card(chat, place, language or "en", letter)
            case Due():
                await self._due(chat, place, language or "en", letter)
            case DigestLetter():
                day = await self._room.database.read(lambda t: telling.read_day(t, self._room))
                text = telling.digest(self._room, day, language or "en")
                await self._post(chat, place, text, topic=letter.topic, thread=letter.thread)
            case Words():
                await self._say(chat, letter)
            case Deletes():
                await self._delete(chat, letter.messages)
            case Menu():
                await self._menu(chat, letter)

    def _entitled(self, t: Transaction, chat: int) -> tuple[Place | None, str | None]:
        """The group, and the language of whoever may be written to; none for who may not."""
        if chat < 0:
            place = desk_places.find(t, self._room.key, chat)
            return place, None if place is None else place.language
        seat = seat_of(t, self._room.key, chat)
        return None, None if seat is None else seat.language

    async def _card(self, chat: int, place: Place | None, language: str, letter: Card) -> None:
        number = bytes.fromhex(letter.card)

        def query(t: Transaction) -> tuple[desk_cards.Card | None, Tip | None]:
            dealt = desk_cards.find(t, number)
            return dealt, None if dealt is None else tips.get(t, dealt.tip)

        dealt, tip = await self._room.database.read(query)
        if dealt is None or tip is None:
            return
        text, rows = card(self._room, tip, chat, language)
        shown, message, is_there = tip, dealt.message, True
        if message is None:
            message = await self._post(chat, place, text, rows, topic=letter.topic, thread=letter.thread)
        else:
            try:
                await self._api.edit(chat, message, text, rows)
            except (NoMessage, Unsendable):
                # Somebody deleted it, or it is too old: what it showed is no news.
                is_there = False
        place_of_it = message

        def note(t: Transaction) -> None:
            desk_cards.place(t, number, place_of_it)
            desk_cards.show(t, number, shown)
            # What ended only while this was sent is still to be shown.
            if not is_there or not (shown.is_open or tips.get(t, shown.id).is_open):
                desk_cards.discard(t, number)

        await self._room.database.write(note)

    async def _due(self, chat: int, place: Place | None, language: str, letter: Due) -> None:
        def query(t: Transaction) -> tuple[Tip, ...]:
            found = (_get(t, tip) for tip in letter.tips)
            return tuple(tip for tip in found if tip is not None and tip.is_open)

        open_tips = await self._room.database.read(query)
        if not open_tips:
            # All were settled while this waited.
            return
        text, rows = telling.due(self._room, letter, open_tips, chat, language)
        topic = "" if letter.deadline == Deadline.HOLD else Topic.DAY
        await self._post(chat, place, text, rows, topic=topic, thread=None)

    async def _say(self, chat: int, letter: Words) -> None:
        if letter.edits is not None:
            try:
                await self._api.edit(chat, letter.edits, letter.text, letter.rows)
            except NoMessage:
                letter = replace(letter, edits=None)
            else:
                return
        try:
            await self._api.send(chat, letter.text, letter.rows, thread=letter.thread, asks=letter.asks)
        except NoTopic:
            await self._api.send(chat, letter.text, letter.rows, asks=letter.asks)

    async def _post(
        self, chat: int, place: Place | None, text: str, rows: Rows = (), *, topic: str, thread: int | None
    ) -> int:
        """Into the thread, else the topic, where there are topics and the bot may make them."""
        if thread is None and topic and place is not None and place.has_topics:
            thread = place.topics.get(topic)
            if thread is None:
                thread = await self._open(chat, topic, place.language)
        try:
            return await self._api.send(chat, text, rows, thread=thread)
        except NoTopic:
            await self._room.database.write(
                lambda t: desk_places.set_topic(t, self._room.key, chat, topic, None) if topic else None
            )
            return await self._api.send(chat, text, rows)

    async def _open(self, chat: int, topic: str, language: str) -> int | None:
        name = self._room.wording.say(language, wording.TOPICS[topic])
        try:
            thread = await self._api.open_topic(chat, name)
        except (Unsendable, NoTopic, NoMessage):
            # It may not: then all goes where the group talks.
            return None
        await self._room.database.write(lambda t: desk_places.set_topic(t, self._room.key, chat, topic, thread))
        return thread

    async def _delete(self, chat: int, messages: tuple[int, ...]) -> None:
        try:
            await self._api.delete(chat, messages)
        except (Unsendable, NoMessage):
            # One that may not be taken away keeps the others from going: one by one, then.
            for message in messages:
                await self._delete_one(chat, message)

    async def _delete_one(self, chat: int, message: int) -> None:
        try:
            await self._api.delete(chat, [message])
        except (Unsendable, NoMessage, Unreached):
            return

    async def _menu(self, chat: int, letter: Menu) -> None:
        commands = (
            {name: self._room.wording.say(letter.language, what) for name, what in wording.MENU.items()}
            if letter.language
            else {}
        )
        await self._api.set_menu(chat, commands)

    async def _move(self, chat: int, to: int) -> None:
        await self._room.database.write(lambda t: desk_places.move(t, self._room.key, chat, to))

    async def _lose(self, chat: int) -> None:
        now = self._room.clock()

        def unit(t: Transaction) -> None:
            if chat < 0:
                desk_places.set_lost(t, self._room.key, chat, now)
            else:
                desk_bindings.set_lost(t, self._room.key, chat, now)

        await self._room.database.write(unit)


def _is_for_anybody(letter: Letter) -> bool:
    """The last word to somebody who goes, and that a group is not bound."""
    match letter:
        case Words():
            return letter.unbound
        case Menu():
            return not letter.language
        case _:
            return False


def _get(t: Transaction, tip: str) -> Tip | None:
    try:
        return tips.get(t, tip)
    except NotFound:
        return None
