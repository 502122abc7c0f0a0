"""What is said without a turn, such as that there were too many messages, is kept in mind for whoever clears."""

from datetime import timedelta

from storage import outbox
from storage.database import Transaction
from tests.bot.services.conftest import Service


async def test_it_is_taken_away_with_the_rest(service: Service) -> None:
    await service.intake.was_said("telegram", "someone", "17")
    conversation = service.citizens.conversation_pseudonym("telegram", "someone")
    since = service.clock() - timedelta(hours=1)

    def taken(t: Transaction) -> tuple[str, ...]:
        return outbox.take_marks(t, service.citizens, conversation, since=since)

    assert service.database.write_now(taken) == ("17",)


async def test_where_nothing_can_be_kept_it_was_said_all_the_same(service: Service) -> None:
    service.database.close()
    await service.intake.was_said("telegram", "someone", "17")
