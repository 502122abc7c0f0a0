"""The patterns by name, for a role that only names them: as shipped, then as the newest release has them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.services.newest import Newest
from bot.settings import Settings
from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.release import unpack_catalogue
from knowledge.shipped import fingerprint
from storage.database import Database
from storage.sealing import ReleasesKey


@contextmanager
def naming(database: Database, key: Callable[[], ReleasesKey], settings: Settings) -> Iterator[Newest[Catalogue]]:
    """`key` proves a release. Raises KnowledgeError."""
    newest = Newest(
        database,
        ground=fingerprint(),
        key=key,
        shipped=shipped_catalogue(),
        read=lambda _number, packed: unpack_catalogue(packed),
    )
    with newest.looking(settings.release_seconds):
        yield newest
