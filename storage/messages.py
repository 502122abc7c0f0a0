"""What passes between staff and reporter after the filing, each part sealed to whoever may read it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select

from storage import standing, tables, work
from storage.claims import held_by
from storage.database import Transaction
from storage.errors import NotFound, WrongState
from storage.tips import LINK_WORK, OPEN_STATES, TipState, load


class MessageKind(StrEnum):
    QUESTION = "question"
    """From staff, to be answered."""
    NOTE = "note"
    """From staff, only to be read."""
    ANSWER = "answer"
    """From the reporter, to a question."""
    ADDITION = "addition"
    """From the reporter, unasked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`for_reporter` opens with the receipt, `for_staff` with the staff's key; either is None once erased."""

    id: int
    tip: str
    kind: MessageKind
    at: datetime
    by: str | None
    for_reporter: bytes | None
    for_staff: bytes | None
    answers: int | None
    is_answered: bool
    read_at: datetime | None


def ask(t: Transaction, tip: str, *, by: str, for_reporter: bytes, for_staff: bytes, now: datetime) -> int:
    """Ask the reporter; by the tip's holder, who keeps holding it. The question's id is returned.

    Raises NotFound, NotHeld, and WrongState for a tip that is closed or has no receipt.
    """
    row = held_by(t, tip, by, "asking its reporter")
    if row.receipt_hash is None:
        raise WrongState(tip, "without a receipt", "asking its reporter")
    row.state, row.asked_at = TipState.WAITING, now
    row.first_asked_at = row.first_asked_at or now
    standing.ask_for_stamp(row, now)
    return _add(t, tip, MessageKind.QUESTION, now, by=by, for_reporter=for_reporter, for_staff=for_staff)


def tell(t: Transaction, tip: str, *, by: str, for_reporter: bytes, for_staff: bytes, now: datetime) -> int:
    """Leave word for the reporter (with a verdict, say); its id is returned. Raises NotFound, WrongState."""
    row = load(t, tip)
    if row.receipt_hash is None or _takes_no_more(row):
        raise WrongState(tip, row.state, "writing to its reporter")
    return _add(t, tip, MessageKind.NOTE, now, by=by, for_reporter=for_reporter, for_staff=for_staff)


def add(t: Transaction, tip: str, *, for_staff: bytes, now: datetime, answers: int | None = None) -> int:
    """What the reporter adds, or answers to a question of this tip; the tip goes back to its holder, or to the queue.

    Raises NotFound, and WrongState for a tip that was withdrawn or erased.
    """
    row = load(t, tip)
    if _takes_no_more(row):
        raise WrongState(tip, row.state, "adding to it")
    if answers is not None:
        question = t.session.get(tables.Message, answers)
        if question is None or question.tip != tip or question.kind != MessageKind.QUESTION:
            raise NotFound("question", str(answers))
    row.replied_at = now
    if answers is not None:
        row.first_replied_at = row.first_replied_at or now
    standing.ask_for_stamp(row, now)
    if row.state == TipState.WAITING:
        row.state = TipState.NEW if row.claimed_by is None else TipState.CLAIMED
    kind = MessageKind.ADDITION if answers is None else MessageKind.ANSWER
    work.put(t, LINK_WORK, tip, now=now)
    return _add(t, tip, kind, now, for_staff=for_staff, answers=answers)


def of_tip(t: Transaction, tip: str) -> tuple[Message, ...]:
    """All that passed, in order."""
    row = tables.Message
    rows = t.session.exec(select(row).where(row.tip == tip).order_by(col(row.id))).all()
    answered = {message.answers for message in rows}
    return tuple(_read(message, is_answered=message.id in answered) for message in rows)


def mark_read(t: Transaction, tip: str, *, now: datetime) -> None:
    """The reporter has seen what waited; only the first time is kept."""
    row = tables.Message
    for message in t.session.exec(select(row).where(row.tip == tip, col(row.read_at).is_(None))):
        if message.for_reporter is not None:
            message.read_at = now


def unanswered(t: Transaction, tip: str) -> tuple[Message, ...]:
    """The questions that wait for the reporter, the earliest first."""
    row = load(t, tip)
    if row.state not in OPEN_STATES:
        return ()
    return tuple(
        message for message in of_tip(t, tip) if message.kind is MessageKind.QUESTION and not message.is_answered
    )


def _takes_no_more(row: tables.Tip) -> bool:
    """What came after the erasing would never be erased."""
    return row.erased_at is not None or row.state == TipState.WITHDRAWN


def _add(
    t: Transaction,
    tip: str,
    kind: MessageKind,
    now: datetime,
    *,
    by: str | None = None,
    for_reporter: bytes | None = None,
    for_staff: bytes | None = None,
    answers: int | None = None,
) -> int:
    row = tables.Message(
        tip=tip, kind=kind, at=now, by=by, for_reporter=for_reporter, for_staff=for_staff, answers=answers
    )
    t.session.add(row)
    t.session.flush()
    return _id(row)


def _read(row: tables.Message, *, is_answered: bool) -> Message:
    return Message(
        id=_id(row),
        tip=row.tip,
        kind=MessageKind(row.kind),
        at=row.at,
        by=row.by,
        for_reporter=row.for_reporter,
        for_staff=row.for_staff,
        answers=row.answers,
        is_answered=is_answered,
        read_at=row.read_at,
    )


def _id(row: tables.Message) -> int:
    assert row.id is not None  # noqa: S101 - it is in the table
    return row.id
