"""Buttons as rows under a message: what can be answered first, below it what stands on every screen."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from bot.channels.telegram.callbacks import Callbacks
from bot.conversation.events import Button
from bot.services.parcels import Parcel

_WIDEST = 30
"""Columns that fit one row of a small phone's screen, all its buttons together."""
_IN_A_ROW = 3

Keyboard = dict[str, list[list[dict[str, str]]]]
"""An InlineKeyboardMarkup as the Bot API has it: the library would make objects of it that nobody reads."""


def keyboard(parcel: Parcel, chat: int, callbacks: Callbacks) -> Keyboard | None:
    """None where there is nothing to press."""
    if parcel.turn is None or not (parcel.buttons or parcel.standing):
        return None
    turn = parcel.turn
    rows = [*_rows(parcel.buttons), *_rows(parcel.standing)]
    return {
        "inline_keyboard": [
            [{"text": b.label, "callback_data": callbacks.write(chat, turn, b.id)} for b in row] for row in rows
        ]
    }


def _rows(buttons: Iterable[Button]) -> list[list[Button]]:
    rows: list[list[Button]] = []
    for button in buttons:
        if rows and len(rows[-1]) < _IN_A_ROW and sum(_columns(b.label) for b in (*rows[-1], button)) <= _WIDEST:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


@lru_cache(4096)
def _columns(label: str) -> int:
    return 3 + sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in label)
