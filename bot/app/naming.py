"""The patterns by name, for a role that only names them: as shipped, then as the newest release has them."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.app.parts import Staff
from bot.services.newest import Newest
from bot.settings import Settings
from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.release import unpack_catalogue
from knowledge.shipped import fingerprint


@contextmanager
def naming(parts: Staff, settings: Settings) -> Iterator[Newest[Catalogue]]:
    """For staff, whose own key proves a release. Raises KnowledgeError."""
    newest = Newest(
        parts.database,
        ground=fingerprint(),
        key=lambda: parts.key.releases,
        shipped=shipped_catalogue(),
        read=lambda _number, packed: unpack_catalogue(packed),
    )
    with newest.looking(settings.release_seconds):
        yield newest
