"""What staff do with tips: queue, claim, release, decide, merge, ask; each act leaves its audit entry.

No key that opens anything is needed for it: console and desk do the same acts through the same use cases.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from bot.services.held_back import held_back
from bot.services.permissions import Act, Actor, require
from bot.services.triage_errors import (
    AlreadyEnded,
    AuthorityMissing,
    HeldByAnother,
    NoReceipt,
    TextMissing,
    TextTooLong,
    VerdictMissing,
)
from bot.services.triage_views import Queue, QueueRow
from bot.services.urgency import reasons_for
from storage import audit, claims, links, messages, outbox, queueing, similar, tips, verdicts, withdrawals
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import AlreadyClaimed, NotHeld, WrongState
from storage.examples import Confirmation
from storage.keys import Vouches
from storage.queueing import Nearness, Place, QueueFilter
from storage.ranks import Lane
from storage.sealing import StaffPublicKey, seal_to_receipt
from storage.tips import Tip, Verdict

_T = TypeVar("_T")

PAGE_SIZE = 25
LONGEST_NAME = 120
"""Characters of an authority's name."""
LONGEST_TEXT = 4000
"""Characters of a reason or a question: more than anybody reads on a phone."""

DECISIONS = (Verdict.CONFIRMED, Verdict.NEW_KIND, Verdict.PASSED_ON, Verdict.UNFOUNDED, Verdict.INSUFFICIENT)
"""The verdicts `decide` takes; `duplicate` comes with `merge`."""

GAIN, LOSE = "gain-tip", "lose-tip"
"""What the history of the other tip says of a merging, and of one that is taken back."""

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

    async def queue(
        self,
        actor: Actor,
        which: QueueFilter,
        *,
        after: Place | None = None,
        before: Place | None = None,
        size: int = PAGE_SIZE,
    ) -> Queue:
        """Tips that fit, the most urgent first: the first `size`, or those after or before a place."""
        require(actor, Act.SEE_QUEUE)
        now = self._clock()

        def query(t: Transaction) -> Queue:
            found = queueing.queue(t, which, limit=size, after=after, before=before)
            shown = [tip.id for tip in found.tips]
            sharing, alike = links.sharing(t, shown, now=now), similar.counts(t, shown)

            def row(tip: Tip) -> QueueRow:
                shared = sharing.get(tip.id, 0)
                return QueueRow(tip, reasons_for(tip, now, sharing=shared), shared, alike.get(tip.id, 0))

            return Queue(
                rows=tuple(row(tip) for tip in found.tips),
                total=found.total,
                earlier=found.earlier,
                further=found.further,
                lanes=queueing.count_lanes(t, Lane),
                deadlines=_deadlines(t, now) if actor.may(Act.FREE) else {},
                withdrawn=withdrawals.notices(t, actor.name),
                held_back=held_back(t),
            )

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
        self,
        actor: Actor,
        tip_id: str,
        verdict: str,
        reason: str,
        pattern: str = "",
        *,
        authority: str = "",
        also: Unit = _nothing,
    ) -> Tip:
        """End the tip with a verdict of DECISIONS and why. Raises VerdictMissing, TextMissing, AuthorityMissing and as
        `claim`.

        `pattern` is the id of the known scam it is confirmed as: its telling is from then on an example of it.
        `authority` is whom it is passed on to, where it is; the reporter is told.
        """
        require(actor, Act.DECIDE)
        if verdict not in DECISIONS:
            raise VerdictMissing
        sealed = self._seal(checked(reason))
        is_example = bool(pattern) and verdict == Verdict.CONFIRMED
        confirmed = Confirmation.make(self._voucher, tip_id, pattern) if is_example else None
        as_which = {"pattern": pattern} if is_example else {}
        to_whom = named(authority) if verdict == Verdict.PASSED_ON else ""

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
            if to_whom:
                self._name_authority(t, actor, tip, to_whom)
                as_which["authority"] = to_whom
            self._record(t, actor, Act.DECIDE, tip_id, verdict=verdict, reason=reason, **as_which)
            self._tell_who_asked(t, tip)
            return tip

        return await self._write(tip_id, unit)

    async def merge(self, actor: Actor, tip_id: str, into: str, reason: str, *, also: Unit = _nothing) -> Tip:
        """Say that the tip repeats `into`. Raises TextMissing, NotFound for `into`, Circular, and as `claim`."""
        require(actor, Act.MERGE)
        checked(reason)

        def unit(t: Transaction) -> Tip:
            also(t)
            return self._merge(t, actor, tip_id, into, reason)

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

    def _name_authority(self, t: Transaction, actor: Actor, tip: Tip, authority: str) -> None:
        public = tip.receipt_public
        messages.name_authority(
            t,
            tip.id,
            by=actor.name,
            for_reporter=None if public is None else seal_to_receipt(public, authority.encode()),
            for_staff=self._seal(authority),
            now=self._clock(),
        )

    def _merge(self, t: Transaction, actor: Actor, tip_id: str, into: str, reason: str) -> Tip:
        """One tip into another, inside a unit; both histories say so."""
        # Looked up first: a mistyped reference is named as such, whoever holds the tip.
        root = verdicts.root_of(t, into)
        self._hold(t, actor, tip_id)
        sealed = self._seal(checked(reason))
        tip = verdicts.merge(t, tip_id, into=into, by=actor.name, reason=sealed, now=self._clock())
        self._record(t, actor, Act.MERGE, tip_id, into=root.id, reason=reason)
        self._record(t, actor, GAIN, root.id, tip=tip_id)
        self._tell_who_asked(t, tip)
        return tip

    def _hold(self, t: Transaction, actor: Actor, tip_id: str) -> None:
        """Hold it longer; and take it again if the hold ran out while they wrote and nobody else took it."""
        tip = tips.get(t, tip_id)
        if tip.is_open and tip.claimed_by in {None, actor.name}:
            claims.claim(t, tip_id, by=actor.name, now=self._clock())

    def _tell_who_asked(self, t: Transaction, tip: Tip) -> None:
        """Only a tip whose person asked to hear has a day until which it is kept."""
        if tip.conversation is not None and tip.keep_until is not None:
            outbox.release(t, tip.conversation, now=self._clock())

    def _record(self, t: Transaction, actor: Actor, act: str, subject: str, **details: str) -> None:
        entry = audit.Entry(self._clock(), actor.name, act, subject, details)
        audit.record(t, entry, random=self._random)

    def _seal(self, text: str) -> bytes:
        return self._public.seal(text.encode())


def _deadlines(t: Transaction, now: datetime) -> Mapping[Nearness, int]:
    """How many tips are near their deadline and past it, for those who can do something about it."""
    counted = {how: queueing.count(t, QueueFilter(deadline=(how, now))) for how in Nearness}
    return {how: count for how, count in counted.items() if count}


def named(authority: str) -> str:
    """An authority's name on one line. Raises AuthorityMissing, TextTooLong."""
    authority = " ".join(authority.split())
    if not authority:
        raise AuthorityMissing
    if len(authority) > LONGEST_NAME:
        raise TextTooLong(len(authority), LONGEST_NAME)
    return authority


def checked(text: str) -> str:
    """A reason or a question without the space round it. Raises TextMissing, TextTooLong."""
    text = text.strip()
    if not text:
        raise TextMissing
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(len(text), LONGEST_TEXT)
    return text
