"""What is known to be harmless: marked by a supervisor with a reason and an end; it links nothing until then."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from bot.services.acts import checked
from bot.services.beside import show_benign
from bot.services.beside_views import Pair, ShownBenign
from bot.services.days import end_of_day
from bot.services.linking import LINKING, Extract
from bot.services.permissions import Act, Actor, require
from bot.services.tipbox import TipBox
from bot.services.triage_errors import ObservableMissing
from storage import audit, benign, tips
from storage.benign import KnownBenign
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.links import ObservableHash
from storage.sealing import StaffSecretKey

MOST_DAYS = 365
"""Numbers and domains change hands: whoever says so says it anew after a year."""
_LONGEST = 500


class BenignList:
    """The use cases. Errors are those of `triage_errors`, NotAllowed, and storage's NotFound."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        *,
        extract: Extract,
        clock: Callable[[], datetime],
        random: RandomBytes,
        zone: tzinfo = UTC,
    ) -> None:
        """`extract` reads what is typed into the form that links have too."""
        self._database = database
        self._key = key
        self._extract = extract
        self._clock = clock
        self._random = random
        self._zone = zone

    async def list(self, actor: Actor) -> tuple[ShownBenign, ...]:
        """What is in force, opened; what ends first before the rest."""
        require(actor, Act.SEE_BENIGN)
        found = await self._database.read(lambda t: benign.every(t, now=self._clock()))
        return tuple(show_benign(known, self._key) for known in found)

    async def mark(self, actor: Actor, type_: str, text: str, why: str, day: str) -> None:
        """What is written in `text`. Raises ObservableMissing, TextMissing, TextTooLong, DayMissing."""
        require(actor, Act.MARK_BENIGN)
        now = self._clock()
        values = {seen.value for seen in self._extract(text[:_LONGEST], None, now) if seen.type == type_}
        if type_ not in LINKING or len(values) != 1:
            raise ObservableMissing
        await self._mark(actor, (type_, values.pop()), why, day, tip=None)

    async def mark_of_tip(self, actor: Actor, tip_id: str, hash_: str, why: str, day: str) -> None:
        """One of a tip's own observables, by the hash of its link in hexadecimal digits, so that no page has to carry
        the thing itself. Raises as `mark`, and NotFound."""
        require(actor, Act.MARK_BENIGN)
        sealed = await self._database.read(lambda t: tips.content(t, tip_id))
        box = None if sealed is None else TipBox.from_bytes(self._key.open(sealed))
        pairs = {(seen.type, seen.value) for seen in (box.observables if box else ()) if seen.type in LINKING}
        for pair in pairs:
            if self._key.link_hash(*pair).hex() == hash_:
                await self._mark(actor, pair, why, day, tip=tip_id)
                return
        raise ObservableMissing

    async def lift(self, actor: Actor, type_: str, hash_: str) -> None:
        """It links again. Raises NotFound."""
        require(actor, Act.LIFT_BENIGN)
        digits = hash_ if len(hash_) == 64 and not set(hash_) - set("0123456789abcdef") else ""
        observable = ObservableHash(type_, bytes.fromhex(digits))

        def unit(t: Transaction) -> None:
            benign.lift(t, observable)
            self._record(t, actor, Act.LIFT_BENIGN, _subject(observable))

        await self._database.write(unit)

    async def _mark(self, actor: Actor, pair: Pair, why: str, day: str, *, tip: str | None) -> None:
        now, why = self._clock(), checked(why)
        until = end_of_day(day, now=now, most_days=MOST_DAYS, zone=self._zone)
        observable = ObservableHash(pair[0], self._key.link_hash(*pair))
        sealed = self._key.public.seal(json.dumps({"value": pair[1], "why": why}).encode())

        def unit(t: Transaction) -> None:
            benign.mark(t, KnownBenign(observable, actor.name, now, until, sealed))
            for subject in (_subject(observable), *((tip,) if tip else ())):
                self._record(t, actor, Act.MARK_BENIGN, subject, value=pair[1], why=why, until=until.isoformat())

        await self._database.write(unit)

    def _record(self, t: Transaction, actor: Actor, act: Act, subject: str, **details: str) -> None:
        audit.record(t, audit.Entry(self._clock(), actor.name, act, subject, details), random=self._random)


def _subject(observable: ObservableHash) -> str:
    """In the audit log: which one, to whoever has the staff's key and the thing itself, and nothing to others."""
    return f"{observable.type} {observable.hash.hex()[:16]}"
