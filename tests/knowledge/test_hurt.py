"""Blows are told apart from what only has their words."""

import pytest

from knowledge.dangers import Besides, DangerReader, shipped_reader


@pytest.fixture(scope="module")
def reader() -> DangerReader:
    return shipped_reader()


@pytest.mark.parametrize(
    "text",
    [
        "he's broke my wrist on sunday",
        "my husband hit me",
        "she's been hitting me",
        "i was punched in the face by the buyer",
        "he grabbed me by the throat",
        "they have beaten my brother",
        "我老公打我",
        "被老公打了",
        "讨债的把我爸打了",
        "他掐我",
        "佢打我",
        "我俾佢打",
        "先生打我",
    ],
)
def test_who_tells_of_blows_is_heard(reader: DangerReader, text: str) -> None:
    assert Besides.HURT in reader.read(text).besides


@pytest.mark.parametrize(
    "text",
    [
        "they kicked me out of the group",
        "he hit me up on telegram",
        "they hit me with a fee",
        "he beat me at chess",
        "he threw a tantrum at me",
        "there is a charge for hot water on my bill",
        "she broke my heart",
        "he put me through to the manager",
        "他踢我出群了",
        "他推我入群",
        "老公打我电话",
        "老板打我们电话催",
        "他甩我一个链接",
        "被电信诈骗了",
        "佢打電話畀我",
        "他打我主意",
    ],
)
def test_what_only_has_the_words_is_not(reader: DangerReader, text: str) -> None:
    assert Besides.HURT not in reader.read(text).besides
