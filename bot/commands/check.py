"""`fanzha check`: is this a known scam? It warns, finds it similar, or does not know it; it never says "safe"."""

from typing import Annotated

import typer

LONGEST = 16_384
"""Characters, as for every message (MAX_TEXT, whose module takes long to import)."""


def check(
    text: Annotated[str, typer.Argument(help="What was sent or said; - reads it from standard input.")],
    language: Annotated[
        str | None, typer.Option(help="en, zh-Hans or zh-Hant, or a tag such as zh-HK; else that of the text.")
    ] = None,
) -> None:
    """Say what a message, a link or a number is like, and what to do. Nothing is kept or sent."""
    import sys

    from bot.commands.asking import language_named, tag_of_terminal

    if language is not None:
        language_named(language)
    # Four bytes are the most a character takes.
    told = sys.stdin.buffer.read(4 * LONGEST + 1).decode("utf-8-sig", errors="replace") if text == "-" else text
    if not told.strip():
        raise typer.BadParameter("there is no text to check", param_hint="TEXT")
    if len(told) > LONGEST:
        raise typer.BadParameter(f"it has more than {LONGEST} characters", param_hint="TEXT")
    from bot.app.checking import check_text
    from bot.app.parts import utc_now
    from bot.channels.terminal import spans

    for reply in check_text(told, hint=language or tag_of_terminal(), clock=utc_now):
        typer.echo("".join(span.text for span in spans(reply.text)) + "\n")
