"""How long what is kept, as it was set."""

from datetime import timedelta

from bot.settings import Settings
from storage.retention import Retention


def retention(settings: Settings) -> Retention:
    """How long what is kept, as it was set; what was promised to people is not to be set."""
    return Retention(
        idle_session=timedelta(hours=settings.keep_session_hours),
        update=timedelta(days=settings.keep_update_days),
        outbox=timedelta(days=settings.keep_outbox_days),
        done_work=timedelta(days=settings.keep_work_days),
        decided_tip=timedelta(days=settings.keep_decided_days),
    )
