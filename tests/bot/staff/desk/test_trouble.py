"""Bad input and bad luck at the desk: nothing is done twice or by nobody, and no log says what was written."""

import time
from typing import Any

import pytest

from bot.services.acts import Acts
from bot.services.polling import NotOurToken, PolledElsewhere, Unreached
from bot.services.pushing import Gone, Held, Unsendable
from bot.staff.desk.api import Api, Moved, NoMessage, NoTopic
from storage.database import Database
from storage.errors import StorageFull
from tests.bot.staff.desk.house import DeskHouse
from tests.fakes.telegram_api import TelegramApi
from tests.fakes.telegram_http import Answer
from tests.fakes.telegram_updates import every_update

WORDS = "an answer nobody may read"


async def test_updates_of_every_published_type_are_answered_or_passed_over(
    desk: DeskHouse, caplog: pytest.LogCaptureFixture
) -> None:
    member = await desk.seated("chen", 7)
    for update in every_update():
        desk.api.deliver(update)
    for odd in (
        {"of_the_future": {"a": 1}},
        {"message": None},
        {"message": {"message_id": "x"}},
        {"message": {"text": WORDS}},
        {"callback_query": {"id": "1", "data": WORDS}},
        {"message": {**member.message(text=WORDS), "chat": None}},
        {"message": {**member.message(text=WORDS), "later_field": {"deep": [1, 2]}}},
    ):
        desk.api.deliver(odd)
    member.write("/mine")
    await desk.says(member, "You hold no tip.")
    await desk.until(lambda: not desk.api.undelivered)
    assert "is not as the Bot API has them; passed over" in caplog.text
    assert WORDS not in caplog.text


async def test_an_edited_message_changes_nothing(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    member.edit(member.own_left[0], "/unbind")
    member.write("/mine")
    await desk.says(member, "You hold no tip.")
    assert len(member.messages) == 2


async def test_what_is_no_words_is_answered_with_help_in_private_and_not_at_all_in_a_group(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    member.send("sticker")
    await desk.says(member, "Act by the buttons under a tip")
    there = desk.in_group(member)
    there.send("photo", WORDS)
    await desk.settled()
    assert there.messages == []


async def test_an_update_is_confirmed_only_after_its_commit(desk: DeskHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    member = await desk.seated("chen", 7)
    write, refusals = Database.write, [StorageFull(), StorageFull()]

    async def full(self: Database, unit: Any) -> Any:
        if refusals and "entering" in unit.__qualname__:
            raise refusals.pop()
        return await write(self, unit)

    monkeypatch.setattr(Database, "write", full)
    number = member.write("/mine")
    await desk.until(lambda: len(refusals) == 1)
    assert number in desk.api.undelivered
    await desk.says(member, "You hold no tip.")
    await desk.until(lambda: not desk.api.undelivered)


async def test_an_act_that_stumbles_is_told_and_does_not_stop_the_others(
    desk: DeskHouse, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file()
    card = await desk.card(member, tip)

    async def stumble(*_: object, **__: object) -> None:
        raise RuntimeError(WORDS)

    with monkeypatch.context() as broken:
        broken.setattr(Acts, "claim", stumble)
        answer = await desk.press(member, card, "Claim")
        assert str(answer["text"]).startswith("Something went wrong on our side")
    await desk.press(member, card, "Claim")
    assert desk.tip(tip).claimed_by == "chen"
    assert "passed over: RuntimeError" in caplog.text
    assert WORDS not in caplog.text


async def test_a_press_answered_too_late_was_done_all_the_same(
    desk: DeskHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    member = await desk.seated("chen", 7)
    tip = desk.file()
    card = await desk.card(member, tip)
    desk.api.fail("answerCallbackQuery", Answer.of({"ok": False, "description": "Bad Request: query is too old"}, 400))
    await desk.press(member, card, "Claim")
    await desk.shown(member, tip, "chen holds it")
    await desk.until(lambda: "a press was not answered: Unsendable" in caplog.text)


async def test_a_card_that_somebody_deleted_is_let_go(desk: DeskHouse) -> None:
    member, wang = await desk.seated("chen", 7), desk.hire("wang")
    tip = desk.file()
    card = await desk.card(member, tip)
    desk.api.fail(
        "editMessageText", Answer.of({"ok": False, "description": "Bad Request: message to edit not found"}, 400)
    )
    await desk.console.claim(wang, tip)
    await desk.until(lambda: len(desk.api.called("editMessageText")) == 1)
    await desk.settled()
    assert (await desk.card(member, tip)).text == card.text
    member.write("/next")
    await desk.says(member, "Nothing is waiting.")


@pytest.mark.parametrize(
    "answer", [Answer.of({"ok": False}, 500), Answer(200, b"not json"), Answer(closes=True), Answer.of({"ok": True})]
)
async def test_polling_goes_on_after_whatever_was_answered(house: DeskHouse, answer: Answer) -> None:
    house.api.fail("getUpdates", answer)
    async with house.running():
        await house.seated("chen", 7)


async def test_a_webhook_of_before_does_not_keep_it_from_asking(house: DeskHouse) -> None:
    house.api.methods.webhook = {"url": "http://127.0.0.1:1/"}
    async with house.running():
        await house.seated("chen", 7)


async def test_with_telegram_away_it_starts_and_stops_all_the_same(house: DeskHouse) -> None:
    house.api.fail("*", Answer(closes=True), times=1000)
    began = time.monotonic()
    async with house.running():
        await house.until(lambda: len(house.api.calls) >= 2)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer.of({"ok": False, "description": "Forbidden: bot was kicked from the group chat"}, 403), Gone),
        (Answer.of({"ok": False, "description": "Bad Request: chat not found"}, 400), Gone),
        (Answer.of({"ok": False, "description": "Bad Request: message thread not found"}, 400), NoTopic),
        (Answer.of({"ok": False, "description": "Bad Request: message to edit not found"}, 400), NoMessage),
        (Answer.of({"ok": False, "description": "Bad Request: odd"}, 400), Unsendable),
        (Answer.of({"ok": False, "description": "Unauthorized"}, 401), NotOurToken),
        (Answer.of({"ok": False, "description": "Not Found"}, 404), NotOurToken),
        (Answer.of({"ok": False, "description": "Conflict"}, 409), PolledElsewhere),
        (Answer.of({"ok": False, "description": "x", "parameters": {"migrate_to_chat_id": -5}}, 400), Moved),
        (Answer.of({"ok": False}, 500), Unreached),
        (Answer(200, b"not json"), Unreached),
        (Answer(closes=True), Unreached),
    ],
)
async def test_refusals_are_ours_and_hold_neither_token_nor_words(
    api: TelegramApi, answer: Answer, fault: type[Exception]
) -> None:
    line = Api(api.token, api.address)
    api.fail("sendMessage", answer)
    with pytest.raises(fault) as raised:
        await line.send(1, WORDS)
    assert api.token not in f"{raised.value!r}{raised.value.__cause__!r}{raised.value.__context__!r}"
    assert WORDS not in f"{raised.value!r}{raised.value.__cause__!r}{raised.value.__context__!r}"
    await line.close()


async def test_retry_after_is_read_as_it_is(api: TelegramApi) -> None:
    line = Api(api.token, api.address)
    api.flood("sendMessage", 17)
    with pytest.raises(Held) as held:
        await line.send(1, "a")
    assert held.value.seconds == 17
    await line.close()
