"""`fanzha keys`: making, naming and wrapping the keys of an installation."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.settings import Settings


def build() -> typer.Typer:
    group = typer.Typer(help="The keys of this installation.", no_args_is_help=True)
    group.command("make")(make)
    group.command("show")(show)
    group.command("wrap")(wrap)
    group.command("desk")(desk)
    return group


def make() -> None:
    """Make the keys that are missing; a passphrase that is set wraps the staff's secret key."""
    import secrets

    from bot.app.keys import make_keys
    from bot.settings import read_settings

    made = make_keys(read_settings(), random=secrets.token_bytes)
    for path in made:
        typer.echo(f"made {path}")
    typer.echo("Back them up now, somewhere else." if made else "No key is missing: nothing was made.")


def show() -> None:
    """Print the fingerprints of the keys here and of those the database needs."""
    from bot.app.fingerprints import public_fingerprints
    from bot.app.parts import open_database
    from bot.settings import read_settings
    from storage import keyring

    settings = read_settings()
    here = public_fingerprints(settings)
    for name, fingerprint in here.items():
        typer.echo(f"{name}\t{fingerprint}")
    if settings.database_url is not None or settings.database_file.exists():
        with open_database(settings) as database:
            needed = database.read_now(keyring.bound)
        for name, fingerprint in needed.items():
            state = "is here" if here.get(name) == fingerprint else f"needs {fingerprint}"
            typer.echo(f"database: {name} key {state}")


def wrap() -> None:
    """Put the staff's secret key behind a new passphrase. The key, and with it every report, stays the same."""
    import secrets

    from bot.settings import read_settings, variable
    from storage import keyring

    settings = read_settings()
    old = _old_passphrase(settings)
    new: str = typer.prompt("New passphrase", hide_input=True, confirmation_prompt=True)
    keyring.rewrap_staff_secret(settings.staff_key_directory, old=old, new=new, random=secrets.token_bytes)
    typer.echo(f"Wrapped. From now on console and staff-jobs need {variable('staff_passphrase_file')}.")


def desk() -> None:
    """Give the desk its key, made of the staff's: with it the desk can act on tips, and open none."""
    from bot.settings import read_settings
    from storage import keyring

    settings = read_settings()
    key = keyring.load_staff_secret(settings.staff_key_directory, settings.passphrase())
    for path in keyring.give_desk(settings.desk_key_directory, key):
        typer.echo(f"made {path}")


def _old_passphrase(settings: "Settings") -> str | None:
    """As it was set, else asked for."""
    given = settings.passphrase()
    if given is not None:
        return given
    typed: str = typer.prompt(
        "Present passphrase (empty if there is none)", hide_input=True, default="", show_default=False
    )
    return typed or None
