"""The command line, one file a group; each command imports what it needs when it runs, so that all start fast."""

from importlib.metadata import version
from typing import Annotated

import typer

from bot.commands import audit, backup, chat, check, keys, match, patterns, run, staff, tips


def build() -> typer.Typer:
    """The whole command line."""
    commands = typer.Typer(
        name="fanzha",
        help="Fanzha (反诈): a public anti-fraud reporting service that speaks through chat.",
        no_args_is_help=True,
        add_completion=False,
        # Typer's own would print local variables: tellings, keys, receipts.
        pretty_exceptions_enable=False,
    )
    commands.callback()(_root)
    commands.command("run")(run.run)
    commands.command("role", hidden=True)(run.role)
    commands.command("health")(run.health)
    commands.command("chat")(chat.chat)
    commands.command("check")(check.check)
    commands.command("match")(match.match)
    commands.add_typer(patterns.build(), name="patterns")
    commands.add_typer(tips.build(), name="tips")
    commands.add_typer(staff.build(), name="staff")
    commands.add_typer(keys.build(), name="keys")
    commands.add_typer(audit.build(), name="audit")
    commands.command("backup")(backup.backup)
    commands.command("restore")(backup.restore)
    return commands


def _show(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"fanzha {version('fanzha')}")
        raise typer.Exit


def _root(
    show_version: Annotated[
        bool, typer.Option("--version", help="Say which release this is.", is_eager=True, callback=_show)
    ] = False,
) -> None:
    """What holds for every command."""
