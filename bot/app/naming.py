"""The patterns by name, for a role that only names them: as shipped, then as the newest release has them."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.services.newest import Newest
from bot.settings import Settings
from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.release import unpack_catalogue
from knowledge.shipped import fingerprint
from storage import keyring
from storage.database import Database


@contextmanager
def naming(database: Database, settings: Settings) -> Iterator[Newest[Catalogue]]:
    """Raises KnowledgeError."""
    newest = Newest(
        database,
        ground=fingerprint(),
        key=lambda: keyring.load_releases(settings.keys),
        shipped=shipped_catalogue(),
        read=lambda _number, packed: unpack_catalogue(packed),
    )
    with newest.looking(settings.release_seconds):
        yield newest
