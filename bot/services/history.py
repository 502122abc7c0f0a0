"""What was said on both sides, for channels whose page shows it again; never what is shown only once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.conversation.events import Reply

_MOST_LINES = 80
_MOST_CHARACTERS = 40_000


@dataclass(frozen=True, slots=True)
class Line:
    """`mine` is the person's; `urgent` a card."""

    mine: bool
    text: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class History:
    lines: tuple[Line, ...] = ()

    def said(self, text: str) -> "History":
        return self._with([Line(mine=True, text=text)]) if text.strip() else self

    def told(self, replies: Iterable[Reply]) -> "History":
        return self._with([Line(False, reply.text, reply.urgent) for reply in replies if not reply.once])

    def dump(self) -> list[list[Any]]:
        return [[line.mine, line.text, line.urgent] for line in self.lines]

    @classmethod
    def load(cls, kept: object) -> "History":
        if not isinstance(kept, list):
            return cls()
        return cls(tuple(Line(bool(mine), str(text), bool(urgent)) for mine, text, urgent in kept))

    def _with(self, lines: list[Line]) -> "History":
        kept = [*self.lines, *lines][-_MOST_LINES:]
        while len(kept) > 1 and sum(len(line.text) for line in kept) > _MOST_CHARACTERS:
            kept.pop(0)
        return History(tuple(kept))
