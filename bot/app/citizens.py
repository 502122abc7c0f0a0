"""The citizens' role: the web chat, and beside it Telegram where a token is set."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.app.built import Built
from bot.app.intake import create_intake
from bot.app.knowing import knowing
from bot.app.metrics import Metrics
from bot.app.parts import Public, open_public
from bot.app.retaining import retention
from bot.app.roles import Role
from bot.channels.webchat import create_webchat
from bot.evidence.reader import PictureReader, is_installed
from bot.services.intake import Intake
from bot.services.pushing import LEASE
from bot.services.readiness import can_save
from bot.services.receiving import Receiver, read_nothing
from bot.settings import Settings
from bot.web.site import Site

if TYPE_CHECKING:
    from bot.app.telegram import CitizensBot


@contextmanager
def citizens(settings: Settings) -> Iterator[Built]:
    """Raises StorageError, KnowledgeError, Fault."""
    with open_public(settings) as parts, knowing(parts.database, settings) as known:
        metrics = Metrics(Role.CITIZENS)
        metrics.release(lambda: known.number)
        lease = timedelta(0) if settings.citizens_token is None else LEASE
        intake = create_intake(parts, settings, known, metrics, lease)
        reader = _reader(settings)
        receiver = Receiver(staff=parts.staff, read=read_nothing if reader is None else reader.read)
        bot = _bot(settings, parts, intake, receiver, metrics)

        @asynccontextmanager
        async def running(app: object) -> AsyncIterator[None]:
            async with AsyncExitStack() as stack:
                if bot is not None:
                    await stack.enter_async_context(bot.run(app))
                if reader is not None:
                    # First, so that what is being read is left for the next start instead of waited for.
                    stack.push_async_callback(reader.close)
                yield

        face = create_webchat(
            intake=intake,
            receiver=receiver,
            site=Site(hosts=settings.citizens_hosts, trusted_proxies=settings.trusted_proxies),
            retention=retention(settings),
            random=parts.random,
            beside=() if bot is None else bot.channel.routes,
            lifespan=running,
            ready=lambda: can_save(parts.database, parts.clock),
        )
        yield Built(face, metrics=metrics)


def _reader(settings: Settings) -> PictureReader | None:
    if settings.picture_readers == 0 or not is_installed():
        return None
    return PictureReader(settings.picture_readers)


def _bot(
    settings: Settings, parts: Public, intake: Intake, receiver: Receiver, metrics: Metrics
) -> "CitizensBot | None":
    if settings.citizens_token is None:
        return None
    # Only here: who has no bot does not pay for its library.
    from bot.app.telegram import CitizensBot  # noqa: PLC0415 - as said above

    return CitizensBot(settings.citizens_token.get_secret_value(), settings, parts, intake, receiver, metrics)
