"""The fingerprints of the keys at hand, by the names the database knows them by."""

from contextlib import suppress

from bot.settings import Settings
from storage import keyring
from storage.desk_key import DeskKey
from storage.errors import KeyMissing


def public_fingerprints(settings: Settings) -> dict[str, str]:
    """Told without opening a secret; a key that is not here is not in it. Raises KeyUnusable."""
    found = {}
    with suppress(KeyMissing):
        found["citizens"] = keyring.load_citizens(settings.keys).fingerprint
    with suppress(KeyMissing):
        found["staff"] = keyring.load_staff_public(settings.keys).fingerprint
    with suppress(KeyMissing):
        found["releases"] = keyring.load_releases(settings.keys).fingerprint
    with suppress(KeyMissing):
        found["desk"] = keyring.load_desk(settings.desk_key_directory).fingerprint
    return found


def proved_fingerprints(settings: Settings) -> dict[str, str]:
    """As above, but staff's and the desk's by what opens reports. Raises KeyUnusable, SettingsError."""
    found = public_fingerprints(settings)
    for name in ("staff", "releases", "desk"):
        found.pop(name, None)
    with suppress(KeyMissing):
        secret = keyring.load_staff_secret(settings.staff_key_directory, settings.passphrase())
        found["staff"], found["releases"] = secret.public.fingerprint, secret.releases.fingerprint
        found["desk"] = DeskKey.of(secret).fingerprint
    return found
