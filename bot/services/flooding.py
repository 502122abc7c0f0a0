"""How often words are taken in a minute, and files in an hour, from a conversation and from where it comes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation.events import Part, Pressed, Said
from bot.services.addresses import network_of
from bot.services.effects import SHARED
from bot.services.exchange import Incoming
from storage import limits
from storage.database import Database, Transaction
from storage.sealing import CitizensKeys

SAYING, SAYING_WINDOW = "say", timedelta(minutes=1)
_FILE_WINDOW = timedelta(hours=1)


class Floods:
    """Counts across all processes. Where nobody else shares a count, the turn's own commit holds it, and needs no
    other; where many do, it is counted apart, for a turn that is run again for another's sake would cost far more."""

    def __init__(
        self, database: Database, citizens: CitizensKeys, clock: Callable[[], datetime], *, most: int, most_files: int
    ) -> None:
        self._database = database
        self._citizens = citizens
        self._clock = clock
        self._most = most
        self._most_files = most_files

    async def is_over(self, incoming: Incoming, conversation: bytes) -> bool:
        """Counts one more, whatever becomes of the turn; never so for what the turn itself counts."""
        return not self._is_of_turn(incoming) and await self.is_over_beside(incoming, conversation)

    async def is_over_beside(self, incoming: Incoming, conversation: bytes) -> bool:
        """Counts one more where there is no turn."""
        if not _counts(incoming):
            return False
        return await self._count(SAYING, conversation, self.source(incoming), self._most, SAYING_WINDOW)

    async def is_over_with_files(self, conversation: bytes, source: str | None) -> bool:
        """Counts one more file, whatever becomes of it; `source` as in Incoming."""
        return await self._count("file", conversation, self._pseudonym(source), self._most_files, _FILE_WINDOW)

    def is_full(self, incoming: Incoming, said: int) -> bool:
        """Whether there is no room for one more beside the `said` of this window, of what the turn itself counts."""
        return self._is_of_turn(incoming) and said >= self._most

    def hit(self, t: Transaction, incoming: Incoming, conversation: bytes, now: datetime) -> None:
        """Count one more in the turn's commit, if it is to count."""
        if self._is_of_turn(incoming):
            limits.hit_unseen(t, SAYING, conversation, window=SAYING_WINDOW, now=now)

    def _is_of_turn(self, incoming: Incoming) -> bool:
        return _counts(incoming) and not incoming.source

    def source(self, incoming: Incoming) -> bytes | None:
        """The pseudonym of where it came from; of an IPv6 address the network, for one person has all of that."""
        return self._pseudonym(incoming.source)

    async def _count(
        self, action: str, conversation: bytes, source: bytes | None, most: int, window: timedelta
    ) -> bool:
        now = self._clock()

        def unit(t: Transaction) -> bool:
            here = limits.hit(t, action, conversation, window=window, now=now)
            if source is None:
                return here > most
            # A new conversation costs nothing; an address that many people share needs room for all of them.
            there = limits.hit(t, action, source, window=window, now=now)
            return here > most or there > most * SHARED

        return await self._database.write(unit)

    def _pseudonym(self, source: str | None) -> bytes | None:
        return self._citizens.conversation_pseudonym("source", network_of(source)) if source else None


def _counts(incoming: Incoming) -> bool:
    """Words do; where each press is answered with messages, presses too. The way out is always open."""
    match incoming.event:
        case Said() | Part():
            return True
        case Pressed(button):
            return incoming.pushes and button != "exit"
        case _:
            return False
