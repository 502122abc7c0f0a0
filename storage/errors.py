# ruff: noqa: N818 - these are words of the house (a Conflict, a LockedOut), said in sentences; "Error" adds nothing
"""What can go wrong in storage: the class says what, the attributes say with what."""

from datetime import datetime


class StorageError(Exception):
    """The root of every error of this package."""


class StorageFull(StorageError):
    """The disk (or the page limit) is full; nothing of the unit was kept."""

    def __init__(self) -> None:
        super().__init__("The database cannot grow: its disk is full. Nothing was kept; make room and try again.")


class StorageBusy(StorageError):
    """Another process held the database's write lock longer than the busy timeout."""

    def __init__(self) -> None:
        super().__init__("The database was held by another process for too long. Nothing of this was kept; try again.")


class StorageUnavailable(StorageError):
    """The database file cannot be read or written."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"The database cannot be used: {why}.")


class CommitUnknown(StorageUnavailable):
    """The connection was lost during the commit: the unit was kept, or it was not."""

    def __init__(self) -> None:
        super().__init__("the connection was lost during a commit, and whether that was kept is not known")


class StorageClosed(StorageError):
    """A unit was given to a database that is closed or closing."""

    def __init__(self) -> None:
        super().__init__("The database is closed.")


class DatabaseTooNew(StorageError):
    """The database was written by a later release."""

    def __init__(self, found: str, known: str) -> None:
        self.found = found
        self.known = known
        super().__init__(
            f"The database is of a newer release (schema {found}) than this program (schema {known}). "
            "Install the newer release, or restore a backup made by this one."
        )


class NotFound(StorageError):
    """There is no such row."""

    def __init__(self, what: str, key: str) -> None:
        self.what = what
        self.key = key
        super().__init__(f"There is no {what} {key}.")


class Conflict(StorageError):
    """The row was changed by somebody else since it was read."""

    def __init__(self, what: str, expected: int, found: int) -> None:
        self.what = what
        self.expected = expected
        self.found = found
        super().__init__(f"The {what} has changed: version {expected} was expected, {found} found.")


class AlreadyExists(StorageError):
    """The name, code or file is taken."""

    def __init__(self, what: str, key: str) -> None:
        self.what = what
        self.key = key
        super().__init__(f"The {what} {key} exists already.")


class AlreadyClaimed(StorageError):
    """Another reviewer holds the tip."""

    def __init__(self, tip: str, by: str, until: datetime | None) -> None:
        self.tip = tip
        self.by = by
        self.until = until
        super().__init__(f"Tip {tip} is held by {by}.")


class NotHeld(StorageError):
    """The act needs the tip to be claimed by the one who acts, and it is not."""

    def __init__(self, tip: str, by: str, holder: str | None) -> None:
        self.tip = tip
        self.by = by
        self.holder = holder
        super().__init__(f"Tip {tip} is not held by {by}.")


class WrongState(StorageError):
    """The tip is in a state in which the act is not possible."""

    def __init__(self, tip: str, state: str, act: str) -> None:
        self.tip = tip
        self.state = state
        self.act = act
        super().__init__(f"Tip {tip} is {state}: {act} is not possible.")


class Circular(StorageError):
    """A tip would be merged into itself; `into`: by way of this one, which was merged into it before."""

    def __init__(self, tip: str, into: str | None = None) -> None:
        self.tip = tip
        self.into = into
        way = f", and tip {into} is one of it already" if into else ""
        super().__init__(f"Tip {tip} cannot be a duplicate of itself{way}.")


class Expired(StorageError):
    """The link, code or web session is over, used up or revoked."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"The {what} is no longer valid.")


class LockedOut(StorageError):
    """Too many failed sign-ins; `until` says when the next try is allowed."""

    def __init__(self, account: str, until: datetime) -> None:
        self.account = account
        self.until = until
        super().__init__(f"Sign-in for {account} is closed until {until.isoformat()}.")


class LeaseLost(StorageError):
    """The lease ran out and the row was taken by another worker, or was finished."""

    def __init__(self, what: str, key: str) -> None:
        self.what = what
        self.key = key
        super().__init__(f"The lease on {what} {key} is lost.")


class Undecipherable(StorageError):
    """The bytes were not made with this key for this purpose, or were changed."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"The {what} cannot be opened with this key.")


class KeyMissing(StorageError):
    """A key file is not where it was sought."""

    def __init__(self, what: str, path: str, remedy: str) -> None:
        self.what = what
        self.path = path
        self.remedy = remedy
        super().__init__(f"The {what} is missing: it was sought at {path}. {remedy}")


class KeyUnusable(StorageError):
    """A key file is damaged, open to others, or its passphrase is wrong."""

    def __init__(self, what: str, path: str, why: str) -> None:
        self.what = what
        self.path = path
        self.why = why
        super().__init__(f"The {what} at {path} cannot be used: {why}")


class KeyMismatch(StorageError):
    """The key is not the one this database was written with."""

    def __init__(self, what: str, expected: str, found: str) -> None:
        self.what = what
        self.expected = expected
        self.found = found
        super().__init__(
            f"The {what} does not belong to this database: the database needs {expected}, the key given is {found}. "
            "Bring the key that was in use when it was written."
        )


class AuditBroken(StorageError):
    """The audit chain does not hold; `position` is the first bad link."""

    def __init__(self, position: int, why: str) -> None:
        self.position = position
        self.why = why
        super().__init__(f"The audit log is broken at entry {position}: {why}.")


class BackupUnusable(StorageError):
    """The backup is incomplete, damaged or not a backup."""

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        self.why = why
        super().__init__(f"The backup at {path} cannot be used: {why}.")


class ReleaseUnproved(StorageError):
    """The release is not as the staff's key signed it, or parts of it are missing."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"Release {number} is not as it was signed; the one before it goes on serving.")


class ProgramMissing(StorageError):
    """A program of the database's makers is needed, and is not on this machine."""

    def __init__(self, name: str, remedy: str) -> None:
        self.name = name
        super().__init__(f"{name} is needed and is not on this machine. Install it with: {remedy}")
