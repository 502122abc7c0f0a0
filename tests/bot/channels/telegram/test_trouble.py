"""What goes wrong in Telegram or here: nothing is lost, nothing is said twice, and nobody is pressed."""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.telegram import line as line_module
from bot.channels.telegram.api import Api
from bot.services.polling import NotOurToken, PolledElsewhere, Unreached
from bot.services.pushing import Gone, Held, Unsendable
from storage import outbox, sessions
from storage.errors import StorageFull
from tests.bot.channels.telegram.conftest import Joined
from tests.fakes.telegram_api import TOKEN, TelegramApi
from tests.fakes.telegram_http import Answer
from tests.fakes.telegram_updates import every_update

TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信"


@pytest.fixture(autouse=True)
def _no_token_in_any_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.INFO)
    yield
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not any(TOKEN in line or "4万8" in line for line in ours)


async def test_an_update_is_confirmed_only_after_its_commit(joined: Joined, monkeypatch: pytest.MonkeyPatch) -> None:
    person = joined.api.person(1)
    await joined.tell(person, "/start")
    save, reached, gate = sessions.save, threading.Event(), threading.Event()

    def slow(*arguments: Any, **named: Any) -> int:
        reached.set()
        assert gate.wait(20)
        return save(*arguments, **named)

    monkeypatch.setattr(sessions, "save", slow)
    number = person.write(TELLING)
    assert await asyncio.to_thread(reached.wait, 20)
    assert joined.api.undelivered == [number]
    gate.set()
    await joined.until(lambda: not joined.api.undelivered)


