"""What the desk says by itself: each thing once, without a word of what was told, to whoever it concerns."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.urgency import OVERDUE, RECOVERABLE
from storage import desk_places, outbox, standing
from storage.accounts import Role
from storage.ranks import Lane
from storage.standing import Stamp
from tests.bot.staff.desk.house import GROUP, DeskHouse, move_on
from tests.fakes.telegram_http import Answer

MORNING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
"""Half past eight in Shanghai."""


async def test_an_urgent_tip_is_told_once_by_kind_urgency_and_age_alone(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file(dangers=("money-gone", "minor"), urgency=800, filed_at=desk.clock() - timedelta(minutes=12))
    card = await desk.card(member, tip)
    assert card.text.splitlines() == [
        "🔴 A minor is concerned",
        "Money has left and may still be stopped",
        f"{tip} · Was cheated · 12 minutes ago",
        "Nobody has this tip yet.",
    ]
    move_on(desk.clock, minutes=5)
    await desk.settled()
    assert [one.id for one in member.messages if tip in one.text] == [card.id]


async def test_what_is_not_urgent_is_not_told_by_itself(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file(dangers=(), urgency=220)
    await desk.settled()
    assert len(member.messages) == 1
    member.write("/queue")
    listed = await desk.says(member, "To do: 1, the most urgent first")
    assert tip in listed.text
    await desk.press(member, listed, tip)
    await desk.card(member, tip)


async def test_with_a_group_notices_go_there_into_the_topic_of_their_lane(desk: DeskHouse) -> None:
    lin = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin, has_topics=True)
    money, life = desk.file(), desk.file(dangers=("life",), urgency=1000)
    topics = desk.api.methods.topics
    first, second = await desk.card(group, money), await desk.card(group, life)
    assert first.thread is not None
    assert second.thread is not None
    assert topics[first.thread] == (GROUP, "Money that may be stopped")
    assert topics[second.thread] == (GROUP, "People in danger")
    third = await desk.card(group, desk.file())
    assert third.thread == first.thread
    await desk.settled()
    assert len(lin.messages) == 1


async def test_a_topic_that_was_deleted_is_no_reason_to_lose_a_notice(desk: DeskHouse) -> None:
    lin = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin, has_topics=True)
    first = await desk.card(group, desk.file())
    del desk.api.methods.topics[first.thread or 0]
    second = await desk.card(group, desk.file())
    assert second.thread is None
    third = await desk.card(group, desk.file())
    assert third.thread not in (None, first.thread)


async def test_where_the_bot_may_make_no_topics_all_goes_where_the_group_talks(desk: DeskHouse) -> None:
    lin = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin, has_topics=True)
    desk.api.methods.forums.clear()
    assert (await desk.card(group, desk.file())).thread is None


async def test_a_group_that_became_a_supergroup_is_followed(desk: DeskHouse) -> None:
    lin = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin)
    new = desk.in_group(lin, -100900)
    new.message(text="hello")
    desk.api.methods.moved[GROUP] = new.chat
    await desk.card(new, desk.file())
    await desk.card(new, desk.file())
    assert group.chat == GROUP
    assert desk.database.read_now(lambda t: [one.chat for one in desk_places.every(t, desk.desk_key)]) == [new.chat]


async def test_who_blocks_the_bot_is_left_alone_and_hears_again_once_they_let_it(desk: DeskHouse) -> None:
    chen, lin = await desk.seated("chen", 7), await desk.seated("lin", 8)
    desk.api.methods.blocked.add(chen.chat)
    first = desk.file()
    await desk.card(lin, first)
    await desk.until(lambda: len([1 for call in desk.api.called("sendMessage") if call.status == 403]) == 1)
    await desk.settled()
    await desk.card(lin, desk.file())
    await desk.settled()
    assert len([1 for call in desk.api.called("sendMessage") if call.status == 403]) == 1
    chen.unblock()
    await desk.settled()
    third = desk.file()
    await desk.card(lin, third)
    await desk.card(chen, third)


async def test_a_flooded_group_is_left_alone_exactly_as_long_as_it_says(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    desk.api.flood("sendMessage", 2)
    tip = desk.file()
    await desk.until(lambda: any(call.status == 429 for call in desk.api.called("sendMessage")))
    # The service's clock decides when it is due again; the pace, by the machine's, that it is not too early.
    await desk.as_time_goes_by(lambda: tip in member.messages[-1].text)
    refused, sent = desk.api.called("sendMessage")[-2:]
    assert (refused.status, sent.status) == (429, 200)
    assert sent.at - refused.at >= 2


@pytest.mark.parametrize("answer", [Answer.of({"ok": False}, 500), Answer(closes=True), Answer(body=b"<html>")])
async def test_a_bot_api_in_trouble_loses_no_notice(desk: DeskHouse, answer: Answer) -> None:
    member = await desk.seated("chen", 7)
    desk.api.fail("sendMessage", answer)
    tip = desk.file()
    await desk.until(lambda: len(desk.api.called("sendMessage")) == 2)
    await desk.as_time_goes_by(lambda: tip in member.messages[-1].text)


async def test_the_digest_is_given_once_in_the_morning_of_the_place(desk: DeskHouse) -> None:
    lin = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin)
    desk.file(filed_at=MORNING - timedelta(hours=30))
    tip = desk.file(filed_at=MORNING - timedelta(hours=1))
    await desk.console.claim(desk.hire("wang"), tip)
    desk.clock.now = MORNING - timedelta(seconds=1)
    await desk.settled()
    assert not any("How the queue stands" in one.text for one in group.messages)
    desk.clock.now = MORNING
    digest = await desk.says(group, "How the queue stands")
    assert digest.text.splitlines()[1:] == [
        "To do: 2",
        "Urgent and nobody's: 1",
        "Not looked at for a day: 1",
        "The reporter has written again: 0",
        "Filed since yesterday: 1",
        "Decided since yesterday: 0",
        "In review: wang 1",
    ]
    move_on(desk.clock, hours=2)
    await desk.settled()
    assert len([one for one in group.messages if "How the queue stands" in one.text]) == 1
    move_on(desk.clock, hours=22)
    await desk.until(lambda: len([one for one in group.messages if "How the queue stands" in one.text]) == 2)


async def test_a_hold_about_to_end_is_told_to_its_holder_alone(desk: DeskHouse) -> None:
    lin, chen = await desk.seated("lin", 8, Role.SUPERVISOR), await desk.seated("chen", 7)
    group = await desk.grouped(lin)
    tip = desk.file()
    here = desk.in_group(chen)
    await desk.press(here, await desk.card(here, tip), "Claim")
    move_on(desk.clock, hours=1, minutes=46)
    warned = await desk.says(chen, f"Your hold on {tip} ends in 14 minutes.")
    await desk.press(chen, warned, "Hold longer")
    move_on(desk.clock, minutes=20)
    await desk.settled()
    assert len([one for one in chen.messages if "Your hold" in one.text]) == 1
    assert not any("Your hold" in one.text for one in (*group.messages, *lin.messages))


async def test_tips_nobody_will_have_looked_at_for_a_day_are_named_and_counted(desk: DeskHouse) -> None:
    now = desk.clock()
    tips = [
        desk.file(dangers=(), urgency=100 + number, filed_at=now - OVERDUE + timedelta(minutes=90))
        for number in range(7)
    ]
    desk.file(dangers=(), urgency=900, filed_at=now - timedelta(hours=1))
    member = await desk.seated("chen", 7)
    warned = await desk.says(member, "nobody has looked: 7")
    assert [tip for tip in reversed(tips) if tip in warned.text] == list(reversed(tips))[:5]
    assert list(warned.buttons) == list(reversed(tips))[:5]


async def test_lost_money_that_can_soon_not_be_called_back_is_told(desk: DeskHouse) -> None:
    tip = desk.file(filed_at=desk.clock() - RECOVERABLE + timedelta(hours=3))
    member = await desk.seated("chen", 7)
    assert tip in (await desk.says(member, "and no decision: 1")).text


async def test_deadlines_that_came_near_or_were_missed_are_told_as_the_console_shows_them(desk: DeskHouse) -> None:
    now, minute = desk.clock(), timedelta(minutes=1)
    near, missed, old = (desk.file(dangers=(), urgency=100) for _ in range(3))
    for tip, near_at, due_at in (
        (near, now - minute, now + minute),
        (missed, now - 90 * minute, now - minute),
        (old, now - 900 * minute, now - 90 * minute),
    ):
        how = Stamp(lane=Lane.ORDINARY, urgency=100, due_at=due_at, near_at=near_at, due_left=None, again_at=None)
        desk.database.write_now(lambda t, tip=tip, how=how: standing.stamp(t, tip, how))  # type: ignore[misc] # run at once
    member = await desk.seated("chen", 7)
    for said, tip in (("deadline is near, and no decision: 1", near), ("was missed within the hour: 1", missed)):
        told = (await desk.says(member, said)).text
        assert tip in told
        assert old not in told


async def test_what_was_put_out_and_not_sent_goes_out_after_a_start(house: DeskHouse) -> None:
    async with house.running():
        member = await house.seated("chen", 7)
        house.api.fail("sendMessage", Answer.of({"ok": False}, 500), times=100)
        tip = house.file()
        await house.until(lambda: any(tip in str(call.values) for call in house.api.calls))
    house.api.forgive()
    move_on(house.clock, minutes=2)
    async with house.running():
        await house.card(member, tip)


async def test_in_a_flood_the_most_urgent_come_first_and_the_outbox_does_not_fill(house: DeskHouse) -> None:
    async with house.running():
        member = await house.seated("chen", 7)
    for number in range(60):
        house.file(urgency=700 + number)
    worst = house.file(urgency=1000, dangers=("life",))
    async with house.running():
        await house.card(member, worst)
        await house.until(lambda: len(member.messages) >= 15)
        assert house.database.read_now(lambda t: outbox.counts(t).get("pending", 0)) <= 25
    assert worst in member.messages[1].text
