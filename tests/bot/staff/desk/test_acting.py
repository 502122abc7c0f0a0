"""Claiming and letting go by buttons: through the use cases of triage, once, by whoever may."""

from storage.accounts import Role
from storage.tips import TipState
from tests.bot.staff.desk.house import GROUP, DeskHouse, move_on


async def test_a_claim_by_button_is_the_act_of_the_console_with_its_entry(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file()
    card = await desk.card(member, tip)
    answer = await desk.press(member, card, "Claim")
    assert answer["text"] == "You hold this tip now. Nobody else can decide it."
    assert (desk.tip(tip).state, desk.tip(tip).claimed_by) == (TipState.CLAIMED, "chen")
    assert desk.acts(tip) == [("chen", "claim-tip")]
    shown = await desk.shown(member, tip, "chen holds it, for another 2 hours.")
    assert shown.id == card.id
    assert list(shown.buttons) == ["Decide", "Ask the reporter", "It repeats another tip", "Hold longer", "Release"]


async def test_of_two_who_press_at_once_the_second_is_told_who_was_first(desk: DeskHouse) -> None:
    chen, lin = await desk.seated("chen", 7), await desk.seated("lin", 8, Role.SUPERVISOR)
    await desk.grouped(lin)
    one, other = desk.in_group(chen), desk.in_group(lin)
    tip = desk.file()
    card = await desk.card(one, tip)
    press = {"id": "p1", "from": {"id": 7, "is_bot": False, "first_name": "A"}, "chat_instance": "1"}
    shown = {"message": desk.api.methods.described(card), "data": card.buttons["Claim"]}
    desk.api.methods.callbacks.update({"p1": None, "p2": None})
    desk.api.deliver_all(
        [
            {"callback_query": {**press, **shown}},
            {"callback_query": {**press, **shown, "id": "p2", "from": {"id": 8, "is_bot": False, "first_name": "B"}}},
        ]
    )
    await desk.until(lambda: len(desk.api.called("answerCallbackQuery")) == 2)
    answers = {call.values["callback_query_id"]: call.values for call in desk.api.called("answerCallbackQuery")}
    assert answers["p1"]["text"] == "You hold this tip now. Nobody else can decide it."
    assert answers["p2"]["text"] == "chen holds this tip. Speak with them, or wait until they release it."
    assert answers["p2"]["show_alert"] is True
    assert desk.acts(tip) == [("chen", "claim-tip")]
    assert other.messages[-1].chat == GROUP


async def test_the_same_press_delivered_again_does_nothing(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file()
    card = await desk.card(member, tip)
    number = member.press(card, "Claim")
    await desk.until(lambda: desk.tip(tip).claimed_by == "chen")
    await desk.settled()
    member.press(card, "Claim", number=number)
    await desk.settled()
    assert desk.acts(tip) == [("chen", "claim-tip")]


async def test_a_press_that_was_refused_is_not_allowed_later_when_it_comes_again(desk: DeskHouse) -> None:
    member, wang = await desk.seated("chen", 7), desk.hire("wang")
    tip = desk.file()
    card = await desk.card(member, tip)
    await desk.console.claim(wang, tip)
    number = member.press(card, "Claim")
    await desk.until(lambda: len(desk.api.called("answerCallbackQuery")) == 1)
    await desk.console.release(wang, tip)
    member.press(card, "Claim", number=number)
    await desk.settled()
    assert desk.tip(tip).claimed_by is None


async def test_a_button_of_before_says_that_the_tip_has_changed(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file()
    card = await desk.card(member, tip)
    await desk.press(member, card, "Claim")
    held = await desk.shown(member, tip, "chen holds it")
    await desk.press(member, held, "Release")
    again = await desk.press(member, held, "Release")
    assert again["text"] == "This tip has changed since. Its card shows how it stands now."
    assert desk.acts(tip) == [("chen", "claim-tip"), ("chen", "release-tip")]
    ended = desk.hire("wang")
    when = f"{desk.clock():%Y-%m-%d %H:%M} UTC"
    await desk.console.decide(ended, tip, "unfounded", "An honest shop.")
    late = await desk.press(member, card, "Claim")
    said = f"wang decided tip {tip} before you ({when}): “Unfounded: no sign of fraud”. Nothing was changed."
    assert late["text"] == said


async def test_what_is_done_in_the_console_shows_on_the_card_too(desk: DeskHouse) -> None:
    member, wang = await desk.seated("chen", 7), desk.hire("wang")
    tip = desk.file()
    card = await desk.card(member, tip)
    await desk.console.claim(wang, tip)
    assert (await desk.shown(member, tip, "wang holds it")).id == card.id
    await desk.console.decide(wang, tip, "passed-on", "To the police.", authority="The police")
    ended = await desk.shown(member, tip, "Passed on to an authority")
    assert (ended.id, ended.keyboard) == (card.id, ())


async def test_a_supervisor_lets_go_of_what_another_holds_and_a_reviewer_cannot(desk: DeskHouse) -> None:
    chen, lin = await desk.seated("chen", 7), await desk.seated("lin", 8, Role.SUPERVISOR)
    wang = desk.hire("wang")
    tip = desk.file()
    await desk.card(chen, tip)
    await desk.console.claim(wang, tip)
    refused = await desk.press(chen, await desk.shown(chen, tip, "wang holds it"), "Release")
    assert refused["text"] == "wang holds this tip. Speak with them, or wait until they release it."
    await desk.press(lin, await desk.shown(lin, tip, "wang holds it"), "Release")
    assert desk.acts(tip) == [("wang", "claim-tip"), ("lin", "free-tip")]


async def test_holding_longer_starts_the_time_anew(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file()
    await desk.press(member, await desk.card(member, tip), "Claim")
    until = desk.tip(tip).claim_until
    move_on(desk.clock, minutes=30)
    await desk.press(member, await desk.shown(member, tip, "chen holds it"), "Hold longer")
    later = desk.tip(tip).claim_until
    assert until is not None
    assert later is not None
    assert (later - until).total_seconds() == 30 * 60


async def test_a_button_of_another_chat_or_one_made_up_does_nothing(desk: DeskHouse) -> None:
    chen, lin = await desk.seated("chen", 7), await desk.seated("lin", 8)
    tip = desk.file()
    of_chen, of_lin = await desk.card(chen, tip), await desk.card(lin, tip)
    assert of_chen.buttons != of_lin.buttons
    for made_up in (of_lin.buttons["Claim"], "", "x" * 64, "AAAA", "ünïcode", of_chen.buttons["Claim"][:-1]):
        before = len(desk.api.called("answerCallbackQuery"))
        chen.press_data(of_chen, made_up)
        await desk.until(lambda seen=before: len(desk.api.called("answerCallbackQuery")) > seen)  # type: ignore[misc]
        assert desk.api.called("answerCallbackQuery")[-1].values["text"] == "That button is none of this chat's."
    assert desk.acts(tip) == []
    assert max(len(told) for told in of_chen.buttons.values()) <= 64


async def test_a_group_that_is_bound_no_more_is_no_place_to_act(desk: DeskHouse) -> None:
    lin = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin)
    tip = desk.file()
    card = await desk.card(group, tip)
    group.write("/unbind")
    await desk.says(group, "Notices come here no more.")
    answer = await desk.press(group, card, "Claim")
    assert str(answer["text"]).startswith("This group is not bound.")
    assert desk.tip(tip).claimed_by is None
