"""A talk in Telegram, as the person sees it."""

import time
from dataclasses import replace

from tests.bot.channels.telegram.conftest import Joined
from tests.fakes.telegram_people import Person

TELLING = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信"
PAYEE = "银行转账 6217 0001 2345 6789 019 建行 王某某 14:05"


async def file(joined: Joined, person: Person) -> None:
    await joined.tell(person, TELLING)
    await joined.press(person, "打过了")
    await joined.tell(person, PAYEE)
    await joined.press(person, "提交")


async def test_what_cannot_wait_is_said_first_without_a_preview(joined: Joined) -> None:
    person = joined.api.person(1)
    (card,) = await joined.tell(person, TELLING)
    assert "110" in card.text
    assert ("b", "110") in card.marked
    assert not card.has_preview
    assert not card.is_silent
    assert {"打过了", "钱转出去了", "快速退出"} <= card.buttons.keys()
    assert all(len(data.encode()) <= 64 for data in card.buttons.values())


async def test_a_receipt_can_be_copied_with_a_tap(joined: Joined) -> None:
    person = joined.api.person(1)
    await file(joined, person)
    codes = [text for message in person.messages for tag, text in message.marked if tag == "code"]
    assert len(codes) == 1


async def test_twenty_forwards_are_one_telling_and_get_one_answer(house: Joined) -> None:
    async with house.running(burst_seconds=0.5):
        person = house.api.person(1)
        await house.answer(person, lambda: person.forward([f"第{n}句：他说要我先交钱" for n in range(20)]))
        await house.settled()
    assert len(person.messages) <= 2
    view = await house.intake.view("telegram", "1")
    assert view.turn == 1


async def test_an_album_is_answered_once(house: Joined) -> None:
    async with house.running(burst_seconds=0.5):
        person = house.api.person(1)
        await house.answer(person, lambda: person.send_album(5, "他发来的"))
        await house.settled()
    assert "\n".join(message.text for message in person.messages).count("图片") == 1


async def test_a_message_written_anew_is_read_anew(joined: Joined) -> None:
    person = joined.api.person(1)
    (first, *_) = await joined.tell(person, "有人自称客服 说我的会员要自动续费")
    asked = max(number for chat, number in joined.api.methods.incoming if chat == 1)
    assert "110" not in first.text
    messages = await joined.answer(person, lambda: person.edit(asked, TELLING))
    assert any("110" in message.text for message in messages)


async def test_an_old_button_says_so_kindly_and_shows_where_we_are(joined: Joined) -> None:
    person = joined.api.person(1)
    (card,) = await joined.tell(person, TELLING)
    await joined.press(person, "打过了")
    told = await joined.answer(person, lambda: person.press(card, "打过了"))
    assert "前面" in told[0].text
    assert joined.api.methods.callbacks["1"] is not None


async def test_a_button_of_another_person_or_a_made_up_one_does_nothing(joined: Joined) -> None:
    person, other = joined.api.person(1), joined.api.person(2)
    (card,) = await joined.tell(person, TELLING)
    await joined.tell(other, "你好")
    await joined.settled()
    before = await joined.intake.view("telegram", "2")
    for data in (card.buttons["打过了"], "submit", "A" * 64):
        other.press_data(other.messages[-1], data)
    await joined.until(lambda: len(joined.api.called("answerCallbackQuery")) == 3)
    await joined.settled()
    assert await joined.intake.view("telegram", "2") == before
    assert all("/start" in str(answer and answer.get("text")) for answer in joined.api.methods.callbacks.values())


async def test_the_quick_way_out_takes_away_both_sides_of_two_days_and_says_how_to_clear_the_rest(
    joined: Joined,
) -> None:
    person = joined.api.person(1)
    await joined.tell(person, TELLING)
    old = len(joined.api.methods.sent)
    await joined.press(person, "打过了")
    person.press(person.messages[-1], "快速退出")
    await joined.until(lambda: len(person.messages) == 1)
    (last,) = person.messages
    assert "删除聊天" in last.text
    assert last.is_silent
    assert not last.buttons
    assert person.own_left == []
    assert old
    assert (await joined.intake.view("telegram", "1")).turn == 0


