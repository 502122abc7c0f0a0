"""The parts that roles are built from: the database held to the right keys, the clock, randomness."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.app.keys import share_releases_key
from bot.settings import Settings
from storage import keyring
from storage.chance import RandomBytes
from storage.database import Database
from storage.desk_key import DeskKey
from storage.place import Place, Server
from storage.sealing import CitizensKeys, ReleasesKey, StaffPublicKey, StaffSecretKey

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def place_of(settings: Settings) -> Place:
    """Where this installation's database is."""
    url = settings.database_url
    return settings.database_file if url is None else Server(url.get_secret_value())


@dataclass(frozen=True, slots=True)
class Public:
    """What the citizens' side may hold."""

    database: Database
    citizens: CitizensKeys
    staff: StaffPublicKey
    clock: Clock = utc_now
    random: RandomBytes = secrets.token_bytes


@dataclass(frozen=True, slots=True)
class Staff:
    """What the staff's side holds."""

    database: Database
    key: StaffSecretKey
    clock: Clock = utc_now
    random: RandomBytes = secrets.token_bytes


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk holds: enough to act, too little to open a report."""

    database: Database
    key: DeskKey
    staff: StaffPublicKey
    releases: ReleasesKey
    clock: Clock = utc_now
    random: RandomBytes = secrets.token_bytes


@contextmanager
def open_public(settings: Settings) -> Iterator[Public]:
    """Raises StorageError: a key missing, damaged or of another database; the database unusable."""
    citizens = keyring.load_citizens(settings.keys)
    staff = keyring.load_staff_public(settings.keys)
    with Database.open(place_of(settings)) as database:
        prints = {"citizens": citizens.fingerprint, "staff": staff.fingerprint}
        database.write_now(lambda t: keyring.bind(t, prints))
        yield Public(database, citizens, staff)


@contextmanager
def open_staff(settings: Settings) -> Iterator[Staff]:
    """Raises StorageError, as `open_public`; SettingsError for a passphrase's file that cannot be read."""
    key = keyring.load_staff_secret(settings.staff_key_directory, settings.passphrase())
    with Database.open(place_of(settings)) as database:
        prints = {"staff": key.public.fingerprint, "releases": key.releases.fingerprint}
        database.write_now(lambda t: keyring.bind(t, prints))
        share_releases_key(settings, key)
        yield Staff(database, key)


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """Raises StorageError, as `open_public`."""
    key = keyring.load_desk(settings.desk_key_directory)
    staff, releases = keyring.load_staff_public(settings.keys), keyring.load_releases(settings.keys)
    with Database.open(place_of(settings)) as database:
        prints = {"desk": key.fingerprint, "staff": staff.fingerprint, "releases": releases.fingerprint}
        database.write_now(lambda t: keyring.bind(t, prints))
        yield Desk(database, key, staff, releases)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """For what needs no key: expiry, the audit log, names of staff."""
    with Database.open(place_of(settings)) as database:
        yield database
