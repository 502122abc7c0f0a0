"""`fanzha backup` and `fanzha restore`: the database in a folder, with the keys it needs named, never put in."""

from pathlib import Path
from typing import Annotated

import typer


def backup(directory: Annotated[Path, typer.Argument(help="A folder that is not there yet.")]) -> None:
    """Copy the database, in use or not, and say which keys it needs."""
    from bot.app.parts import place_of, utc_now
    from bot.settings import read_settings
    from storage.backup import backup as copy
    from storage.erasures import LIST_FILE

    settings = read_settings()
    manifest = copy(place_of(settings), directory, now=utc_now())
    typer.echo(f"Copied to {directory}; audit head {manifest.audit_head}.")
    typer.echo("The keys are not in it, and without these keys it is worth nothing:")
    for name, fingerprint in manifest.keys.items():
        typer.echo(f"  {name}\t{fingerprint}")
    places = dict.fromkeys(str(place) for place in (settings.keys, settings.staff_key_directory))
    typer.echo(f"Back up {' and '.join(places)} too, but not beside {directory}.")
    typer.echo(f"Keep {settings.home / LIST_FILE} too: what is in it stays erased when the backup is restored.")


def restore(
    directory: Annotated[Path, typer.Argument(help="A folder that `fanzha backup` made.", exists=True)],
    accept_broken_audit: Annotated[bool, typer.Option(help="Restore though the audit log in it is broken.")] = False,
) -> None:
    """Put a backup in place, where no database is; keys that are missing or others are refused by fingerprint."""
    from bot.app.fingerprints import proved_fingerprints
    from bot.app.parts import place_of, utc_now
    from bot.settings import read_settings
    from storage import erasures
    from storage.backup import restore as put_back
    from storage.database import Database

    settings = read_settings()
    manifest = put_back(
        directory, place_of(settings), keys=proved_fingerprints(settings), accept_broken_audit=accept_broken_audit
    )
    listed = erasures.read(settings.home / erasures.LIST_FILE)
    with Database.open(place_of(settings)) as database:
        again = database.write_now(lambda t: erasures.erase_again(t, listed, now=utc_now()))
    if again:
        typer.echo(f"Erased again: {again} reports that were erased after the backup was made.")
    typer.echo(f"Restored the database as it was on {manifest.taken_at.isoformat(timespec='seconds')}.")
