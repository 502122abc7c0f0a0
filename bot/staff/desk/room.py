"""What everything at the desk needs: the database, the acts, words and names, and the way into a commit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.locales import Catalogues
from bot.services import desk_letters
from bot.services.acts import Acts, Unit
from bot.services.desk_letters import CHANNEL, Letter
from bot.services.desk_seats import Seat, seat_of
from bot.staff.desk.callbacks import Callbacks
from bot.staff.desk.wording import Wording
from bot.staff.lookup import Lookup
from knowledge.catalogue import Catalogue
from knowledge.language import Language
from storage import updates
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.desk_key import DeskKey


class Repeated(Exception):  # noqa: N818 - what was found out
    """The update was taken in before: nothing is done twice."""


class Unseated(Exception):  # noqa: N818 - what was found out
    """Whoever acts lost the desk, or their role changed, a moment ago."""


@dataclass(frozen=True)
class Room:
    """`console`: where staff read tips, if it has an address that others can reach."""

    database: Database
    key: DeskKey
    acts: Acts
    catalogue: Callable[[], Catalogue]
    sentences: Catalogues
    wording: Wording
    callbacks: Callbacks
    clock: Callable[[], datetime]
    random: RandomBytes
    console: str | None

    def lookup(self, language: str) -> Lookup:
        """Names in `language`, ages from now."""
        return Lookup(self.catalogue(), self.sentences, Language(language), self.clock())

    def entering(self, seat: Seat, update: str, *more: Unit) -> Unit:
        """What goes into every commit first: the update is claimed, and whoever acts may still. Raises Repeated,
        Unseated."""

        def unit(t: Transaction) -> None:
            self.claim(t, update)
            if seat_of(t, self.key, seat.person) != seat:
                raise Unseated
            for one in more:
                one(t)

        return unit

    def claim(self, t: Transaction, update: str) -> None:
        """The update is taken in with this commit, once. Raises Repeated."""
        if not updates.remember(t, CHANNEL, update, now=self.clock()):
            raise Repeated

    async def enter(self, seat: Seat, update: str, *more: Unit) -> None:
        """A commit of its own, for what is no act of triage."""
        await self.database.write(self.entering(seat, update, *more))

    def letter(self, chat: int, letter: Letter) -> Unit:
        """Put it into the outbox."""
        return lambda t: desk_letters.put(t, self.key, chat, letter, now=self.clock())
