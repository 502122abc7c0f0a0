"""The key files: making what is missing, and loading what a process is allowed to hold."""

import base64
import binascii
import os
import struct
from collections.abc import Mapping
from pathlib import Path

from storage import tables
from storage.chance import RandomBytes
from storage.database import Transaction
from storage.desk_key import DeskKey
from storage.errors import KeyMismatch, KeyMissing, KeyUnusable, Undecipherable
from storage.sealing import (
    KEY_BYTES,
    MODERATE,
    SALT_BYTES,
    CitizensKeys,
    KeyCost,
    ReleasesKey,
    StaffPublicKey,
    StaffSecretKey,
    are_equal,
    unwrap_key,
    wrap_key,
)

CITIZENS_FILE = "citizens.key"
STAFF_PUBLIC_FILE = "staff.pub"
RELEASES_FILE = "releases.pub"
DESK_FILE = "desk.key"
STAFF_SECRET_FILE = "staff.key"  # noqa: S105 - a file's name

_CITIZENS = "fanzha-citizens-key-1"
_STAFF_PUBLIC = "fanzha-staff-public-key-1"
_RELEASES = "fanzha-releases-key-1"
_DESK = "fanzha-desk-key-1"
_STAFF_SECRET = "fanzha-staff-secret-key-1"  # noqa: S105 - a file's first word
_STAFF_WRAPPED = "fanzha-staff-wrapped-key-1"
_COST = struct.Struct(">IQ")

_BRING_BACK = "Bring it back from your backup of the keys; for a new installation, make keys with: fanzha keys make"


def make_missing(
    directory: Path, *, random: RandomBytes, passphrase: str | None = None, cost: KeyCost = MODERATE
) -> tuple[Path, ...]:
    """Make what a new installation needs and return the files made. Two processes may do so at once.

    The staff's pair is made only when neither half is there: a machine that holds the public half alone is meant to.
    With a passphrase the secret half is wrapped by it; without one it lies open, and whoever makes it so should warn.
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    citizens = directory / CITIZENS_FILE
    if not citizens.exists() and _write_new(citizens, _CITIZENS, random(KEY_BYTES)):
        made.append(citizens)
    public, secret = directory / STAFF_PUBLIC_FILE, directory / STAFF_SECRET_FILE
    if not public.exists() and not secret.exists():
        key = StaffSecretKey(random(KEY_BYTES))
        if passphrase is None:
            is_ours = _write_new(secret, _STAFF_SECRET, key.raw)
        else:
            is_ours = _write_new(secret, _STAFF_WRAPPED, _wrapped(key.raw, passphrase, random(SALT_BYTES), cost))
        made += [secret] if is_ours else []
    if not public.exists() and secret.exists():
        key = load_staff_secret(directory, passphrase)
        made += [public] if _write_new(public, _STAFF_PUBLIC, key.public.raw, mode=0o644) else []
        # An installation older than this file gets it from its console, which opens the secret key anyway.
        made += share_releases(directory, key)
    return tuple(made)


def share_releases(directory: Path, key: StaffSecretKey) -> tuple[Path, ...]:
    """Put what proves the staff's releases where the public side finds it; the file made, if it was not there.

    Raises KeyUnusable for a file that proves another key's; OSError where it cannot be written.
    """
    path = directory / RELEASES_FILE
    if _write_new(path, _RELEASES, key.releases.raw, mode=0o644):
        return (path,)
    if load_releases(directory) != key.releases:
        raise KeyUnusable(
            "releases' key", str(path), "it is not of this staff's secret key. Delete it, and start again."
        )
    return ()


def give_desk(directory: Path, key: StaffSecretKey) -> tuple[Path, ...]:
    """Put the desk's key where the desk finds it; the file made, if it was not there. It needs no backup: it is made of
    the staff's. Raises KeyUnusable for a file that is another key's; OSError where it cannot be written."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = directory / DESK_FILE
    if _write_new(path, _DESK, DeskKey.of(key).raw):
        return (path,)
    if not are_equal(load_desk(directory).raw, DeskKey.of(key).raw):
        raise KeyUnusable("desk's key", str(path), "it is not of this staff's secret key. Delete it, and start again.")
    return ()


def load_citizens(directory: Path) -> CitizensKeys:
    """Raises KeyMissing, KeyUnusable."""
    _, raw = _read(directory / CITIZENS_FILE, "citizens' key", {_CITIZENS: KEY_BYTES})
    return CitizensKeys(raw)


def load_staff_public(directory: Path) -> StaffPublicKey:
    """Raises KeyMissing, KeyUnusable."""
    _, raw = _read(directory / STAFF_PUBLIC_FILE, "staff's public key", {_STAFF_PUBLIC: KEY_BYTES}, is_secret=False)
    return StaffPublicKey(raw)


