"""What is done once before the roles start: the database brought up to date, keys where all is new, a first link."""

import asyncio
import secrets
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass

from bot.app.keys import has_no_keys, make_keys
from bot.app.parts import utc_now
from bot.app.roles import Role
from bot.services.staffing import first_supervisor_link, has_supervisor
from bot.settings import Settings
from storage import keyring
from storage.database import Database
from storage.errors import KeyMissing, KeyUnusable


@dataclass(frozen=True, slots=True)
class Prepared:
    """`notices` are lines for the person who starts the service; `first_link` is the first supervisor's way in."""

    notices: tuple[str, ...]
    first_link: str | None


def prepare(settings: Settings, roles: Collection[Role], *, may_make_keys: bool) -> Prepared:
    """Raises StorageError, SettingsError, Fault. Keys are never made for a database that has met others."""
    notices: tuple[str, ...] = ()
    with Database.open(settings.database) as database:
        if may_make_keys and has_no_keys(settings) and not database.read_now(keyring.bound):
            make_keys(settings, random=secrets.token_bytes)
            notices = _about_new_keys(settings)
        link = None
        if Role.CONSOLE in roles and not database.read_now(has_supervisor):
            # Without its key the console itself says what is wrong with it.
            with suppress(KeyMissing, KeyUnusable):
                key = keyring.load_staff_secret(settings.staff_key_directory, settings.passphrase())
                link = asyncio.run(
                    first_supervisor_link(database, key, settings.console_address, utc_now, secrets.token_bytes)
                )
    return Prepared(notices, link)


def _about_new_keys(settings: Settings) -> tuple[str, ...]:
    place = settings.staff_key_directory / keyring.STAFF_SECRET_FILE
    lost = f"Keys were made. Back up {place} now, somewhere else: without it no report can ever be read again."
    if settings.passphrase() is None:
        return lost, "It lies open, for this account alone (mode 0600). To put it behind a passphrase: fanzha keys wrap"
    return (lost,)
