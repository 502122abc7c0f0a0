"""The citizens' role: the web chat, and beside it Telegram where a token is set."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.app.built import Built
from bot.app.intake import create_intake
from bot.app.knowing import knowing
from bot.app.parts import Public, open_public
from bot.app.retaining import retention
from bot.channels.webchat import create_webchat
from bot.services.intake import Intake
from bot.services.receiving import Receiver
from bot.settings import Settings
from bot.web.site import Site

if TYPE_CHECKING:
    from bot.app.telegram import CitizensBot


@contextmanager
def citizens(settings: Settings) -> Iterator[Built]:
    """Raises StorageError, KnowledgeError, Fault."""
    with open_public(settings) as parts, knowing(parts.database, settings) as known:
        intake = create_intake(parts, settings, known)
        receiver = Receiver(staff=parts.staff, clock=parts.clock)
        bot = _bot(settings, parts, intake, receiver)
        face = create_webchat(
            intake=intake,
            site=Site(hosts=settings.citizens_hosts, trusted_proxies=settings.trusted_proxies),
            retention=retention(settings),
            random=parts.random,
            beside=() if bot is None else bot.channel.routes,
            lifespan=None if bot is None else bot.run,
        )
        yield Built(face)


def _bot(settings: Settings, parts: Public, intake: Intake, receiver: Receiver) -> "CitizensBot | None":
    if settings.citizens_token is None:
        return None
    # Only here: who has no bot does not pay for its library.
    from bot.app.telegram import CitizensBot  # noqa: PLC0415 - as said above

    return CitizensBot(settings.citizens_token.get_secret_value(), settings, parts, intake, receiver)
