"""Pictures, recordings and files in Telegram: fetched after the commit, kept sealed with the report, or not at all."""

import json
from datetime import timedelta

import pytest

from storage import exhibits, queueing
from storage.database import Transaction
from storage.place import Place
from storage.queueing import QueueFilter
from tests.bot.channels.telegram.conftest import Joined
from tests.databases import everything_in
from tests.e2e.telegram_story import TELLING
from tests.fakes.telegram_api import DOWNLOAD
from tests.fakes.telegram_http import Answer
from tests.fakes.telegram_people import Person

JPEG = b"\xff\xd8\xff\xe0 an invented picture"
SOON = timedelta(seconds=0.1)
ZIP = b"PK\x03\x04 a picture only by its name"


def kept(house: Joined) -> list[tuple[str, str, bytes]]:
    """Kind, type and content of all that was filed, as staff open it."""

    def query(t: Transaction) -> list[tuple[str, bytes, bytes]]:
        filed = [tip.id for tip in queueing.queue(t, QueueFilter()).tips]
        every = [(tip, one) for tip in filed for one in exhibits.of_tip(t, tip)]
        return [(one.kind, *exhibits.content(t, tip, one.id)) for tip, one in every]

    found = house.parts.database.read_now(query)
    return [(kind, json.loads(house.key.open(about))["type"], house.key.open(box)) for kind, about, box in found]


def not_filed(house: Joined, person: Person) -> int:
    """How many are kept with the conversation. They are gone afterwards."""
    name = house.parts.citizens.conversation_pseudonym("telegram", str(person.chat))
    return house.parts.database.write_now(lambda t: exhibits.drop(t, name))


def said(person: Person) -> str:
    return "\n".join(message.text for message in person.messages)


async def tell(house: Joined, person: Person) -> None:
    await house.tell(person, TELLING)
    await house.press(person, "打过了")


async def test_a_picture_is_kept_sealed_with_the_report(joined: Joined, place: Place) -> None:
    person = joined.api.person(1)
    await tell(joined, person)
    person.send("photo", content=JPEG)
    await joined.settled()
    assert "会有人看" in said(person)
    await joined.press(person, "提交")
    assert kept(joined) == [("picture", "image/jpeg", JPEG)]
    assert not_filed(joined, person) == 0
    # Of a photo's sizes the largest was asked for, and of the file nothing stands anywhere in the clear.
    assert [call.values["file_id"] for call in joined.api.called("getFile")] == ["f1"]
    assert b"an invented picture" not in everything_in(place)


