"""The fingerprints of the keys at hand, by the names the database knows them by."""

from contextlib import suppress

from bot.settings import Settings
from storage import keyring
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
    return found


def proved_fingerprints(settings: Settings) -> dict[str, str]:
    """As above, but staff's two by the secret half, which is what opens reports. Raises KeyUnusable, SettingsError."""
    found = public_fingerprints(settings)
    for name in ("staff", "releases"):
        found.pop(name, None)
    with suppress(KeyMissing):
        secret = keyring.load_staff_secret(settings.staff_key_directory, settings.passphrase())
        found["staff"], found["releases"] = secret.public.fingerprint, secret.releases.fingerprint
    return found
