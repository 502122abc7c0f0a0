"""Who is named in a report is known to staff alone: no warning comes of it, and asking after a name finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.services.linking import link_tip
from knowledge.matching import Likeness
from knowledge.release import unpack
from storage import queueing
from storage.database import Database
from storage.queueing import QueueFilter
from tests.bot.services.conftest import TELLING, Service
from tests.bot.services.learning_house import LearningHouse
from tests.conftest import StoppedClock
from tests.knowledge.pattern_files import write_package

HANDLE = "微信号 zhang_wm_88"
SAID = "zeppelin vouchers from a cousin"
NAMES = (
    ("zhang_wm_88", "sunny_cat_07"),
    ("wechat zhang_wm_88", "wechat sunny_cat_07"),
    ("Zhang Weimin", "Robert Oakley"),
    ("Mr Zhang Weimin of the zeppelin office", "Mr Robert Oakley of the zeppelin office"),
)
"""Somebody told of, and somebody nobody ever told of."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("package")
    write_package(directory)
    return directory


@pytest.fixture
def learning(tmp_path: Path, package: Path, clock: StoppedClock) -> Iterator[LearningHouse]:
    with Database.open(tmp_path / "fanzha.sqlite3") as database:
        yield LearningHouse(database, package, clock)


async def answer_to(service: Service, text: str, conversation: str) -> list[str]:
    return [reply.text for reply in (await service.say(text, conversation=conversation)).screen.replies]


async def test_who_asks_after_a_name_hears_the_same_before_and_after_it_was_told_of(service: Service) -> None:
    before = await answer_to(service, f"认识 {HANDLE} 吗？是骗子吗", "curious 1")
    for number in range(3):
        conversation = f"teller {number}"
        await service.say(f"{TELLING} 对方{HANDLE}", conversation=conversation)
        await service.press("money:called", conversation=conversation)
        await service.press("submit", conversation=conversation)
    filed = service.database.read_now(lambda t: queueing.queue(t, QueueFilter())).tips
    assert len(filed) == 3
    for tip in filed:
        assert await link_tip(service.database, service.staff, service.clock, tip.id) > 0
    assert await answer_to(service, f"认识 {HANDLE} 吗？是骗子吗", "curious 2") == before


def _odds(score: float) -> float:
    return score / (1 - score)


@pytest.mark.parametrize("times", [1, 4])
async def test_a_name_in_confirmed_tips_makes_no_warning(learning: LearningHouse, times: int) -> None:
    for number in range(times):
        telling = f"{SAID}, it was Zhang Weimin, wechat zhang_wm_88"
        await learning.confirm(telling, "umbrella-scam", conversation=bytes([number]) * 32)
    await learning.learn()
    matcher = unpack(await learning.packed(1)).matcher
    for named, unheard in NAMES:
        told_of, stranger = matcher.match(named), matcher.match(unheard)
        assert told_of.likeness is not Likeness.WARN, named
        assert told_of.likeness is stranger.likeness
        assert _odds(told_of.matches[0].score) < 2.5 * _odds(stranger.matches[0].score), named
