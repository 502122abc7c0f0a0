"""Reporters who are limited, by the pseudonym of their conversation: proposed by any reviewer, put in force, declined
and lifted by a supervisor. Nobody is told, and nothing is refused: their new tips wait at the end."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from bot.services.acts import checked
from bot.services.beside import show_limit
from bot.services.beside_views import ShownLimit
from bot.services.days import end_of_day
from bot.services.permissions import Act, Actor, require
from bot.services.triage_errors import NoConversation
from storage import audit, reporter_limits
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import WrongState
from storage.sealing import StaffSecretKey

MOST_DAYS = 90


class Limiting:
    """The use cases. Errors are those of `triage_errors`, NotAllowed, and storage's NotFound."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
        zone: tzinfo = UTC,
    ) -> None:
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random
        self._zone = zone

    async def list(self, actor: Actor) -> tuple[ShownLimit, ...]:
        """What is proposed or in force, opened, the latest first; never whose it is, but of which tip it was said."""
        require(actor, Act.SEE_LIMITS)
        found = await self._database.read(lambda t: reporter_limits.every(t, now=self._clock()))
        return tuple(show_limit(limit, self._key) for limit in found)

    async def propose(self, actor: Actor, tip_id: str, reason: str) -> None:
        """For whoever told this tip. Raises TextMissing, TextTooLong, NoConversation, NotFound."""
        require(actor, Act.PROPOSE_LIMIT)
        text = checked(reason)

        def unit(t: Transaction) -> None:
            sealed = self._key.public.seal(text.encode())
            try:
                reporter_limits.propose(t, tip_id, by=actor.name, reason=sealed, now=self._clock())
            except WrongState as fault:
                raise NoConversation(tip_id) from fault
            self._record(t, actor, Act.PROPOSE_LIMIT, tip_id, reason=text)

        await self._database.write(unit)

    async def put_in_force(self, actor: Actor, limit: int, day: str) -> None:
        """Until the end of a day, at most MOST_DAYS from now. Raises DayMissing, NotFound."""
        require(actor, Act.LIMIT)
        now = self._clock()
        until = end_of_day(day, now=now, most_days=MOST_DAYS, zone=self._zone)

        def unit(t: Transaction) -> None:
            put = reporter_limits.put_in_force(t, limit, by=actor.name, now=now, until=until)
            self._record(t, actor, Act.LIMIT, put.tip, until=until.isoformat())

        await self._database.write(unit)

    async def end(self, actor: Actor, limit: int) -> None:
        """Declines what is proposed, lifts what is in force. Raises NotFound."""
        require(actor, Act.LIFT_LIMIT)

        def unit(t: Transaction) -> None:
            ended = reporter_limits.end(t, limit, by=actor.name, now=self._clock())
            self._record(t, actor, Act.LIFT_LIMIT, ended.tip)

        await self._database.write(unit)

    def _record(self, t: Transaction, actor: Actor, act: Act, subject: str, **details: str) -> None:
        audit.record(t, audit.Entry(self._clock(), actor.name, act, subject, details), random=self._random)