async def test_what_is_too_old_to_be_taken_away_keeps_nothing_else_from_going(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.tell(person, TELLING)
    await joined.press(person, "打过了")
    sent = joined.api.methods.sent
    sent[0] = replace(sent[0], at=time.time() - 49 * 3600)
    person.press(person.messages[-1], "快速退出")
    await joined.until(lambda: len(person.messages) == 2 and not person.messages[-1].buttons)
    assert person.messages[0].id == sent[0].id


async def test_who_is_held_is_answered_silently_behind_a_neutral_line(joined: Joined) -> None:
    person = joined.api.person(1)
    messages = await joined.tell(person, "我弟弟在缅甸被关着 要我们交20万赎人")
    assert all(message.is_silent for message in messages)
    assert messages[0].text.startswith("简短回复：\n\n")


async def test_pictures_about_a_child_are_refused_before_anything(joined: Joined) -> None:
    person = joined.api.person(1)
    await joined.tell(person, "我14岁 他有我的照片 说不给钱就发出去")
    messages = await joined.answer(person, lambda: person.send("photo"))
    assert "请不要" in messages[0].text or "别" in messages[0].text
    assert not joined.api.called("getFile")


async def test_links_told_are_shown_broken(joined: Joined) -> None:
    person = joined.api.person(1, "en")
    text = 'Is this real? "USPS: your parcel is held, address incomplete. Update within 12h: https://usps-redelivery.top/i"'
    messages = await joined.tell(person, text)
    shown = "\n".join(message.text for message in messages)
    assert "usps-redelivery.top" not in shown


async def test_the_commands_are_answered(joined: Joined) -> None:
    person = joined.api.person(1)
    assert "我被骗了" in (await joined.tell(person, "/start"))[-1].buttons
    assert "返回" in (await joined.tell(person, "/check"))[-1].buttons
    assert "简体中文" in (await joined.tell(person, "/language"))[-1].buttons
    await joined.tell(person, "/help")
    await joined.tell(person, "/report")
    await joined.tell(person, "/nobody_knows_this")
    seen = len(person.messages)
    person.write("/privacy")
    await joined.until(lambda: len(person.messages) == seen + 1)
    assert "没有端到端加密" in person.messages[-1].text
    assert "72" in person.messages[-1].text
    person.write("/status")
    await joined.until(lambda: len(person.messages) == seen + 2)
    assert "回执码" in person.messages[-1].text
    await joined.tell(person, "/stop")


async def test_a_deep_link_opens_the_kind_and_the_language_it_names(joined: Joined) -> None:
    person = joined.api.person(1, "en")
    messages = await joined.tell(person, "/start check_zh-hant")
    assert "返回" in messages[-1].buttons
    assert "貼" in messages[-1].text


async def test_in_a_group_it_says_to_go_private_once_and_only_when_spoken_to(joined: Joined) -> None:
    somebody = joined.api.person(1, chat=-100500)
    somebody.write("我被骗了 4万8")
    somebody.write("@fanzha_test_bot 我被骗了")
    await joined.until(lambda: bool(somebody.messages))
    somebody.write("/check")
    await joined.settled()
    (told,) = somebody.messages
    assert "t.me/fanzha_test_bot" in told.text
    assert not told.buttons


async def test_the_menus_stand_in_each_language(joined: Joined) -> None:
    await joined.until(lambda: len(joined.api.called("setMyShortDescription")) == 2)
    names = ["report", "check", "status", "language", "privacy", "help", "stop"]
    assert [command["command"] for command in joined.api.methods.menus[""]] == names
    assert [command["command"] for command in joined.api.methods.menus["zh"]] == names
    assert "没有端到端加密" in joined.api.methods.about["setMyDescription", "zh"]
    assert "end-to-end" in joined.api.methods.about["setMyDescription", ""]


async def test_typing_is_shown_while_it_waits_for_more(house: Joined) -> None:
    async with house.running(burst_seconds=0.5):
        person = house.api.person(1)
        await house.tell(person, TELLING)
    assert [call.values["chat_id"] for call in house.api.called("sendChatAction")] == [1]
