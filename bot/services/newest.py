"""What a process knows: the newest release it could prove and read, put in place of the one before in one stroke."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from storage import releases
from storage.database import Database
from storage.errors import KeyMissing, KeyUnusable, ReleaseUnproved, StorageError
from storage.sealing import ReleasesKey

_log = logging.getLogger(__name__)

SHIPPED = 0
"""The number of what the package itself holds, which serves until there is a release."""

T = TypeVar("T")


class Newest(Generic[T]):
    """`T` is what this process makes of a release: all of it, or no more than the patterns' names."""

    def __init__(
        self,
        database: Database,
        *,
        ground: str,
        key: Callable[[], ReleasesKey],
        shipped: T,
        read: Callable[[int, bytes], T],
    ) -> None:
        """`ground`: the shipped knowledge's fingerprint, for a release over another is of another version's making.

        `key` is asked for each time: an older installation gets it only once its console has started. `read` may
        raise ReleaseError; it is called aside, while the release before goes on serving.
        """
        self._database = database
        self._ground = ground
        self._key = key
        self._read = read
        # Number and knowledge in one value: whoever looks sees both of the same release.
        self._now: tuple[int, T] = (SHIPPED, shipped)
        self._refused: set[int] = set()
        self._has_warned = False

    def __call__(self) -> T:
        """What serves now."""
        return self._now[1]

    @property
    def number(self) -> int:
        return self._now[0]

    def look(self) -> bool:
        """Whether a newer release was taken. Blocks while it reads one; raises nothing."""
        try:
            newer = self._database.read_now(lambda t: releases.newer_numbers(t, self.number, ground=self._ground))
            return any(self._take(number) for number in newer if number not in self._refused)
        except (KeyMissing, KeyUnusable) as fault:
            if not self._has_warned:
                _log.warning("No release can be proved; what was installed serves. %s", fault)
            self._has_warned = True
        except StorageError as fault:
            _log.warning("releases could not be looked for: %s", type(fault).__name__)
        return False

    @contextmanager
    def looking(self, seconds: float) -> Iterator[None]:
        """Look now, and again every so many seconds, in a thread that ends with this."""
        ended = threading.Event()

        def look_again() -> None:
            while not ended.wait(seconds):
                self.look()

        self.look()
        thread = threading.Thread(target=look_again, name="releases", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _take(self, number: int) -> bool:
        key = self._key()
        try:
            _, packed = self._database.read_now(lambda t: releases.content(t, key, number))
            known = self._read(number, packed)
        except StorageError as fault:
            if not isinstance(fault, ReleaseUnproved):
                raise
            return self._refuse(number, fault)
        except Exception as fault:  # noqa: BLE001 - whatever a damaged one does, the one before goes on serving
            return self._refuse(number, fault)
        self._now = (number, known)
        _log.info("release %d serves from now on", number)
        return True

    def _refuse(self, number: int, fault: Exception) -> bool:
        self._refused.add(number)
        _log.error("release %d is not taken (%s); %d goes on serving", number, type(fault).__name__, self.number)
        return False
