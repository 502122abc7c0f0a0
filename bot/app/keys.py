"""Making the keys of a new installation, and saying in sentences what was made."""

import logging
import shutil
from pathlib import Path

from bot.app.faults import Fault
from bot.settings import Settings
from storage import keyring
from storage.chance import RandomBytes
from storage.keyring import CITIZENS_FILE, RELEASES_FILE, STAFF_PUBLIC_FILE, STAFF_SECRET_FILE
from storage.sealing import MODERATE, KeyCost, StaffSecretKey

_log = logging.getLogger(__name__)


def make_keys(settings: Settings, *, random: RandomBytes, cost: KeyCost = MODERATE) -> tuple[Path, ...]:
    """Make the keys that are missing; the files made. With a passphrase set, `staff.key` is wrapped by it.

    Where staff's key has a place of its own, all are made there and the three public-side ones copied from it, so
    that this place is also what to back up. Raises Fault, StorageError, SettingsError.
    """
    passphrase = settings.passphrase()
    if settings.staff_key_directory == settings.keys:
        return keyring.make_missing(settings.keys, random=random, passphrase=passphrase, cost=cost)
    copied = [settings.keys / name for name in (CITIZENS_FILE, STAFF_PUBLIC_FILE, RELEASES_FILE)]
    there = [path for path in (*copied, settings.staff_key_directory / STAFF_SECRET_FILE) if path.exists()]
    if there:
        raise Fault(f"There are keys already ({', '.join(map(str, there))}): nothing was made.")
    made = keyring.make_missing(settings.staff_key_directory, random=random, passphrase=passphrase, cost=cost)
    settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in copied:
        shutil.copy(settings.staff_key_directory / path.name, path)
    return (*made, *copied)


def has_no_keys(settings: Settings) -> bool:
    """Whether there is not a single key file."""
    public = (settings.keys / name for name in (CITIZENS_FILE, STAFF_PUBLIC_FILE))
    return not any(path.exists() for path in (*public, settings.staff_key_directory / STAFF_SECRET_FILE))


def share_releases_key(settings: Settings, key: StaffSecretKey) -> None:
    """Put what proves the staff's releases beside the public side's keys: an older installation has it not yet.

    Raises KeyUnusable for one that is another installation's.
    """
    try:
        settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        keyring.share_releases(settings.keys, key)
    except OSError as fault:
        place = settings.keys / RELEASES_FILE
        _log.warning("%s cannot be written (%s): the public side will take no release", place, fault.strerror)
