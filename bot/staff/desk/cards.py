"""A tip's card: how urgent, of what kind, how old, who holds it, and what can be done; nothing that was told."""

from datetime import timedelta
from html import escape

from bot.services.urgency import reasons_for
from bot.staff.desk import wording
from bot.staff.desk.callbacks import Button, Do, stamp_of
from bot.staff.desk.room import Room
from bot.staff.wording import KINDS, REASONS, STATES, VERDICTS
from storage.tips import Tip

_A_MINUTE = timedelta(minutes=1)

Rows = tuple[tuple[tuple[str, str], ...], ...]


def card(room: Room, tip: Tip, chat: int, language: str) -> tuple[str, Rows]:
    """HTML and buttons, for this chat. `chat` is a person's own number, or a group's."""
    html = room.wording.html
    reasons = reasons_for(tip, room.clock())
    first, *others = [html(language, REASONS[reason]) for reason in reasons] or [
        html(language, KINDS.get(tip.kind, tip.kind))
    ]
    stands, slots = _standing(room, tip, language)
    lines = [
        f"{wording.colour(reasons)} <b>{first}</b>",
        *others,
        line(room, tip, language),
        html(language, stands, **slots),
    ]
    return "\n".join(lines), _rows(room, tip, chat, language)


def line(room: Room, tip: Tip, language: str) -> str:
    """A tip in a line: its reference, of what kind, how old."""
    kind = escape(room.wording.say(language, KINDS.get(tip.kind, tip.kind)), quote=False)
    is_fresh = room.clock() - tip.filed_at < _A_MINUTE
    age = room.wording.say(language, wording.JUST_NOW) if is_fresh else room.lookup(language).age(tip.filed_at)
    return f"{reference(room, tip.id)} · {kind} · {escape(age, quote=False)}"


def reference(room: Room, tip: str) -> str:
    """A link to where it can be read, if others than this machine can follow one."""
    return f"<code>{tip}</code>" if room.console is None else f'<a href="{room.console}tips/{tip}">{tip}</a>'


def button(room: Room, chat: int, language: str, label: str, pressed: Button) -> tuple[str, str]:
    """A label in the language, and what stands behind it."""
    return room.wording.say(language, label), room.callbacks.write(chat, pressed)


def _standing(room: Room, tip: Tip, language: str) -> tuple[str, dict[str, object]]:
    if not tip.is_open:
        return VERDICTS[tip.verdict] if tip.verdict is not None else STATES[tip.state], {}
    if tip.is_held(room.clock()) and tip.claim_until is not None:
        return wording.HELD, {"name": tip.claimed_by, "time": room.lookup(language).left(tip.claim_until)}
    return (wording.WAITS if tip.asked_at is not None and tip.state == "waiting" else wording.NOBODYS), {}


def _rows(room: Room, tip: Tip, chat: int, language: str) -> Rows:
    if not tip.is_open:
        return ()
    stamp = stamp_of(tip)

    def row(*shown: tuple[str, Do]) -> tuple[tuple[str, str], ...]:
        return tuple(button(room, chat, language, label, Button(do, tip.id, stamp)) for label, do in shown)

    if not tip.is_held(room.clock()):
        return (row((wording.CLAIM, Do.CLAIM)),)
    ask = ((wording.ASK, Do.ASK),) if tip.has_receipt else ()
    return (
        row((wording.DECIDE, Do.DECIDE), *ask),
        row((wording.MERGE, Do.MERGE)),
        row((wording.HOLD, Do.HOLD), (wording.RELEASE, Do.RELEASE)),
    )
