"""What staff do with tips: queue, claim, release, decide, merge, ask; each act leaves its audit entry.

No key that opens anything is needed for it: console and desk do the same acts through the same use cases.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.services.held_back import held_back
from bot.services.permissions import Act, Actor, require
from bot.services.triage_errors import (
    AlreadyEnded,
    HeldByAnother,
    NoReceipt,
    TextMissing,
    TextTooLong,
    VerdictMissing,
)
from bot.services.triage_views import Queue, QueueRow
from bot.services.urgency import reasons_for
from storage import audit, claims, links, messages, outbox, similar, tips, verdicts, withdrawals
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import AlreadyClaimed, NotHeld, WrongState
from storage.examples import Confirmation
from storage.keys import Vouches
from storage.sealing import StaffPublicKey, seal_to_receipt
from storage.tips import QueueFilter, Tip, Verdict

_T = TypeVar("_T")

PAGE_SIZE = 25
LONGEST_TEXT = 4000
"""Characters of a reason or a question: more than anybody reads on a phone."""

DECISIONS = (Verdict.CONFIRMED, Verdict.NEW_KIND, Verdict.PASSED_ON, Verdict.UNFOUNDED, Verdict.INSUFFICIENT)
"""The verdicts `decide` takes; `duplicate` comes with `merge`."""

Unit = Callable[[Transaction], None]


def _nothing(_t: Transaction) -> None:
    pass


class Acts:
    """The use cases, for any face. Errors are those of `triage_errors`, NotAllowed, and storage's NotFound.

    What a face has to keep with an act (that an update was taken in, what is said of it) it gives as `also`: it is run
    first in the act's own unit, and what it raises undoes the act.
    """

    def __init__(
        self,
        database: Database,
        public: StaffPublicKey,
        voucher: Vouches,
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
    ) -> None:
        """Work on `database`; what is written is sealed to `public`, and confirmations are proved by `voucher`."""
        self._database = database
        self._public = public
        self._voucher = voucher
        self._clock = clock
        self._random = random

    async def queue(self, actor: Actor, which: QueueFilter, *, page: int = 1) -> Queue:
        """Page `page` (from 1) of the tips that fit, the most urgent first."""
        require(actor, Act.SEE_QUEUE)
        now = self._clock()

        def query(t: Transaction) -> Queue:
            found = tips.queue(t, which, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
            sharing = links.sharing(t, [tip.id for tip in found.tips])
            alike = similar.counts(t, [tip.id for tip in found.tips])
            rows = tuple(
                QueueRow(tip, reasons_for(tip, now), sharing.get(tip.id, 0), alike.get(tip.id, 0)) for tip in found.tips
            )
            return Queue(rows, found.total, tips.counts(t), withdrawals.notices(t, actor.name), held_back(t))

        return await self._database.read(query)

    async def claim(self, actor: Actor, tip_id: str, *, also: Unit = _nothing) -> Tip:
        """Hold the tip, or hold it longer. Raises HeldByAnother, AlreadyEnded."""
        require(actor, Act.CLAIM)

        def unit(t: Transaction) -> Tip:
            also(t)
            tip = claims.claim(t, tip_id, by=actor.name, now=self._clock())
            self._record(t, actor, Act.CLAIM, tip_id)
            return tip

        return await self._write(tip_id, unit)

    async def release(self, actor: Actor, tip_id: str, *, also: Unit = _nothing) -> Tip:
        """Let go of the tip; a supervisor also of one that another holds. Raises HeldByAnother, AlreadyEnded."""
        require(actor, Act.RELEASE)

        def unit(t: Transaction) -> Tip:
            also(t)
            is_own = tips.get(t, tip_id).claimed_by == actor.name
            tip = claims.release(t, tip_id, by=actor.name, force=actor.may(Act.FREE))
            self._record(t, actor, Act.RELEASE if is_own else Act.FREE, tip_id)
            return tip

        return await self._write(tip_id, unit)

    async def decide(
        self, actor: Actor, tip_id: str, verdict: str, reason: str, pattern: str = "", *, also: Unit = _nothing
    ) -> Tip:
        """End the tip with a verdict of DECISIONS and why. Raises VerdictMissing, TextMissing and as `claim`.

        `pattern` is the id of the known scam it is confirmed as: its telling is from then on an example of it.
        """
        require(actor, Act.DECIDE)
        if verdict not in DECISIONS:
            raise VerdictMissing
        sealed = self._seal(checked(reason))
        is_example = bool(pattern) and verdict == Verdict.CONFIRMED
        confirmed = Confirmation.make(self._voucher, tip_id, pattern) if is_example else None
        as_which = {"pattern": pattern} if is_example else {}

        def unit(t: Transaction) -> Tip:
            also(t)
            self._hold(t, actor, tip_id)
            tip = verdicts.decide(
                t,
                tip_id,
                by=actor.name,
                verdict=Verdict(verdict),
                reason=sealed,
                now=self._clock(),
                confirmed=confirmed,
            )
            self._record(t, actor, Act.DECIDE, tip_id, verdict=verdict, reason=reason, **as_which)
            self._tell_who_asked(t, tip)
            return tip

        return await self._write(tip_id, unit)

    async def merge(self, actor: Actor, tip_id: str, into: str, reason: str, *, also: Unit = _nothing) -> Tip:
        """Say that the tip repeats `into`. Raises TextMissing, NotFound for `into`, Circular, and as `claim`."""
        require(actor, Act.MERGE)
        sealed = self._seal(checked(reason))

        def unit(t: Transaction) -> Tip:
            also(t)
            # Looked up first: a mistyped reference is named as such, whoever holds the tip.
            root = verdicts.root_of(t, into)
            self._hold(t, actor, tip_id)
            tip = verdicts.merge(t, tip_id, into=into, by=actor.name, reason=sealed, now=self._clock())
            self._record(t, actor, Act.MERGE, tip_id, into=root.id, reason=reason)
            self._tell_who_asked(t, tip)
            return tip

        return await self._write(tip_id, unit)

    async def ask(self, actor: Actor, tip_id: str, question: str, *, also: Unit = _nothing) -> None:
        """Leave a question that only the receipt's holder can read. Raises TextMissing, NoReceipt, and as `claim`."""
        require(actor, Act.ASK)
        text = checked(question)

        def unit(t: Transaction) -> None:
            also(t)
            public = tips.get(t, tip_id).receipt_public
            if public is None:
                raise NoReceipt(tip_id)
            self._hold(t, actor, tip_id)
            messages.ask(
                t,
                tip_id,
                by=actor.name,
                for_reporter=seal_to_receipt(public, text.encode()),
                for_staff=self._seal(text),
                now=self._clock(),
            )
            self._record(t, actor, Act.ASK, tip_id, question=text)

        await self._write(tip_id, unit)

    async def _write(self, tip_id: str, unit: Callable[[Transaction], _T]) -> _T:
        """Run the unit; who came second is told who came first and what they did."""
        try:
            return await self._database.write(unit)
        except AlreadyClaimed as fault:
            raise HeldByAnother(tip_id, fault.by) from fault
        except NotHeld as fault:
            raise HeldByAnother(tip_id, fault.holder or "") from fault
        except WrongState as fault:
            ended = fault.tip
            raise AlreadyEnded(await self._database.read(lambda t: tips.get(t, ended))) from fault

    def _hold(self, t: Transaction, actor: Actor, tip_id: str) -> None:
        """Take the tip again if the actor's hold ran out while they wrote and nobody else took it."""
        tip = tips.get(t, tip_id)
        if tip.is_open and tip.claimed_by is None:
            claims.claim(t, tip_id, by=actor.name, now=self._clock())

    def _tell_who_asked(self, t: Transaction, tip: Tip) -> None:
        """Only a tip whose person asked to hear has a day until which it is kept."""
        if tip.conversation is not None and tip.keep_until is not None:
            outbox.release(t, tip.conversation, now=self._clock())

    def _record(self, t: Transaction, actor: Actor, act: Act, subject: str, **details: str) -> None:
        entry = audit.Entry(self._clock(), actor.name, act, subject, details)
        audit.record(t, entry, random=self._random)

    def _seal(self, text: str) -> bytes:
        return self._public.seal(text.encode())


def checked(text: str) -> str:
    """A reason or a question without the space round it. Raises TextMissing, TextTooLong."""
    text = text.strip()
    if not text:
        raise TextMissing
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text), LONGEST_TEXT)
    return text
