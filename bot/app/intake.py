"""The conversation over the database, with what the public side may hold and nothing more."""

from collections.abc import Callable
from datetime import timedelta

from bot.app.parts import Public
from bot.services.effects import Effects, Limits
from bot.services.intake import Intake
from bot.services.knowing import Known
from bot.services.watching import UNWATCHED, Watch
from bot.settings import Settings


def create_intake(
    parts: Public,
    settings: Settings,
    known: Callable[[], Known],
    watch: Watch = UNWATCHED,
    lease: timedelta = timedelta(0),
) -> Intake:
    """The way in, for any channel; `known` gives what is known now (see `bot.app.knowing`).

    `lease`: with a pusher beside it, how long what a turn says is left to it (see `Intake`).
    """
    effects = Effects(
        database=parts.database,
        citizens=parts.citizens,
        staff=parts.staff,
        random=parts.random,
        limits=Limits(receipts=settings.receipts_an_hour, reports=settings.reports_an_hour),
    )
    return Intake(
        database=parts.database,
        citizens=parts.citizens,
        known=known,
        effects=effects,
        clock=parts.clock,
        messages_a_minute=settings.messages_a_minute,
        watch=watch,
        lease=lease,
        files_an_hour=settings.files_an_hour,
    )
