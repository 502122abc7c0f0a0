"""What somebody tells by phone, filed by a member of staff: read, matched and boxed as a conversation's report is."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.advance import with_match
from bot.conversation.events import File
from bot.conversation.report import MAX_TELLING, Report
from bot.services.filing import make_tip
from bot.services.knowing import Known
from bot.services.permissions import Act, Actor, require
from bot.services.triage_errors import KindMissing, TextMissing, TextTooLong
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from storage import audit, phone_tips, tips
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.receipts import Receipt
from storage.sealing import INTERACTIVE, KeyCost, StaffSecretKey


@dataclass(frozen=True, slots=True)
class Call:
    """As it was noted. `amounts`: sums in the caller's words; `entry` is the form's own, the same if it is sent again.

    `dangers`: those that staff heard; those that can be read in the telling are added.
    """

    entry: str
    telling: str
    kind: str
    language: Language
    country: str | None = None
    dangers: tuple[Danger, ...] = ()
    amounts: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The tip, and its receipt to read out: None where this form was filed before, for it is shown only once."""

    tip: str
    receipt: Receipt | None


class Calls:
    """The use case. Raises NotAllowed, TextMissing, TextTooLong, KindMissing."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        *,
        known: Callable[[], Known],
        clock: Callable[[], datetime],
        random: RandomBytes,
        cost: KeyCost = INTERACTIVE,
    ) -> None:
        self._database = database
        self._key = key
        self._known = known
        self._clock = clock
        self._random = random
        self._cost = cost

    async def take(self, actor: Actor, call: Call) -> Taken:
        """File it. No conversation is known of it: whoever called is reached through the receipt alone."""
        require(actor, Act.TAKE_CALL)
        _check(call)
        entry = self._key.token_hash(call.entry)
        before = await self._database.read(lambda t: phone_tips.filed_as(t, entry))
        if before is not None:
            return Taken(before, None)
        known, now = self._known(), self._clock()
        new, receipt = await asyncio.to_thread(
            lambda: make_tip(
                _file(call, known, now),
                known,
                self._key.public,
                receipt_hash=self._key.public.phone_receipt_hash,
                conversation=None,
                is_limited=False,
                cost=self._cost,
                now=now,
                random=self._random,
            )
        )

        def unit(t: Transaction) -> Taken:
            # Looked for again: two that were sent at once both found nothing.
            if (at_once := phone_tips.filed_as(t, entry)) is not None:
                return Taken(at_once, None)
            tip = tips.file(t, new, random=self._random)
            phone_tips.note(t, tip, taken_by=actor.name, entry=entry)
            audit.record(t, audit.Entry(now, actor.name, Act.TAKE_CALL, tip), random=self._random)
            return Taken(tip, receipt)

        return await self._database.write(unit)


def _check(call: Call) -> None:
    length = len(call.telling) + len(call.amounts)
    if not call.telling.strip():
        raise TextMissing
    if length >= MAX_TELLING:
        raise TextTooLong(length, MAX_TELLING - 1)
    if call.kind not in set(Kind):
        raise KindMissing


def _file(call: Call, known: Known, now: datetime) -> File:
    book = known.book
    dangers = {*call.dangers, *book.reader.read(call.telling).dangers}
    report = Report(kind=Kind(call.kind), dangers=tuple(danger for danger in Danger if danger in dangers))
    for line in (call.telling, call.amounts):
        if line.strip():
            report = report.tell(line, book.extractor.extract(line, country=call.country, now=now))
    if call.contact:
        report = report.answer("contact", call.contact)
    report = with_match(report, known.matcher.match(report.telling))
    return File(report, call.language, call.country)
