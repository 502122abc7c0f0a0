"""What the conversation asked for, done: each effect becomes the event that answers it, and the writes to commit."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.conversation.events import (
    Add,
    Clear,
    Done,
    Drop,
    Effect,
    Event,
    Fetch,
    File,
    Filed,
    Keep,
    Limited,
    LookedUp,
    LookUp,
    Match,
    Matched,
    OpenedTip,
    TipMessage,
    Wait,
    Withdraw,
)
from bot.services.filing import make_tip
from bot.services.knowing import Known
from bot.services.lengths import SHORT
from bot.services.parcels import Parcel
from storage import audit, exhibits, limits, messages, outbox, reporter_limits, sessions, tips, withdrawals
from storage.chance import RandomBytes, random_reference
from storage.database import Database, Transaction
from storage.errors import AlreadyExists, NotFound, Undecipherable
from storage.exhibits import NewExhibit
from storage.messages import MessageKind
from storage.receipts import find_receipt
from storage.sealing import INTERACTIVE, SALT_BYTES, CitizensKeys, KeyCost, ReceiptKey, StaffPublicKey
from storage.tips import Tip, TipState

REPORTER = "reporter"
"""The actor of what a citizen does, in the audit: never who."""

SHARED = 20
"""How many times a conversation's limit one network address has: a household, an office, a phone company's gateway."""

Unit = Callable[[Transaction], None]

_GUESS_WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks: the pseudonyms that limits are counted by, never a name. `known`: what their turn is read with."""

    conversation: bytes
    source: bytes | None
    now: datetime
    known: Known
    writes_to: tuple[str, str] | None = None
    """Channel and address, where the channel can write first. Kept encrypted, and only if it is asked to."""
    exhibits: Mapping[str, NewExhibit] = field(default_factory=dict)
    """What was brought with the event."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`event`: what the conversation is told; None ends the turn. `units`: what its commit writes."""

    event: Event | None
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How often in an hour; over it the answer is to wait."""

    receipts: int = 20
    reports: int = 12


class Effects:
    """Performs effects outside any transaction."""

    def __init__(
        self,
        *,
        database: Database,
        citizens: CitizensKeys,
        staff: StaffPublicKey,
        random: RandomBytes,
        receipt_cost: KeyCost = INTERACTIVE,
        limits: Limits | None = None,
    ) -> None:
        self._database = database
        self._citizens = citizens
        self._staff = staff
        self._random = random
        self._cost = receipt_cost
        self._limits = limits or Limits()
        # A receipt that is none costs the same work as one that is.
        self._nobodys = ReceiptKey.parameters_of(random(SALT_BYTES), receipt_cost)

    async def perform(self, effect: Effect, asked: Asked) -> Outcome:
        match effect:
            case Match(text):
                match = asked.known.matcher.match
                return Outcome(Matched(match(text) if len(text) < SHORT else await asyncio.to_thread(match, text)))
            case File():
                return await self._file(effect, asked)
            case LookUp(text):
                return await self._look_up(text, asked)
            case Add():
                return await self._add(effect, asked)
            case Withdraw(tip):
                return await self._withdraw(tip, asked)
            case Keep():
                return await self._keep(effect, asked)
            case Drop():
                return Outcome(None, (lambda t: _drop(t, asked.conversation),))
            case Clear() | Wait() | Fetch():
                # Of the turn's own commit, and of nothing outside it.
                return Outcome(None)

    async def _file(self, effect: File, asked: Asked) -> Outcome:
        if await self._is_over("file", self._limits.reports, asked):
            return Outcome(Limited(minutes=60))
        is_limited = await self._database.read(
            lambda t: reporter_limits.is_limited(t, asked.conversation, now=asked.now)
        )
        new, receipt = await asyncio.to_thread(
            lambda: make_tip(
                effect,
                asked.known,
                self._staff,
                receipt_hash=self._citizens.receipt_hash,
                conversation=asked.conversation,
                is_limited=is_limited,
                cost=self._cost,
                now=asked.now,
                random=self._random,
            )
        )
        first = self._random(5)
        tip = random_reference(lambda _: first)

        def unit(t: Transaction) -> None:
            draws = iter((first,))
            if tips.file(t, new, random=lambda count: next(draws, None) or self._random(count)) != tip:
                raise AlreadyExists("tip", tip)
            audit.record(t, audit.Entry(asked.now, REPORTER, "file", tip), random=self._random)
            if effect.exhibits:
                exhibits.attach(t, asked.conversation, tip)
            if will_write:
                self._arm(t, effect.notice, asked)

        will_write = bool(effect.notice) and asked.writes_to is not None
        return Outcome(Filed(str(receipt), tip, will_write), (unit,))

    def _arm(self, t: Transaction, notice: str, asked: Asked) -> None:
        """Written now, while the address is at hand; sent when staff have decided, who have no key to it."""
        assert asked.writes_to is not None  # noqa: S101 - looked at by the caller
        channel, address = asked.writes_to
        outbox.arm(
            t,
            self._citizens,
            conversation=asked.conversation,
            channel=channel,
            address=address,
            body=Parcel(notice).dump(),
            now=asked.now,
        )

    async def _look_up(self, text: str, asked: Asked) -> Outcome:
        if await self._is_over("receipt", self._limits.receipts, asked):
            return Outcome(Limited(minutes=limits.seconds_left(_GUESS_WINDOW, asked.now) // 60 + 1))
        receipt = find_receipt(text)
        code = receipt.code if receipt is not None else ""
        looked_for = (self._citizens.receipt_hash(code), self._staff.phone_receipt_hash(code))
        tip = await self._database.read(lambda t: tips.find_by_receipt(t, *looked_for))
        parameters = tip.receipt_parameters if tip is not None else None
        key = await asyncio.to_thread(ReceiptKey.derive, code or "0", parameters or self._nobodys)
        subject = tip.id if tip is not None else ""
        waiting = await self._database.read(lambda t: messages.of_tip(t, subject))
        if tip is None:
            return Outcome(LookedUp(None))
        opened, complete = _open(tip, key, waiting)

        def unit(t: Transaction) -> None:
            if complete:
                messages.mark_read(t, tip.id, now=asked.now)

        return Outcome(LookedUp(opened), (unit,))

    async def _add(self, effect: Add, asked: Asked) -> Outcome:
        state = await self._state(effect.tip)
        if state is None or state in {TipState.WITHDRAWN, TipState.ERASED}:
            return Outcome(Done(ok=False))
        sealed = self._staff.seal(effect.text.encode())

        def unit(t: Transaction) -> None:
            asked_of = messages.unanswered(t, effect.tip) if effect.answer else ()
            answers = asked_of[0].id if asked_of else None
            messages.add(t, effect.tip, for_staff=sealed, now=asked.now, answers=answers)
            act = "add" if answers is None else "answer"
            audit.record(t, audit.Entry(asked.now, REPORTER, act, effect.tip), random=self._random)

        return Outcome(Done(), (unit,))

    async def _keep(self, effect: Keep, asked: Asked) -> Outcome:
        new, tip = asked.exhibits[effect.name], effect.tip
        if tip is not None and await self._state(tip) in {None, TipState.WITHDRAWN, TipState.ERASED}:
            # The addition that goes with it says so.
            return Outcome(None)
        conversation = asked.conversation if tip is None else None

        def unit(t: Transaction) -> None:
            exhibits.add(t, new, conversation=conversation, tip=tip, now=asked.now)

        return Outcome(None, (unit,))

    async def _withdraw(self, tip: str, asked: Asked) -> Outcome:
        state = await self._state(tip)
        if state is None or state is TipState.ERASED:
            return Outcome(Done(ok=False))

        def unit(t: Transaction) -> None:
            told_in = withdrawals.withdraw(t, tip, now=asked.now).conversation
            # Where it was told from, a script made of it may still wait; the asking conversation forgets by itself.
            if told_in not in {None, asked.conversation}:
                sessions.erase(t, told_in, now=asked.now)
                outbox.drop(t, told_in, now=asked.now)
                exhibits.drop(t, told_in)
            audit.record(t, audit.Entry(asked.now, REPORTER, "withdraw", tip), random=self._random)

        return Outcome(Done(), (unit,))

    async def _state(self, tip: str) -> TipState | None:
        try:
            return (await self._database.read(lambda t: tips.get(t, tip))).state
        except NotFound:
            return None

    async def _is_over(self, action: str, most: int, asked: Asked) -> bool:
        """Counts one more for the conversation and for where it comes from, at once, whatever becomes of the turn."""
        source = asked.source

        def unit(t: Transaction) -> bool:
            here = limits.hit(t, action, asked.conversation, window=_GUESS_WINDOW, now=asked.now)
            if source is None:
                return here > most
            there = limits.hit(t, action, source, window=_GUESS_WINDOW, now=asked.now)
            return here > most or there > most * SHARED

        return await self._database.write(unit)


def _drop(t: Transaction, conversation: bytes) -> None:
    exhibits.drop(t, conversation)


def _open(tip: Tip, key: ReceiptKey, waiting: tuple[messages.Message, ...]) -> tuple[OpenedTip, bool]:
    """What the receipt's holder is shown, and whether all of it could be opened."""
    shown: list[TipMessage] = []
    complete = True
    for message in waiting:
        if message.for_reporter is None or (message.kind is MessageKind.QUESTION and message.is_answered):
            continue
        try:
            text = key.open(message.for_reporter).decode()
        except (Undecipherable, UnicodeDecodeError):
            complete = False
            continue
        kind = message.kind
        shown.append(TipMessage(text, kind is MessageKind.QUESTION, message.at, kind is MessageKind.AUTHORITY))
    state = TipState.CLAIMED if tip.state is TipState.WAITING and not shown else tip.state
    verdict = tip.verdict.value if tip.verdict is not None else None
    asks = any(message.question for message in shown)
    return OpenedTip(tip.id, tip.filed_at, state.value, verdict, tuple(shown), asks), complete
