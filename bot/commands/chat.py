"""`fanzha chat`: the conversation on this terminal, or line by line from a pipe."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.conversation.events import Reply
    from bot.services.exchange import Screen

_CLEAR = "\x1b[H\x1b[2J\x1b[3J"
"""Empties the screen and, where the terminal allows it, what was scrolled away."""


def chat(
    language: Annotated[
        str | None, typer.Option(help="en, zh-Hans or zh-Hant, or a tag such as zh-HK; else as this terminal is set.")
    ] = None,
    conversation: Annotated[
        str | None, typer.Option(help="A name to come back to this conversation by; without it, it is a new one.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Write the transcript to this file, which is not there yet.")
    ] = None,
) -> None:
    """Tell what happened, here. Each line is a message; a number, letter or label presses a button."""
    import sys

    from bot.app.talking import Talk
    from bot.commands.asking import tag_of_terminal
    from bot.settings import read_settings

    is_person = sys.stdin.isatty() and sys.stdout.isatty()
    hint = tag_of_terminal() if language is None else _checked(language)
    show = _show_to_person if sys.stdout.isatty() else _show_plain
    with Talk.begin(
        read_settings(),
        conversation=conversation,
        hint=hint,
        record=record,
        notify=lambda line: typer.echo(line, err=True),
    ) as talk:
        _show(talk.screen(), show)
        talk.seen()
        for line in _typed() if is_person else _piped():
            if not line.strip():
                continue
            delivered = talk.hear(line)
            if delivered.cleared and is_person:
                typer.echo(_CLEAR, nl=False)
            _show(delivered.screen, show)
            talk.seen()


def _checked(tag: str) -> str:
    from bot.commands.asking import language_named

    language_named(tag)
    return tag


def _typed() -> "Iterator[str]":
    """From a person, with the terminal's own editing; the end of input or Ctrl-C is a way to leave like any other."""
    import readline  # noqa: F401 - its import gives input() arrow keys and long lines

    while True:
        try:
            yield input("> ")
        except (EOFError, KeyboardInterrupt):
            typer.echo()
            return


def _piped() -> "Iterator[str]":
    import sys

    from bot.channels.terminal import read_lines

    return read_lines(sys.stdin.buffer)


def _show(screen: "Screen", show: "Callable[[Reply], None]") -> None:
    from bot.channels.terminal import always, choices

    for reply in (*screen.once, *screen.replies):
        show(reply)
    buttons = [button for reply in screen.replies for button in reply.buttons]
    for line in (choices(buttons), always(screen.standing)):
        if line:
            typer.echo(line)
    typer.echo()


def _show_plain(reply: "Reply") -> None:
    from bot.channels.terminal import spans

    typer.echo("".join(span.text for span in spans(reply.text)) + "\n")


def _show_to_person(reply: "Reply") -> None:
    import shutil

    from bot.channels.folding import fold
    from bot.channels.terminal import spans

    # A card of what cannot wait has a bar before every line.
    bar = typer.style("\u258c ", fg="red", bold=True) if reply.urgent else ""
    width = min(shutil.get_terminal_size().columns, 100) - 3
    for line in fold(spans(reply.text), width):
        typer.echo(bar + "".join(typer.style(span.text, bold=True) if span.is_bold else span.text for span in line))
    typer.echo()
