"""`fanzha staff`: inviting and resetting staff from the machine itself, whose keys are all the right that takes."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.database import Transaction
    from storage.sealing import StaffSecretKey


def build() -> typer.Typer:
    group = typer.Typer(help="Who may sign in to the console.", no_args_is_help=True)
    group.command("invite")(invite)
    group.command("reset")(reset)
    group.command("list")(list_)
    return group


def invite(
    name: Annotated[str, typer.Argument(help="1 to 40 letters, digits, dots, dashes or underscores.")],
    role: Annotated[str, typer.Option(help="reviewer, supervisor, editor, auditor or administrator.")] = "reviewer",
) -> None:
    """Make an account and print its one-time sign-in link, good for 15 minutes."""
    import secrets

    from bot.services import staffing
    from storage.accounts import Role

    if role not in set(Role):
        raise typer.BadParameter(f"it is one of {', '.join(Role)}", param_hint="--role")
    given = Role(role)
    _print_link(
        lambda t, key, now: staffing.invite(t, key, staffing.COMMAND, name, given, now=now, random=secrets.token_bytes)
    )


def reset(name: Annotated[str, typer.Argument(help="The account.")]) -> None:
    """Forget passphrase and authenticator, sign them out everywhere, and print a new one-time link."""
    import secrets

    from bot.services import staffing

    _print_link(lambda t, key, now: staffing.reset(t, key, staffing.COMMAND, name, now=now, random=secrets.token_bytes))


def list_() -> None:
    """List the accounts."""
    from bot.app.parts import open_database
    from bot.settings import read_settings
    from storage import accounts

    with open_database(read_settings()) as database:
        for account in database.read_now(accounts.list_all):
            state = "disabled" if account.disabled_at else "ready" if account.is_ready else "invited"
            typer.echo(f"{account.name}\t{account.role}\t{state}")


def _print_link(unit: "Callable[[Transaction, StaffSecretKey, datetime], str]") -> None:
    from bot.app.faults import Fault
    from bot.app.parts import open_staff
    from bot.services.signin_errors import NameTaken, NameUnusable
    from bot.settings import read_settings

    settings = read_settings()
    with open_staff(settings) as parts:
        try:
            path = parts.database.write_now(lambda t: unit(t, parts.key, parts.clock()))
        except NameTaken as fault:
            raise Fault(
                "There is an account of that name already; to give it a new link: fanzha staff reset"
            ) from fault
        except NameUnusable as fault:
            raise Fault("A name has 1 to 40 ASCII letters, digits, dots, dashes or underscores.") from fault
    typer.echo(settings.console_address.rstrip("/") + path)
