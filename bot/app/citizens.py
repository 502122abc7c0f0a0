"""The citizens' role: the web chat."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.app.built import Built
from bot.app.intake import create_intake
from bot.app.knowing import knowing
from bot.app.parts import open_public
from bot.app.retaining import retention
from bot.channels.webchat import create_webchat
from bot.settings import Settings
from bot.web.site import Site


@contextmanager
def citizens(settings: Settings) -> Iterator[Built]:
    """Raises StorageError, KnowledgeError."""
    with open_public(settings) as parts, knowing(parts.database, settings) as known:
        face = create_webchat(
            intake=create_intake(parts, settings, known),
            site=Site(hosts=settings.citizens_hosts, trusted_proxies=settings.trusted_proxies),
            retention=retention(settings),
            random=parts.random,
        )
        yield Built(face)
