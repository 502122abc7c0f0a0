"""A parcel as messages in a chat: marked up, its links broken, cut where it is too long, its buttons under the last."""

from collections.abc import Collection

from bot.channels.telegram import marks
from bot.channels.telegram.api import Api
from bot.channels.telegram.callbacks import Callbacks
from bot.channels.telegram.defanging import defang
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.wording import LEFT, NEUTRAL, Wording
from bot.services.parcels import Parcel
from bot.services.polling import Unreached
from bot.services.pushing import Gone, Unsendable
from knowledge.language import Language, detect_language


class Sender:
    """What the outbox's worker hands messages to."""

    def __init__(self, api: Api, callbacks: Callbacks, wording: Wording, official: Collection[str]) -> None:
        """`official`: hosts whose links are shown whole."""
        self._api = api
        self._callbacks = callbacks
        self._wording = wording
        self._official = frozenset(official)

    def trust(self, link: str) -> None:
        """A link of our own, once it is known."""
        self._official |= {link}

    async def send(self, address: str, parcel: Parcel) -> tuple[str, ...]:
        chat = int(address)
        if parcel.leaves is not None:
            await self.erase(address, parcel.erases)
        text = defang(self._text(parcel), self._official)
        pieces = list(zip(marks.render(text), marks.plain(text), strict=True))
        sent = []
        for number, (html, plain) in enumerate(pieces, start=1):
            buttons = keyboard(parcel, chat, self._callbacks) if number == len(pieces) else None
            try:
                message = await self._api.send(chat, html, buttons, is_silent=parcel.silent)
            except Unsendable:
                # Better without its marks than not at all.
                message = await self._api.send_plain(chat, plain, buttons, is_silent=parcel.silent)
            sent.append(str(message))
        return tuple(sent)

    async def erase(self, address: str, marks: tuple[str, ...]) -> None:
        numbers = [int(mark) for mark in marks if mark.isdecimal()]
        try:
            await self._api.erase(int(address), numbers)
        except Unsendable:
            # One that is too old keeps the others from going: one by one, then.
            for number in numbers:
                await self._erase_one(int(address), number)

    async def _erase_one(self, chat: int, number: int) -> None:
        try:
            await self._api.erase(chat, [number])
        except (Unsendable, Unreached, Gone):
            return

    def _text(self, parcel: Parcel) -> str:
        if parcel.leaves is not None:
            return self._wording.say(Language(parcel.leaves), LEFT)
        if not parcel.silent:
            return parcel.text
        # On a locked screen the first line may be read by whoever holds the phone.
        language = detect_language(parcel.text) or Language.EN
        return f"{self._wording.say(language, NEUTRAL)}\n\n{parcel.text}"
