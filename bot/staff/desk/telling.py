"""The desk's other messages: what is about to be missed, how the day stands, lists of tips."""

from collections.abc import Iterable
from datetime import timedelta
from html import escape

from bot.services.desk_letters import Deadline, Due
from bot.services.triage_views import Queue
from bot.services.urgency import OVERDUE, reasons_for
from bot.services.urgent_order import URGENT
from bot.staff.desk import wording
from bot.staff.desk.callbacks import Button, Do, stamp_of
from bot.staff.desk.cards import Rows, button, line
from bot.staff.desk.room import Room
from storage import daybook
from storage.database import Transaction
from storage.daybook import Day
from storage.tips import Tip

LISTED = 8
_A_DAY = timedelta(days=1)


def due(room: Room, letter: Due, tips: Iterable[Tip], chat: int, language: str) -> tuple[str, Rows]:
    """A deadline that is near. `tips`: those of the letter that are open still."""
    html, listed = room.wording.html, tuple(tips)
    match Deadline(letter.deadline):
        case Deadline.HOLD:
            tip = listed[0]
            left = room.lookup(language).left(tip.claim_until or room.clock())
            hold = button(room, chat, language, wording.HOLD, Button(Do.HOLD, tip.id, stamp_of(tip)))
            return html(language, wording.HOLD_ENDS, tip=tip.id, time=left), ((hold,), *shows(room, listed, chat))
        case Deadline.FIRST_LOOK:
            said = html(language, wording.FIRST_LOOK_NEAR, count=letter.count)
        case Deadline.DECISION:
            said = html(language, wording.DECISION_NEAR, count=letter.count)
        case Deadline.MISSED:
            said = html(language, wording.DECISION_MISSED, count=letter.count)
        case Deadline.RECALL:
            said = html(language, wording.RECALL_NEAR, count=letter.count)
    lines = [f"⏳ <b>{said}</b>", html(language, wording.MOST_URGENT), *(line(room, tip, language) for tip in listed)]
    return "\n".join(lines), shows(room, listed, chat)


def read_day(t: Transaction, room: Room) -> Day:
    """How the queue stands now."""
    now = room.clock()
    return daybook.day(t, urgency=URGENT, since=now - _A_DAY, unseen_before=now - OVERDUE)


def digest(room: Room, day: Day, language: str) -> str:
    """In a few lines of numbers."""
    html = room.wording.html
    counted = (
        (wording.TO_DO, day.open),
        (wording.URGENT_FREE, day.urgent),
        (wording.UNSEEN, day.unseen),
        (wording.REPLIED, day.replied),
        (wording.FILED, day.filed),
        (wording.DECIDED_SINCE, day.decided),
    )
    lines = [f"<b>{html(language, wording.DIGEST)}</b>"]
    lines += [html(language, what, count=count) for what, count in counted]
    if day.held:
        names = ", ".join(f"{name} {count}" for name, count in sorted(day.held.items()))
        lines.append(html(language, wording.HOLDERS, names=names))
    return "\n".join(lines)


def listing(room: Room, queue: Queue, head: str, chat: int, language: str) -> tuple[str, Rows]:
    """The first tips of a queue, each with its gravest reason."""
    rows = queue.rows[:LISTED]
    lines = [f"<b>{escape(head, quote=False)}</b>"]
    for number, row in enumerate(rows, start=1):
        reasons = reasons_for(row.tip, room.clock())
        holder = f" · {row.tip.claimed_by}" if row.tip.is_held(room.clock()) else ""
        lines.append(f"{number}. {wording.colour(reasons)} {line(room, row.tip, language)}{holder}")
    if queue.total > len(rows):
        lines.append(room.wording.html(language, wording.MORE))
    return "\n".join(lines), shows(room, [row.tip for row in rows], chat)


def shows(room: Room, tips: Iterable[Tip], chat: int) -> Rows:
    """A button a tip, for its card."""
    buttons = [(tip.id, room.callbacks.write(chat, Button(Do.SHOW, tip.id))) for tip in tips]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def mention(person: int, name: str) -> str:
    """Calls on one person of a group, so that their app opens the answer."""
    return f'<a href="tg://user?id={person}">{escape(name, quote=False)}</a>'
