"""What is done once before the roles start: the database is brought up to date, and keys are made where all is new."""

import secrets
import subprocess
import sys

from bot.app.faults import Fault
from bot.app.keys import has_no_keys, make_keys
from bot.app.parts import open_database
from bot.settings import Settings
from storage import keyring


def prepare(settings: Settings, *, may_make_keys: bool) -> tuple[str, ...]:
    """Lines for the person who starts this. Keys are never made for a database that has met others.

    Raises StorageError, SettingsError, Fault.
    """
    with open_database(settings) as database:
        if not may_make_keys or not has_no_keys(settings) or database.read_now(keyring.bound):
            return ()
        make_keys(settings, random=secrets.token_bytes)
    place = settings.staff_key_directory / keyring.STAFF_SECRET_FILE
    lost = f"Keys were made. Back up {place} now, somewhere else: without it no report can ever be read again."
    if settings.passphrase() is None:
        return lost, "It lies open, for this account alone (mode 0600). To put it behind a passphrase: fanzha keys wrap"
    return (lost,)


def give_desk_its_key(settings: Settings) -> None:
    """Where it has none: by a process that ends with it, for the key it is made of opens every report.

    Raises Fault, once that process has said why it could not.
    """
    if (settings.desk_key_directory / keyring.DESK_FILE).exists():
        return
    done = subprocess.run((sys.executable, "-P", "-m", "bot", "keys", "desk"), stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Fault("The desk was not given its key; the line above says why.")
