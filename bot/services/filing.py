"""A report made into a new tip and its receipt, for whoever files it: the conversation, or staff on the phone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.events import File
from bot.services.boxing import box_report
from bot.services.knowing import Known
from bot.services.lanes import concerns_a_person, lane_of
from bot.services.urgent_order import LAST, marks_of, recall_until, urgency
from storage.chance import RandomBytes
from storage.ranks import Lane
from storage.receipts import Receipt
from storage.sealing import SALT_BYTES, KeyCost, ReceiptKey, StaffPublicKey, receipt_mark
from storage.tips import NewTip

KEPT_CHECK = timedelta(days=90)
"""How long what somebody only asked about is kept, where they agreed to it."""


def make_tip(
    effect: File,
    known: Known,
    staff: StaffPublicKey,
    *,
    receipt_hash: Callable[[str], bytes],
    conversation: bytes | None,
    is_limited: bool,
    cost: KeyCost,
    now: datetime,
    random: RandomBytes,
) -> tuple[NewTip, Receipt]:
    """Slow on purpose, for the receipt's key: keep it off the event loop.

    `receipt_hash` is of who files it. A limited reporter's tip waits at the end, unless it tells of danger to a person.
    """
    report = effect.report
    receipt = Receipt.make(random)
    key = ReceiptKey.make(receipt.code, salt=random(SALT_BYTES), cost=cost)
    told = box_report(known.book, known.matcher, effect, now)
    box = replace(told, receipt_mark=receipt_mark(receipt.code))
    waits = is_limited and not concerns_a_person(box.kind, box.dangers)
    marks, until = marks_of(report), recall_until(report, now)
    new = NewTip(
        kind=box.kind,
        dangers=box.dangers,
        urgency=LAST if waits else urgency(report, marks, now),
        lane=Lane.ORDINARY if waits else lane_of(box.kind, box.dangers, until, now),
        marks=marks,
        recall_until=until,
        likeness=box.likeness,
        pattern=report.matches[0].pattern if report.matches and box.likeness != "unknown" else None,
        language=box.language,
        country=box.country,
        versions=known.versions,
        sealed=staff.seal(box.to_bytes()),
        filed_at=now,
        receipt_hash=receipt_hash(receipt.code),
        receipt_public=key.public,
        receipt_parameters=key.parameters,
        conversation=conversation,
        keep_until=now + KEPT_CHECK if effect.watch else None,
        is_limited=waits,
    )
    return new, receipt