def load_desk(directory: Path) -> DeskKey:
    """Raises KeyMissing, KeyUnusable."""
    _, raw = _read(directory / DESK_FILE, "desk's key", {_DESK: KEY_BYTES}, make="fanzha keys desk")
    return DeskKey(raw)


def load_releases(directory: Path) -> ReleasesKey:
    """Raises KeyMissing, KeyUnusable."""
    _, raw = _read(directory / RELEASES_FILE, "releases' key", {_RELEASES: KEY_BYTES}, is_secret=False)
    return ReleasesKey(raw)


def load_staff_secret(directory: Path, passphrase: str | None) -> StaffSecretKey:
    """Raises KeyMissing, KeyUnusable (damaged, open to others, passphrase missing or wrong)."""
    path, what = directory / STAFF_SECRET_FILE, "staff's secret key"
    header, raw = _read(path, what, {_STAFF_SECRET: KEY_BYTES, _STAFF_WRAPPED: None})
    if header == _STAFF_SECRET:
        return StaffSecretKey(raw)
    if passphrase is None:
        raise KeyUnusable(what, str(path), "it is wrapped by a passphrase, and none was given.")
    try:
        passes, memory = _COST.unpack(raw[: _COST.size])
        salt, wrapped = raw[_COST.size : _COST.size + SALT_BYTES], raw[_COST.size + SALT_BYTES :]
        return StaffSecretKey(unwrap_key(wrapped, passphrase, salt=salt, cost=KeyCost(passes, memory)))
    except Undecipherable as fault:
        raise KeyUnusable(what, str(path), "the passphrase is wrong.") from fault
    except (struct.error, ValueError) as fault:
        raise KeyUnusable(what, str(path), f"it is damaged. {_BRING_BACK}") from fault


def rewrap_staff_secret(
    directory: Path, *, old: str | None, new: str, random: RandomBytes, cost: KeyCost = MODERATE
) -> None:
    """Put the secret key behind another passphrase; the key itself stays. Raises KeyMissing, KeyUnusable."""
    key = load_staff_secret(directory, old)
    path = directory / STAFF_SECRET_FILE
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    _write_new(fresh, _STAFF_WRAPPED, _wrapped(key.raw, new, random(SALT_BYTES), cost))
    fresh.replace(path)


def bind(t: Transaction, fingerprints: Mapping[str, str]) -> None:
    """Hold the keys to the database: the first ones it meets are noted, later ones must be the same.

    `fingerprints` maps "citizens", "staff", "releases", "desk" (any of them) to what the keys say. Raises KeyMismatch.
    """
    for name, found in fingerprints.items():
        row = t.session.get(tables.Meta, _meta_name(name))
        if row is None:
            t.session.add(tables.Meta(name=_meta_name(name), value=found))
        elif not are_equal(row.value.encode(), found.encode()):
            raise KeyMismatch(f"{name} key", row.value, found)


def bound(t: Transaction) -> dict[str, str]:
    """The fingerprints of the keys this database needs, by name."""
    names = {name: t.session.get(tables.Meta, _meta_name(name)) for name in ("citizens", "staff", "releases", "desk")}
    return {name: row.value for name, row in names.items() if row is not None}


def _meta_name(name: str) -> str:
    return f"key:{name}"


def _wrapped(raw: bytes, passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    return _COST.pack(cost.passes, cost.memory) + salt + wrap_key(raw, passphrase, salt=salt, cost=cost)


def _write_new(path: Path, header: str, raw: bytes, *, mode: int = 0o600) -> bool:
    """Whether the file is ours; complete from the moment it has its name, and never written over."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{header}:{base64.b64encode(raw).decode()}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def _read(
    path: Path, what: str, headers: Mapping[str, int | None], *, is_secret: bool = True, make: str = ""
) -> tuple[str, bytes]:
    """The file's header and bytes; `headers` says which it may have, and how many bytes follow; `make`, what makes it
    anew."""
    remedy = f"Make it with: {make}" if make else _BRING_BACK
    try:
        text = path.read_text(encoding="ascii")
        mode = path.stat().st_mode
    except FileNotFoundError as fault:
        raise KeyMissing(what, str(path), remedy) from fault
    except (OSError, ValueError) as fault:
        raise KeyUnusable(what, str(path), f"it cannot be read ({type(fault).__name__}). {remedy}") from fault
    if is_secret and mode & 0o007:
        raise KeyUnusable(what, str(path), f"everybody on this machine can read it. Say: chmod 600 {path}")
    header, _, encoded = text.strip().partition(":")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error as fault:
        raise KeyUnusable(what, str(path), f"it is damaged. {remedy}") from fault
    if header not in headers or headers[header] not in (None, len(raw)):
        raise KeyUnusable(what, str(path), f"it is damaged, or another kind of file. {remedy}")
    return header, raw
