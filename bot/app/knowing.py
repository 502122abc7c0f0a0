"""What a role knows: what the package ships, then the newest release its staff published, for as long as it runs."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version

from bot.services.books import shipped_book
from bot.services.knowing import Known
from bot.services.newest import SHIPPED, Newest
from bot.settings import Settings
from knowledge.release import Release, try_out, unpack
from knowledge.shipped import shipped_release
from storage import keyring
from storage.database import Database


@contextmanager
def knowing(database: Database, settings: Settings) -> Iterator[Newest[Known]]:
    """All of it, for conversations. Reads every file of the knowledge: some seconds. Raises KnowledgeError."""
    shipped = shipped_release()
    book = shipped_book(shipped.catalogue)

    def known(number: int, release: Release) -> Known:
        return Known(replace(book, catalogue=release.catalogue), release.matcher, _versions(number, release))

    def read(number: int, packed: bytes) -> Known:
        release = unpack(packed)
        try_out(release)
        return known(number, release)

    newest = Newest(
        database,
        ground=shipped.name,
        key=lambda: keyring.load_releases(settings.keys),
        shipped=known(SHIPPED, shipped),
        read=read,
    )
    # What it was measured by is for who learns: megabytes that nobody here asks for again.
    del shipped
    with newest.looking(settings.release_seconds):
        yield newest


def _versions(number: int, release: Release) -> dict[str, str]:
    """What a tip was read with: the program, the release, and a digest of which patterns in which versions."""
    patterns = ",".join(f"{pattern.id}:{pattern.version}" for pattern in release.catalogue)
    return {
        "program": version("fanzha"),
        "release": f"{number}:{release.name[:12]}",
        "patterns": hashlib.sha256(patterns.encode()).hexdigest()[:12],
    }