async def test_a_picture_alone_can_be_filed(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.answer(person, lambda: person.send("photo", content=JPEG))
    await joined.settled()
    await joined.press(person, "提交")
    assert kept(joined) == [("picture", "image/jpeg", JPEG)]


@pytest.mark.parametrize(
    ("kind", "type_", "sentence"),
    [
        ("voice", "audio/ogg", "会有人听"),
        ("video", "video/mp4", "会有人听"),
        ("document", "application/pdf", "会有人看"),
    ],
)
async def test_what_is_not_read_here_is_kept_and_people_will(
    joined: Joined, kind: str, type_: str, sentence: str
) -> None:
    person = joined.api.person(1)
    await joined.answer(person, lambda: person.send(kind))
    await joined.settled()
    assert sentence in said(person)
    await joined.press(person, "提交")
    assert [found[:2] for found in kept(joined)] == [("file" if kind == "document" else kind, type_)]


async def test_what_a_file_is_its_content_says_and_not_its_name(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.answer(person, lambda: person.send("photo", content=b"%PDF-1.7 named .jpg"))
    await joined.settled()
    await joined.press(person, "提交")
    assert [found[:2] for found in kept(joined)] == [("file", "application/pdf")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (ZIP, "这个都不是"),
        (b"", "空的"),
        (b"MZ" + bytes(100), "这个都不是"),
        (b"<html>" + bytes(100), "这个都不是"),
    ],
)
async def test_what_cannot_be_kept_gets_a_clear_answer(joined: Joined, content: bytes, sentence: str) -> None:
    person = joined.api.person(1)
    await joined.answer(person, lambda: person.send("photo", content=content))
    await joined.settled()
    assert sentence in said(person)
    assert not_filed(joined, person) == 0


async def test_too_large_a_file_is_not_even_asked_for(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.answer(person, lambda: person.send("document", content=bytes(20 * 1024 * 1024 + 1)))
    assert "20 MB" in said(person)
    assert joined.api.called("getFile") == []


async def test_a_size_that_the_update_does_not_tell_is_told_by_the_refusal(joined: Joined) -> None:
    person = joined.api.person(1)
    big = person.message(document={"file_id": "big", "file_unique_id": "ubig"})
    joined.api.methods.files["big"] = ("documents/big", bytes(20 * 1024 * 1024 + 1))
    await joined.answer(person, lambda: joined.api.deliver({"message": big}))
    await joined.settled()
    assert "20 MB" in said(person)


async def test_the_words_beside_a_picture_are_answered_first(joined: Joined) -> None:
    person = joined.api.person(1)
    answer = await joined.answer(person, lambda: person.send("photo", TELLING, content=JPEG))
    assert "110" in answer[0].text + answer[-1].text
    await joined.settled()
    assert not_filed(joined, person) == 1


async def test_an_album_of_ten_is_answered_once_and_kept_whole(house: Joined) -> None:
    async with house.running(burst_seconds=0.3):
        person = house.api.person(1)
        await house.answer(person, lambda: person.send_album([JPEG + bytes([n]) for n in range(10)]))
        await house.settled()
        assert said(person).count("会有人看") == 1
        assert len(person.messages) == 3
        assert not_filed(house, person) == 10


async def test_the_same_picture_again_or_written_anew_is_kept_once(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.answer(person, lambda: person.send("photo", content=JPEG))
    await joined.settled()
    person.send("photo", "他自称京东客服，要我把存款转到他给的账户", content=JPEG)
    await joined.settled()
    assert len(joined.api.called(DOWNLOAD)) == 1
    assert not_filed(joined, person) == 1


@pytest.mark.parametrize(
    "words",
    ["我15岁 他有我的裸照 说不给钱就发给全班", "他录了我和他裸聊的视频，说不转5000元就群发给我的通讯录好友"],
)
async def test_where_pictures_may_be_intimate_none_is_fetched(joined: Joined, words: str) -> None:
    person = joined.api.person(1)
    person.send("photo", words, content=JPEG)
    await joined.settled()
    person.send("document", content=JPEG)
    person.send("video")
    await joined.settled()
    assert "请别在这里发图片" in said(person)
    assert joined.api.called("getFile") == []
    assert joined.api.called(DOWNLOAD) == []
    assert not_filed(joined, person) == 0


async def test_what_was_kept_goes_once_a_child_is_concerned(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.answer(person, lambda: person.send("photo", content=JPEG))
    await joined.settled()
    await joined.tell(person, "我15岁 他有我的裸照 说不给钱就发给全班")
    assert "之前发的都已删除" in said(person)
    assert not_filed(joined, person) == 0


async def test_a_voice_may_tell_what_no_picture_may(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.tell(person, "我15岁 他有我的裸照 说不给钱就发给全班")
    await joined.answer(person, lambda: person.send("voice"))
    await joined.settled()
    assert not_filed(joined, person) == 1


@pytest.mark.parametrize("way", ["快速退出", "/stop"])
async def test_the_ways_out_erase_what_is_not_filed(joined: Joined, way: str) -> None:
    person = joined.api.person(1)
    await tell(joined, person)
    person.send("photo", content=JPEG)
    await joined.settled()
    if way.startswith("/"):
        await joined.tell(person, way)
        await joined.press(person, "删掉")
    else:
        message = next(one for one in reversed(person.messages) if way in one.buttons)
        person.press(message, way)
    await joined.settled()
    assert not_filed(joined, person) == 0


async def test_what_comes_after_the_filing_is_added_to_the_report(joined: Joined) -> None:
    person = joined.api.person(1)
    await tell(joined, person)
    await joined.press(person, "提交")
    person.send("photo", content=JPEG)
    await joined.until(lambda: "已经补充进去了" in said(person))
    assert kept(joined) == [("picture", "image/jpeg", JPEG)]


@pytest.mark.parametrize(
    "fault",
    [Answer(404), Answer.of({"ok": False}, 500), Answer(closes=True), Answer(200, b"", closes=True)],
)
async def test_a_download_that_fails_is_tried_again(
    house: Joined, fault: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.work.FIRST_WAIT", SOON)
    async with house.running():
        house.api.fail(DOWNLOAD, fault)
        person = house.api.person(1)
        await house.answer(person, lambda: person.send("photo", content=JPEG))
        await house.settled()
        assert len(house.api.called(DOWNLOAD)) == 2
        assert not_filed(house, person) == 1


async def test_a_download_that_hangs_is_given_up_and_tried_again(
    house: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.work.FIRST_WAIT", SOON)
    monkeypatch.setattr("bot.channels.telegram.api._FILE_SECONDS", 0.3)
    async with house.running():
        house.api.fail(DOWNLOAD, Answer(hangs=2))
        person = house.api.person(1)
        await house.answer(person, lambda: person.send("photo", content=JPEG))
        await house.settled()
        assert len(house.api.called(DOWNLOAD)) == 2
        assert not_filed(house, person) == 1


async def test_a_flood_limit_on_files_is_kept_to(house: Joined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.work.FIRST_WAIT", SOON)
    async with house.running():
        house.api.flood("getFile", 1)
        person = house.api.person(1)
        await house.answer(person, lambda: person.send("photo", content=JPEG))
        await house.settled()
        first, second = house.api.called("getFile")
        assert second.at - first.at >= 1
        assert not_filed(house, person) == 1


async def test_what_the_channel_never_gives_is_said_kindly(house: Joined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.work.FIRST_WAIT", SOON)
    async with house.running():
        house.api.fail(DOWNLOAD, Answer(404), times=100)
        person = house.api.person(1)
        await house.answer(person, lambda: person.send("photo", content=JPEG))
        await house.settled()
        assert "没取到" in said(person)
        assert not_filed(house, person) == 0


async def test_what_is_said_meanwhile_may_forbid_the_download(house: Joined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.work.FIRST_WAIT", SOON)
    async with house.running():
        house.api.flood("getFile", 1)
        person = house.api.person(1)
        await house.answer(person, lambda: person.send("photo", content=JPEG))
        await house.tell(person, "我15岁 他有我的裸照 说不给钱就发给全班")
        await house.settled()
        assert house.api.called(DOWNLOAD) == []
        assert not_filed(house, person) == 0
