"""Who is at the desk: bound by a code from the console, and nobody else is answered."""

import pytest

from bot.services.desk_seats import TRIES
from storage import accounts, desk_bindings
from storage.accounts import Role
from storage.desk_bindings import CODE_LASTS
from tests.bot.staff.desk.house import GROUP, DeskHouse


async def test_a_code_from_the_console_binds_and_is_audited(desk: DeskHouse) -> None:
    person = await desk.seated("chen", 7)
    assert "chen" in person.messages[0].text
    assert desk.acts("account:chen") == [("chen", "bind-desk")]
    await desk.until(lambda: f"chat:{person.chat}" in desk.api.methods.menus)
    assert desk.api.methods.menus[f"chat:{person.chat}"][0]["command"] == "queue"


async def test_a_code_works_once_and_for_ten_minutes(desk: DeskHouse) -> None:
    desk.hire("chen")
    code = desk.code("chen")
    first, second = desk.api.person(7), desk.api.person(8)
    first.write(f"/bind {code.lower().replace('-', ' ')}")
    await desk.until(lambda: bool(first.messages))
    second.write(f"/start {code}")
    old = desk.code("chen")
    desk.clock.move(CODE_LASTS)
    second.write(f"/start {old}")
    await desk.settled()
    assert second.messages == []
    assert desk.acts("account:chen") == [("chen", "bind-desk")]


async def test_whoever_guesses_codes_is_not_heard_after_a_few_tries(desk: DeskHouse) -> None:
    desk.hire("chen")
    code, stranger = desk.code("chen"), desk.api.person(66)
    for number in range(TRIES):
        stranger.write(f"/start 0000-000{number}")
    stranger.write(f"/start {code}")
    await desk.settled()
    assert stranger.messages == []
    assert desk.acts("account:chen") == []


async def test_anybody_else_gets_nothing_and_it_is_logged_without_their_words(
    desk: DeskHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    stranger = desk.api.person(66)
    for text in ("/start", "/queue", "hello, who is there?", "/start 0000-0000"):
        stranger.write(text)
    stranger.send("photo", "look at this")
    member = await desk.seated("chen", 7)
    desk.file()
    card = await desk.card(member, desk.file())
    stranger.press_data(card, card.buttons["Claim"])
    await desk.settled()
    assert stranger.messages == []
    assert len(desk.api.called("answerCallbackQuery")) == 0
    logged = caplog.text
    assert "words of nobody of the staff were passed over" in logged
    assert "a press by nobody of the staff was passed over" in logged
    assert not any(word in logged for word in ("hello", "look at", "66", "0000-0000"))


async def test_a_disabled_account_loses_the_desk_at_once(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip = desk.file()
    card = await desk.card(member, tip)
    # Without the use case that also unbinds: the account alone decides.
    desk.database.write_now(lambda t: accounts.disable(t, "chen", now=desk.clock()))
    member.press(card, "Claim")
    member.write("/queue")
    desk.file()
    await desk.settled()
    assert len(member.messages) == 2
    assert desk.tip(tip).claimed_by is None


async def test_a_role_that_ends_loses_the_desk_at_once(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    desk.database.write_now(lambda t: accounts.set_role(t, "chen", Role.AUDITOR))
    member.write("/queue")
    await desk.settled()
    assert len(member.messages) == 1


async def test_who_unbinds_is_told_so_and_hears_no_more(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    member.write("/unbind")
    await desk.says(member, "Nothing comes here any more.")
    desk.file()
    member.write("/queue")
    await desk.settled()
    assert len(member.messages) == 2
    assert desk.acts("account:chen") == [("chen", "bind-desk"), ("chen", "unbind-desk")]
    assert desk.api.methods.menus[f"chat:{member.chat}"] == []


async def test_a_binding_that_somebody_else_wrote_into_the_database_is_none(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    desk.hire("lin", Role.SUPERVISOR)

    def forge(t: object) -> None:
        from storage.desk_tables import DeskBinding  # noqa: PLC0415 - only a forger writes rows

        row = t.session.get(DeskBinding, "chen")  # type: ignore[attr-defined]
        copied = {name: getattr(row, name) for name in ("person", "address", "language", "bound_at")}
        t.session.delete(row)  # type: ignore[attr-defined]
        t.session.flush()  # type: ignore[attr-defined]
        t.session.add(DeskBinding(account="lin", **copied))  # type: ignore[attr-defined]

    desk.database.write_now(forge)
    assert desk.database.read_now(lambda t: desk_bindings.find(t, desk.desk_key, 7)) is None
    member.write("/queue")
    await desk.settled()
    assert len(member.messages) == 1


async def test_a_group_is_bound_by_a_supervisor_alone(desk: DeskHouse) -> None:
    reviewer, supervisor = await desk.seated("chen", 7), await desk.seated("lin", 8, Role.SUPERVISOR)
    stranger = desk.api.person(66, chat=GROUP)
    there = desk.in_group(reviewer)
    stranger.write("/bind")
    there.write("/queue")
    await desk.says(there, "This group is not bound.")
    there.write("/bind@fanzha_desk_bot")
    await desk.says(there, "Your role does not allow this.")
    await desk.grouped(supervisor)
    await desk.says(there, "Notices come to this group")
    assert ("lin", "place-desk") in desk.acts("desk:group")
    await desk.until(lambda: f"chat:{GROUP}" in desk.api.methods.menus)


async def test_the_chats_language_is_that_of_whoever_is_bound_until_they_choose(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7, language="zh-hant")
    assert "chen" in member.messages[0].text
    assert "desk now" not in member.messages[0].text
    member.write("/language")
    await desk.until(lambda: any("简体中文" in one.buttons for one in member.messages))
    member.press(member.messages[-1], "English")
    await desk.says(member, "From now on in English.")
    member.write("/mine")
    await desk.says(member, "You hold no tip.")


async def test_codes_tell_nothing_of_an_account_that_is_gone(desk: DeskHouse) -> None:
    desk.hire("chen")
    code = desk.code("chen")
    desk.database.write_now(lambda t: accounts.disable(t, "chen", now=desk.clock()))
    person = desk.api.person(7)
    person.write(f"/start {code}")
    await desk.settled()
    assert person.messages == []
    assert desk.database.read_now(desk_bindings.bound_since) == {}


async def test_a_code_that_was_shown_to_a_group_binds_nobody(desk: DeskHouse) -> None:
    desk.hire("chen")
    code, there, stranger = desk.code("chen"), desk.api.person(7, chat=GROUP), desk.api.person(66)
    there.write(f"/bind {code}")
    stranger.write(f"/start {code}")
    await desk.settled()
    assert stranger.messages == there.messages == []
    assert desk.acts("account:chen") == []


async def test_a_groups_language_is_a_supervisors_to_choose(desk: DeskHouse) -> None:
    chen, lin = await desk.seated("chen", 7), await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin)
    group.write("/language")
    question = await desk.says(group, "Which language?")
    refused = await desk.press(desk.in_group(chen), question, "繁體中文")
    assert refused["text"] == "Your role does not allow this."
    await desk.press(group, question, "繁體中文")
    tip = desk.file()
    assert "認領" in (await desk.card(group, tip)).buttons


async def test_commands_of_other_bots_are_not_answered_in_a_group(desk: DeskHouse) -> None:
    lin = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(lin)
    await desk.settled()
    seen = len(group.messages)
    for text in ("/weather", "/queue@another_bot", "/start"):
        group.write(text)
    await desk.settled()
    assert len(group.messages) == seen
    group.write("/queue@fanzha_desk_bot")
    await desk.says(group, "Nothing is waiting.")
