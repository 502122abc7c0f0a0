"""`fanzha audit`: checking the chain of who did what."""

from typing import Annotated

import typer


def build() -> typer.Typer:
    group = typer.Typer(help="The record of who did what.", no_args_is_help=True)
    # Without it a group of one command would be that command.
    group.callback()(_group)
    group.command("verify")(verify)
    return group


def _group() -> None:
    """The record of who did what."""


def verify(
    head: Annotated[str | None, typer.Option(help="A head printed earlier and kept elsewhere.")] = None,
) -> None:
    """Walk the whole chain and print its head, to be kept elsewhere; exit code 1 where it is broken."""
    from bot.app.parts import open_database
    from bot.settings import read_settings
    from storage import audit

    try:
        known = None if head is None else audit.Head.parse(head)
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="--head") from fault
    with open_database(read_settings()) as database:
        found, waiting = database.read_now(lambda t: (audit.verify(t, known=known), audit.unchained_count(t)))
    typer.echo(f"The audit log holds: {found.count} entries chained, {waiting} not yet.", err=True)
    typer.echo(str(found))
