"""A screen in the order a page shows it: what was said before, what is new, and the answers to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.channels.webchat.marks import render
from bot.conversation.events import Button, Reply
from bot.services.exchange import Screen
from bot.services.history import Line
from knowledge.language import Language, detect_language

_WAYS = frozenset({"skip", "back", "dont-know", "stop", "place", "place:choose"})
"""Ways round a question: smaller than its answers."""
_WATCHED = "controller:"
_MAIN = frozenset({"submit", "resume"})
_MANY = 6
"""From so many choices on they stand side by side."""


@dataclass(frozen=True, slots=True)
class Message:
    """`html` is safe as it is; of the person's own words it is the escaped text."""

    mine: bool
    html: Markup
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """`once` is shown until it is acknowledged; `carried` was shown before and stands below what is new."""

    earlier: tuple[Message, ...]
    newest: tuple[Message, ...]
    once: tuple[Markup, ...]
    carried: tuple[Markup, ...]
    choices: tuple[Choice, ...]
    ways: tuple[Choice, ...]
    standing: tuple[Button, ...]
    exit: str
    help: str
    is_opening: bool
    takes_files: bool

    @property
    def has_many_choices(self) -> bool:
        return len(self.choices) >= _MANY


def arrange(screen: Screen, carried: Sequence[Reply] = (), problem: str = "") -> Shown:
    """`carried` are messages shown once that a turn has acknowledged, and that this page shows all the same; `problem`
    is a sentence that the page shows apart."""
    told = [reply for reply in screen.replies if not reply.once]
    before = dict.fromkeys(reply.text for reply in carried)
    new = [r.text for r in (*screen.once, *(r for r in screen.replies if r.once)) if r.text not in before]
    once = dict.fromkeys(new)
    # While somebody may be looking over a shoulder, the page shows the one question and nothing of the talk.
    is_watched = any(button.id.startswith(_WATCHED) for reply in screen.replies for button in reply.buttons)
    was_told_last, lines = _unfolded(screen.history.lines, told, screen.language)
    lines = [] if is_watched else [line for line in lines if line.mine or line.text != problem]
    newest_from = max((place + 1 for place, line in enumerate(lines) if line.mine), default=0)
    # Under a card's next step the card itself is not told a second time; only its buttons are good again.
    seen = {line.text for line in lines if line.urgent and not was_told_last}
    now = [Line(mine=False, text=reply.text, urgent=reply.urgent) for reply in told if reply.text not in seen]
    choices = [Choice(b.id, b.label, b.id in _MAIN) for reply in screen.replies for b in reply.buttons]
    labels = {button.id: button.label for button in screen.standing}
    return Shown(
        earlier=tuple(map(_message, lines[:newest_from])),
        newest=tuple(map(_message, (*lines[newest_from:], *now))),
        once=tuple(map(render, once)),
        carried=tuple(map(render, before)),
        choices=tuple(choice for choice in choices if choice.id not in _WAYS),
        ways=tuple(choice for choice in choices if choice.id in _WAYS),
        standing=tuple(button for button in screen.standing if button.id in {"money", "danger", "watched"}),
        exit=labels.get("exit", ""),
        help=labels.get("help", ""),
        is_opening=not (lines or once or before or is_watched or screen.over),
        takes_files=screen.takes_files,
    )


def _unfolded(history: tuple[Line, ...], told: list[Reply], language: Language) -> tuple[bool, list[Line]]:
    """Whether the history ends with the replies, and the history without what they say again."""
    texts = [reply.text for reply in told]
    lines = list(history)
    was_told_last = bool(texts) and [line.text for line in lines[-len(texts) :] if not line.mine] == texts
    if was_told_last:
        del lines[-len(texts) :]
    if any(line.mine for line in lines):
        # After a switch of the language the same screen stands there once more, in the old one.
        same_before = lines[-len(texts) :] if texts else []
        if same_before and all(_is_foreign(line, language) for line in same_before):
            del lines[-len(texts) :]
        return was_told_last, lines
    return was_told_last, [line for line in lines if line.text not in texts and not _is_foreign(line, language)]


def _is_foreign(line: Line, language: Language) -> bool:
    return not line.mine and detect_language(line.text) not in {None, language}


def _message(line: Line) -> Message:
    return Message(line.mine, Markup.escape(line.text) if line.mine else render(line.text), line.urgent)
