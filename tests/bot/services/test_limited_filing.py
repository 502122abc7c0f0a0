"""A limited reporter files as everybody does: nothing is refused or said; what they tell waits at the end."""

from datetime import timedelta

import pytest

from bot.services.lanes import concerns_a_person
from bot.services.urgent_order import LAST
from knowledge.dangers import Danger, Kind
from storage import queueing, reporter_limits
from storage.database import Transaction
from storage.queueing import QueueFilter
from storage.tips import Tip
from tests.bot.services.conftest import Service


async def limit(service: Service) -> str:
    """Whoever told the first tip, for a day."""
    said = await service.file()
    tip = newest(service)

    def unit(t: Transaction) -> None:
        now = service.clock()
        proposed = reporter_limits.propose(t, tip.id, by="chen", reason=b"sealed", now=now)
        reporter_limits.put_in_force(t, proposed, by="lin", now=now, until=now + timedelta(days=1))

    await service.database.write(unit)
    return said


def newest(service: Service) -> Tip:
    found = service.database.read_now(lambda t: queueing.queue(t, QueueFilter())).tips
    return max(found, key=lambda tip: tip.filed_at)


async def test_the_next_tip_waits_behind_every_ordinary_one_and_the_screen_is_the_same(service: Service) -> None:
    first = await limit(service)
    service.clock.move(timedelta(hours=1))
    await service.press("new")
    second = await service.file()
    tip = newest(service)
    assert (tip.is_limited, tip.urgency) == (True, LAST)
    assert len(first) == len(second)
    service.clock.move(timedelta(minutes=1))
    await service.file(conversation="somebody else")
    other = newest(service)
    assert not other.is_limited
    assert [one.id for one in service.database.read_now(lambda t: queueing.queue(t, QueueFilter())).tips][-1] == tip.id


async def test_danger_to_a_person_is_never_put_back(service: Service) -> None:
    await limit(service)
    service.clock.move(timedelta(hours=1))
    await service.press("new")
    await service.say("他们现在还在电话里 让我共享屏幕 正在操作我的手机")
    for _ in range(6):
        screen = await service.intake.view("web", "someone", "zh-CN")
        ids = [button.id for reply in screen.replies for button in reply.buttons]
        await service.press("submit" if "submit" in ids else ids[0])
        if screen.over or "submit" in ids:
            break
    tip = newest(service)
    assert "live-control" in tip.dangers
    assert not tip.is_limited
    assert tip.urgency >= 900


@pytest.mark.parametrize("danger", list(Danger))
def test_only_money_and_lent_accounts_concern_no_person(danger: Danger) -> None:
    of_money = {Danger.MONEY_GONE, Danger.MULE}
    assert concerns_a_person(Kind.CHEATED, (danger,)) == (danger not in of_money)
    assert concerns_a_person(Kind.HELD, ())
    assert not concerns_a_person(Kind.INSIDER, ())


async def test_when_the_time_is_over_everything_is_as_it_was(service: Service) -> None:
    await limit(service)
    service.clock.move(timedelta(days=1))
    await service.press("new")
    await service.file()
    assert not newest(service).is_limited