async def test_what_a_full_disk_refused_is_told_once_delivered_again_and_answered(
    joined: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = joined.api.person(1)
    await joined.tell(person, "/start")
    seen = len(person.messages)

    def full(*_: object, **__: object) -> int:
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr(sessions, "save", full)
        person.write(TELLING)
        await joined.until(lambda: len(person.messages) == seen + 1)
        assert "没能保存" in person.messages[-1].text or "存" in person.messages[-1].text
        polls = len(joined.api.called("getUpdates"))
        await joined.until(lambda: len(joined.api.called("getUpdates")) > polls)
        assert joined.api.undelivered
    await joined.until(lambda: any("110" in one.text for one in person.messages[seen + 1 :]))
    assert len(person.messages) == seen + 2


async def test_the_same_update_delivered_again_is_answered_once(joined: Joined) -> None:
    person = joined.api.person(1)
    update = {"message": person.message(text=TELLING)}
    number = joined.api.deliver(update)
    await joined.until(lambda: bool(person.messages))
    for _ in range(3):
        joined.api.deliver(update, number=number)
    await joined.settled()
    assert len(person.messages) == 1


async def test_retry_after_is_kept_to_for_that_person_alone(joined: Joined) -> None:
    person, other = joined.api.person(1), joined.api.person(2)
    joined.api.flood("sendMessage", 2, chat=1)
    person.write(TELLING)
    await joined.until(lambda: bool(joined.api.called("sendMessage")))
    refused = joined.api.called("sendMessage")[0]
    await joined.tell(other, TELLING)
    await joined.until(lambda: bool(person.messages))
    tries = [call for call in joined.api.called("sendMessage") if call.values["chat_id"] == 1]
    assert len(tries) == 2
    assert 2.0 <= tries[1].at - refused.at < 3.5
    others = [call for call in joined.api.called("sendMessage") if call.values["chat_id"] == 2]
    assert others[0].at < tries[1].at


async def test_when_two_are_to_wait_all_wait(joined: Joined) -> None:
    people = [joined.api.person(number) for number in (1, 2, 3)]
    joined.api.flood("sendMessage", 1, chat=1)
    joined.api.flood("sendMessage", 1, chat=2)
    people[0].write(TELLING)
    people[1].write(TELLING)
    await joined.until(lambda: len(joined.api.called("sendMessage")) == 2)
    held = max(call.at for call in joined.api.called("sendMessage"))
    await joined.tell(people[2], TELLING)
    first = next(call for call in joined.api.called("sendMessage") if call.values["chat_id"] == 3)
    assert first.at - held >= 1.0


async def test_a_line_that_falls_silent_is_given_up_and_tried_again(
    house: Joined, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_module, "READ_SECONDS", 0.3)
    async with house.running():
        person = house.api.person(1)
        house.api.fail("sendMessage", Answer(hangs=60))
        (message,) = await house.tell(person, TELLING)
    assert "110" in message.text


@pytest.mark.parametrize("answer", [Answer.of({"ok": False}, 500), Answer(502, b"<html>"), Answer(closes=True)])
async def test_what_was_not_sent_is_sent_later(joined: Joined, answer: Answer) -> None:
    person = joined.api.person(1)
    joined.api.fail("sendMessage", answer)
    (message,) = await joined.tell(person, TELLING)
    assert "110" in message.text


async def test_a_line_that_breaks_after_the_message_was_taken_may_say_it_twice_and_never_not(joined: Joined) -> None:
    person = joined.api.person(1)
    joined.api.fail("sendMessage", Answer(closes=True), before=False)
    person.write(TELLING)
    await joined.until(lambda: len(person.messages) == 2)
    assert person.messages[0].text == person.messages[1].text


async def test_polling_goes_on_after_whatever_was_answered(joined: Joined) -> None:
    for answer in (Answer.of({"ok": False}, 500), Answer(closes=True), Answer.of({"ok": True, "result": "odd"})):
        joined.api.fail("getUpdates", answer)
    joined.api.flood("getUpdates", 1)
    person = joined.api.person(1)
    await joined.tell(person, TELLING)


async def test_a_webhook_of_before_does_not_keep_it_from_asking(house: Joined) -> None:
    with house.api.changed:
        house.api.methods.webhook = {"url": "http://127.0.0.1:1/"}
    async with house.running():
        await house.tell(house.api.person(1), TELLING)


async def test_a_flood_of_commands_and_taps_is_told_to_wait_once_and_the_way_out_stays_open(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.tell(person, "/start")
    for _ in range(61):
        person.write("/privacy")
    await joined.until(lambda: not joined.api.undelivered)
    await joined.settled()
    seen = len(person.messages)
    assert seen <= 62
    last = next(one for one in person.messages if one.buttons)
    person.press(last, "快速退出")
    await joined.until(lambda: any("删除聊天" in one.text for one in person.messages))
    assert len(person.messages) == 1, "what was said without a turn goes too"


async def test_marks_that_telegram_refuses_are_left_out_and_the_words_are_not(joined: Joined) -> None:
    person = joined.api.person(1)
    joined.api.fail("sendMessage", Answer.of({"ok": False, "description": "Bad Request: can't parse entities"}, 400))
    (message,) = await joined.tell(person, TELLING)
    assert "110" in message.text
    assert message.marked == ()


async def test_who_blocks_the_bot_is_written_to_no_more_and_who_comes_back_is_answered(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.tell(person, "/start")
    with joined.api.changed:
        joined.api.methods.blocked.add(1)
    person.write(TELLING)
    await joined.settled()
    assert (await joined.parts.database.read(outbox.counts))["dead"]
    tries = len(joined.api.called("sendMessage"))
    person.unblock()
    await joined.tell(person, "?")
    assert len(joined.api.called("sendMessage")) > tries


async def test_an_update_that_makes_it_stumble_does_not_stop_the_others(
    joined: Joined, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    receive = joined.intake.receive

    async def stumble(incoming: Any, also: Any = None) -> Any:
        if incoming.conversation == "1":
            raise RuntimeError(TELLING)
        return await receive(incoming, also)

    monkeypatch.setattr(joined.intake, "receive", stumble)
    person = joined.api.person(1)
    person.write(TELLING)
    await joined.tell(joined.api.person(2), "/start")
    await joined.until(lambda: not joined.api.undelivered)
    await joined.until(lambda: len(person.messages) == 1)
    assert "请再发一次" in person.messages[0].text
    assert "given up" in caplog.text
    assert "4万8" not in caplog.text


async def test_updates_of_every_published_type_are_answered_or_passed_over(
    joined: Joined, caplog: pytest.LogCaptureFixture
) -> None:
    for update in every_update():
        joined.api.deliver(update)
    joined.api.deliver({"of_the_future": {"a": 1}})
    await joined.until(lambda: not joined.api.undelivered)
    await joined.tell(joined.api.person(1), "/start")
    assert "stumble" not in caplog.text


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer.of({"ok": False, "description": "Forbidden: bot was blocked by the user"}, 403), Gone),
        (Answer.of({"ok": False, "description": "Bad Request: chat not found"}, 400), Gone),
        (Answer.of({"ok": False, "description": "Bad Request: odd"}, 400), Unsendable),
        (Answer.of({"ok": False, "description": "Unauthorized"}, 401), NotOurToken),
        (Answer.of({"ok": False, "description": "Conflict"}, 409), PolledElsewhere),
        (Answer.of({"ok": False}, 500), Unreached),
        (Answer(200, b"not json"), Unreached),
        (Answer(closes=True), Unreached),
    ],
)
async def test_refusals_are_ours_and_hold_neither_token_nor_words(
    api: TelegramApi, answer: Answer, fault: type[Exception]
) -> None:
    line = Api(api.token, api.address)
    await line.start()
    api.fail("sendMessage", answer)
    with pytest.raises(fault) as raised:
        await line.send(1, "4万8", None, is_silent=False)
    assert api.token not in f"{raised.value!r}{raised.value.__cause__!r}{raised.value.__context__!r}"
    await line.close()


async def test_retry_after_is_read_as_it_is(api: TelegramApi) -> None:
    line = Api(api.token, api.address)
    await line.start()
    api.flood("sendMessage", 17)
    with pytest.raises(Held) as held:
        await line.send(1, "a", None, is_silent=False)
    assert held.value.seconds == 17
    await line.close()


async def test_with_telegram_away_it_starts_and_stops_all_the_same(house: Joined) -> None:
    house.api.fail("*", Answer(closes=True), times=1000)
    began = time.monotonic()
    async with house.running():
        await house.until(lambda: len(house.api.calls) >= 2)
    assert time.monotonic() - began < 10
