"""A button that was pressed: the act, in one commit with the update's id; and what the one who pressed is told."""

from dataclasses import dataclass

from bot.services.acts import Unit
from bot.services.desk_letters import Card, Menu, Words, chat_name
from bot.services.desk_seats import Seat
from bot.services.permissions import Act, NotAllowed, require
from bot.services.triage_errors import AlreadyEnded, HeldByAnother, TriageError
from bot.staff.desk import wording
from bot.staff.desk.callbacks import OF_A_DRAFT, Button, Do, stamp_of
from bot.staff.desk.dialogs import Dialogs, NotYours
from bot.staff.desk.reading import Pressed
from bot.staff.desk.room import Room
from bot.web.languages import LANGUAGE_NAMES
from knowledge.language import Language
from storage import desk_bindings, desk_cards, desk_places, tips
from storage.database import Transaction
from storage.errors import Circular, NotFound
from storage.tips import Tip

LANGUAGES = tuple(Language)


class Stale(Exception):  # noqa: N818 - what was found out
    """The tip does not stand any more as it did when the button was shown."""

    def __init__(self, tip: Tip) -> None:
        self.tip = tip
        super().__init__("The tip has changed since.")


@dataclass(frozen=True, slots=True)
class Told:
    """What the one who pressed reads at once; an alert has to be put away by them."""

    text: str = ""
    is_alert: bool = False


@dataclass(frozen=True)
class Pressing:
    """For those who are bound. Raises Repeated, Unseated, StorageError."""

    room: Room
    dialogs: Dialogs

    async def press(self, seat: Seat, event: Pressed) -> Told:
        pressed = self.room.callbacks.read(event.chat.number, event.written)
        try:
            said = wording.FORGED if pressed is None else await self._do(seat, event, pressed)
            if pressed is not None:
                return Told(self.room.wording.say(seat.language, said) if said else "")
        except NotYours:
            said = wording.NOT_YOURS
        except NotAllowed:
            said = wording.NOT_ALLOWED
        except Stale as stale:
            return await self._refused(seat, event, self._since(seat, stale.tip))
        except (TriageError, NotFound, Circular) as error:
            return await self._refused(seat, event, self.room.wording.explain(seat.language, error))
        return await self._refused(seat, event, self.room.wording.say(seat.language, said))

    async def _do(self, seat: Seat, event: Pressed, pressed: Button) -> str:
        """What to say of it, in English; empty for what is answered with a message."""
        room, do = self.room, pressed.do
        if do in OF_A_DRAFT:
            return await self.dialogs.press(seat, event, pressed)
        guard = self._as_it_stood(pressed)
        also = room.entering(seat, event.update, guard)
        match do:
            case Do.CLAIM | Do.HOLD:
                await room.acts.claim(seat.actor, pressed.tip, also=also)
                return wording.CLAIMED
            case Do.RELEASE:
                await room.acts.release(seat.actor, pressed.tip, also=also)
                return wording.RELEASED
            case Do.DECIDE | Do.MERGE | Do.ASK:
                await self.dialogs.begin(seat, event, pressed.tip, do, guard)
            case Do.SHOW:
                await room.enter(seat, event.update, self._show(event, pressed.tip))
            case Do.LANGUAGE:
                await self._speak(seat, event, pressed.which)
        return ""

    def _as_it_stood(self, pressed: Button) -> Unit:
        def unit(t: Transaction) -> None:
            tip = tips.get(t, pressed.tip)
            if stamp_of(tip) != pressed.stamp:
                raise Stale(tip)

        return unit

    def _since(self, seat: Seat, tip: Tip) -> str:
        """The second one learns who was first."""
        if not tip.is_open:
            return self.room.wording.explain(seat.language, AlreadyEnded(tip))
        if tip.claimed_by not in (None, seat.actor.name):
            return self.room.wording.explain(seat.language, HeldByAnother(tip.id, tip.claimed_by))
        return self.room.wording.say(seat.language, wording.STALE)

    def _show(self, event: Pressed, tip: str) -> Unit:
        return show(self.room, event.chat.number, event.chat.thread, tip, event.update)

    async def _speak(self, seat: Seat, event: Pressed, which: int) -> None:
        """In private one's own language, in a group the group's."""
        if which >= len(LANGUAGES):
            raise NotYours
        room, language, chat = self.room, LANGUAGES[which], event.chat
        if not chat.is_private:
            require(seat.actor, Act.PLACE_DESK)

        def unit(t: Transaction) -> None:
            if chat.is_private:
                desk_bindings.speak(t, seat.actor.name, language)
            else:
                desk_places.speak(t, room.key, chat.number, language)

        said = room.wording.html(language, wording.LANGUAGE_SET)
        await room.enter(
            seat,
            event.update,
            unit,
            room.letter(chat.number, Menu(language, is_group=not chat.is_private)),
            room.letter(chat.number, Words(said, thread=chat.thread, edits=event.message)),
        )

    async def _refused(self, seat: Seat, event: Pressed, said: str) -> Told:
        """Noted as taken in: delivered once more, it might be allowed by then."""
        await self.room.enter(seat, event.update)
        return Told(said, is_alert=True)


def show(room: Room, chat: int, thread: int | None, tip: str, again: str) -> Unit:
    """Another card of the tip in a chat; `again` names it. Raises NotFound."""

    def unit(t: Transaction) -> None:
        number = desk_cards.deal(t, chat_name(room.key, chat), tips.get(t, tip), now=room.clock(), again=f" {again}")
        if number is not None:
            room.letter(chat, Card(number.hex(), thread=thread))(t)

    return unit


def language_rows(room: Room, chat: int) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Each language in its own words."""
    return tuple(
        ((LANGUAGE_NAMES[one], room.callbacks.write(chat, Button(Do.LANGUAGE, which=which))),)
        for which, one in enumerate(LANGUAGES)
    )
