"""The conversation on a terminal: lines in, lines out; a button is pressed by its number, letter or label."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.conversation.events import MAX_TEXT, Button, Event, Pressed, Reply, Said, TooLong
from bot.services.exchange import Screen

CHANNEL = "terminal"

_LETTERS = "abcdefghij"
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
# Four bytes are the most a character takes: a longer line is too long whatever it holds.
_LONGEST_LINE = 4 * (MAX_TEXT + 1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What can be pressed now, and the turn that showed it."""

    buttons: tuple[Button, ...] = ()
    standing: tuple[Button, ...] = ()
    turn: int | None = None

    @classmethod
    def on(cls, screen: Screen) -> "Shown":
        return cls(tuple(b for reply in screen.replies for b in reply.buttons), screen.standing, screen.turn)

    def pressed(self, line: str) -> Button | None:
        """The button whose number, letter or label was typed, with brackets or without."""
        typed = unicodedata.normalize("NFKC", line).strip().removeprefix("[").removesuffix("]").strip().casefold()
        for number, button in enumerate(self.buttons, start=1):
            if typed in (str(number), _folded(button.label)):
                return button
        for letter, button in zip(_LETTERS, self.standing, strict=False):
            if typed in (letter, _folded(button.label)):
                return button
        return None

    def event(self, line: str) -> Event:
        """What a line means."""
        if len(line) > MAX_TEXT:
            return TooLong(len(line))
        button = self.pressed(line) if len(line) < 200 else None
        return Said(line) if button is None else Pressed(button.id, self.turn)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a message, bold or not."""

    text: str
    is_bold: bool = False


def spans(text: str) -> Iterator[Span]:
    """The pieces of a message, harmless to a terminal: a quoted telling may hold control codes."""
    end = 0
    for found in _BOLD.finditer(text):
        yield Span(harmless(text[end : found.start()]))
        yield Span(harmless(found[1]), is_bold=True)
        end = found.end()
    yield Span(harmless(text[end:]))


def harmless(text: str) -> str:
    """Without what moves a cursor, rings, hides or turns text round; line feeds stay."""
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))


def choices(buttons: Iterable[Button]) -> str:
    """The buttons of a message, a line each."""
    return "\n".join(f"[{number}] {harmless(button.label)}" for number, button in enumerate(buttons, start=1))


def always(standing: Iterable[Button]) -> str:
    """The buttons on every screen, on one line."""
    return "  ".join(f"[{letter}] {button.label}" for letter, button in zip(_LETTERS, standing, strict=False))


def read_lines(stream: BinaryIO) -> Iterator[str]:
    """UTF-8 whatever the locale; a bad byte becomes a replacement character, an endless line is not kept whole."""
    while line := stream.readline(_LONGEST_LINE):
        whole = line
        while not line.endswith(b"\n") and (line := stream.readline(_LONGEST_LINE)):
            whole = whole[:_LONGEST_LINE] + line[:1]
        yield whole.decode("utf-8-sig", errors="replace").rstrip("\r\n")


class Transcript:
    """A conversation as a text file: `# key: value` lines, then `> ` before what the person said, `> [label]` for a
    press, and replies as they are. What stood there before the person said anything is left out."""

    def __init__(self) -> None:
        self._settings: dict[str, str] = {}
        self._parts: list[str] = []

    def begin(self, screen: Screen, hint: str | None) -> None:
        self._settings = {"language": screen.language.value} | ({} if hint is None else {"hint": hint})

    def heard(self, line: str, button: Button | None) -> None:
        said = f"[{button.label}]" if button is not None else line
        self._parts.append("\n".join(f"> {part}" for part in said.split("\n")))

    def told(self, replies: Iterable[Reply]) -> None:
        for reply in replies:
            buttons = " ".join(f"[{button.label}]" for button in reply.buttons)
            self._parts.append(f"{reply.text}\n{buttons}".rstrip())

    def __str__(self) -> str:
        settings = "\n".join(f"# {key}: {value}" for key, value in self._settings.items())
        return "\n\n".join([settings, *self._parts]) + "\n"


def _folded(label: str) -> str:
    return unicodedata.normalize("NFKC", label).strip().casefold()
