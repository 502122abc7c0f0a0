"""How often words are taken in a minute, from a conversation and from where it comes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation.events import Part, Pressed, Said
from bot.services.addresses import network_of
from bot.services.effects import SHARED
from bot.services.exchange import Incoming
from storage import limits
from storage.database import Database, Transaction
from storage.sealing import CitizensKeys

_WINDOW = timedelta(minutes=1)


class Floods:
    """Counts across all processes."""

    def __init__(self, database: Database, citizens: CitizensKeys, clock: Callable[[], datetime], most: int) -> None:
        self._database = database
        self._citizens = citizens
        self._clock = clock
        self._most = most

    async def is_over(self, incoming: Incoming, conversation: bytes) -> bool:
        """Counts one more, whatever becomes of the turn."""
        if not _counts(incoming):
            return False
        now = self._clock()
        source = self.source(incoming)

        def unit(t: Transaction) -> bool:
            here = limits.hit(t, "say", conversation, window=_WINDOW, now=now)
            if source is None:
                return here > self._most
            # A new conversation costs nothing; an address that many people share needs room for all of them.
            there = limits.hit(t, "say", source, window=_WINDOW, now=now)
            return here > self._most or there > self._most * SHARED

        return await self._database.write(unit)

    def source(self, incoming: Incoming) -> bytes | None:
        """The pseudonym of where it came from; of an IPv6 address the network, for one person has all of that."""
        if not incoming.source:
            return None
        return self._citizens.conversation_pseudonym("source", network_of(incoming.source))


def _counts(incoming: Incoming) -> bool:
    """Words do; where each press is answered with messages, presses too. The way out is always open."""
    match incoming.event:
        case Said() | Part():
            return True
        case Pressed(button):
            return incoming.pushes and button != "exit"
        case _:
            return False
