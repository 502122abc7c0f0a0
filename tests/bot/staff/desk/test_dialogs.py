"""Deciding, merging and asking at the desk: a few buttons, an answer, and nothing of it stays in the chat."""

from storage import examples, messages
from storage.accounts import Role
from storage.tips import TipState, Verdict
from tests.bot.staff.desk.house import DeskHouse
from tests.fakes.telegram_methods import Message
from tests.fakes.telegram_people import Person

REASON = "The caller asked for a fee to close a loan."


async def claimed(desk: DeskHouse, member: Person, **told: object) -> tuple[str, Message]:
    """A tip that the member holds, and its card."""
    tip = desk.file(**told)  # type: ignore[arg-type]
    await desk.press(member, await desk.card(member, tip), "Claim")
    return tip, await desk.shown(member, tip, "holds it")


async def asked(desk: DeskHouse, member: Person, words: str) -> Message:
    """The question that awaits words."""
    message = await desk.says(member, words)
    assert message.asks
    return message


async def test_a_tip_is_confirmed_as_what_the_matcher_found_and_is_an_example_from_then_on(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip, card = await claimed(desk, member)
    await desk.press(member, card, "Decide")
    verdict = await desk.says(member, "which verdict?")
    await desk.press(member, verdict, "Confirmed: a known scam")
    which = await desk.says(member, "confirmed as which known scam?")
    assert which.id == verdict.id
    await desk.press(member, which, next(iter(which.buttons)))
    question = await asked(desk, member, "Why?")
    member.reply(question, REASON)
    await desk.says(member, f"{tip} is decided: “Confirmed: a known scam”.")
    assert desk.tip(tip).verdict is Verdict.CONFIRMED
    assert desk.acts(tip) == [("chen", "claim-tip"), ("chen", "decide-tip")]
    confirmed = desk.database.read_now(lambda t: examples.confirmed(t, desk.key))
    assert [(one.tip, one.pattern) for one in confirmed] == [(tip, "fake-customer-service")]
    await desk.settled()
    # The question, the answer and the buttons were taken away.
    assert not any("Why?" in one.text or "which" in one.text for one in member.messages)
    assert desk.api.methods.deleted


async def test_passed_on_asks_to_which_authority_and_the_reporter_is_told(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip, card = await claimed(desk, member)
    await desk.press(member, card, "Decide")
    await desk.press(member, await desk.says(member, "which verdict?"), "Passed on to an authority")
    member.reply(await asked(desk, member, "to which authority"), "Taichung  police")
    member.reply(await asked(desk, member, "Why?"), REASON)
    await desk.says(member, f"{tip} is decided")
    assert desk.tip(tip).verdict is Verdict.PASSED_ON
    (told,) = desk.database.read_now(lambda t: messages.of_tip(t, tip))
    assert told.kind is messages.MessageKind.AUTHORITY
    assert told.for_staff is not None
    assert desk.key.open(told.for_staff) == b"Taichung police"


async def test_another_pattern_is_found_by_a_part_of_its_name(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip, card = await claimed(desk, member, pattern=None)
    await desk.press(member, card, "Decide")
    await desk.press(member, await desk.says(member, "which verdict?"), "Confirmed: a known scam")
    which = await desk.says(member, "confirmed as which known scam?")
    assert list(which.buttons) == ["Another, by name or id", "None of these", "Cancel"]
    await desk.press(member, which, "Another, by name or id")
    member.reply(await asked(desk, member, "Answer with its id"), "no such thing at all")
    member.reply(await asked(desk, member, "No known scam is called that."), "romance")
    several = await desk.says(member, "confirmed as which known scam?")
    assert 2 <= len(several.buttons) - 3 <= 5
    await desk.press(member, several, "Another, by name or id")
    member.reply(await asked(desk, member, "Answer with its id"), "Romance-Loan")
    member.reply(await asked(desk, member, "Why?"), REASON)
    await desk.says(member, "is decided")
    assert desk.tip(tip).confirmed_pattern == "romance-loan"


async def test_any_other_verdict_asks_for_the_reason_alone(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip, card = await claimed(desk, member)
    await desk.press(member, card, "Decide")
    await desk.press(member, await desk.says(member, "which verdict?"), "Too little to judge")
    member.write("   ")
    again = await asked(desk, member, "Write a sentence or two.")
    member.reply(again, "x" * 4001)
    await asked(desk, member, "at most 4000 fit")
    assert desk.tip(tip).is_open
    member.write(REASON)
    await desk.says(member, "is decided: “Too little to judge”.")
    assert desk.tip(tip).verdict is Verdict.INSUFFICIENT
    assert desk.tip(tip).confirmed_pattern is None


async def test_a_tip_is_merged_into_the_one_it_repeats(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    other = desk.file(urgency=10, dangers=())
    tip, card = await claimed(desk, member)
    await desk.press(member, card, "It repeats another tip")
    member.reply(await asked(desk, member, "which tip does it repeat?"), "0000-0000")
    wrong = await desk.says(member, "There is no tip with that reference.")
    assert not wrong.asks
    await desk.press(member, await desk.shown(member, tip, "holds it"), "It repeats another tip")
    member.reply(await asked(desk, member, "which tip does it repeat?"), tip)
    member.reply(await asked(desk, member, "cannot be a duplicate of itself"), other.lower())
    member.reply(await asked(desk, member, "Why are they one?"), "One call.")
    await desk.says(member, f"{tip} is merged into {other}.")
    assert (desk.tip(tip).state, desk.tip(tip).merged_into) == (TipState.MERGED, other)


async def test_the_next_answer_is_the_question_and_only_the_receipt_and_staff_can_read_it(desk: DeskHouse) -> None:
    supervisor = await desk.seated("lin", 8, Role.SUPERVISOR)
    group = await desk.grouped(supervisor, has_topics=True)
    tip, card = await claimed(desk, group)
    await desk.press(group, card, "Ask the reporter")
    question = await asked(desk, group, "your question, in English?")
    assert question.thread == card.thread is not None
    # Others talk meanwhile; what is no answer to the bot is none.
    group.write("Which of you had lunch?")
    group.reply(question, "Which app did they name?")
    await desk.says(group, f"Asked. The reporter of {tip}")
    said = desk.database.read_now(lambda t: messages.of_tip(t, tip))
    assert len(said) == 1
    assert said[0].for_reporter is not None
    assert desk.receipt.open(said[0].for_reporter) == b"Which app did they name?"
    assert said[0].for_staff is not None
    assert desk.key.open(said[0].for_staff) == b"Which app did they name?"
    await desk.settled()
    assert question.id not in [one.id for one in group.messages]
    texts = [call.values.get("text") for call in desk.api.called("sendMessage")]
    assert not any("Which app" in str(text) for text in texts)


async def test_a_reporter_without_a_receipt_cannot_be_asked(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    _, card = await claimed(desk, member, has_receipt=False)
    assert "Ask the reporter" not in card.buttons


async def test_anothers_buttons_are_not_ones_own(desk: DeskHouse) -> None:
    chen, lin = await desk.seated("chen", 7), await desk.seated("lin", 8, Role.SUPERVISOR)
    there = await desk.grouped(lin)
    here = desk.in_group(chen)
    tip, card = await claimed(desk, here)
    await desk.press(here, card, "Decide")
    verdict = await desk.says(here, "which verdict?")
    refused = await desk.press(there, verdict, "Unfounded: no sign of fraud")
    assert refused["text"] == "These buttons are of another's answer, or of one that is over."
    taken = await desk.press(there, card, "Decide")
    assert taken["text"] == "chen holds this tip. Speak with them, or wait until they release it."
    assert desk.tip(tip).is_open


async def test_cancelled_or_left_for_a_command_nothing_is_decided(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip, card = await claimed(desk, member)
    await desk.press(member, card, "Decide")
    verdict = await desk.says(member, "which verdict?")
    assert (await desk.press(member, verdict, "Cancel"))["text"] == "Left as it was."
    await desk.press(member, card, "Decide")
    again = await desk.says(member, "which verdict?", after=verdict)
    await desk.press(member, again, "Unfounded: no sign of fraud")
    question = await asked(desk, member, "Why?")
    member.write("/mine")
    await desk.says(member, "You hold 1")
    member.reply(question, REASON)
    await desk.says(member, "Act by the buttons under a tip")
    assert desk.tip(tip).is_open


async def test_decided_by_another_while_writing_the_reason_stays_and_says_who(desk: DeskHouse) -> None:
    member, lin = await desk.seated("chen", 7), desk.hire("lin", Role.SUPERVISOR)
    tip, card = await claimed(desk, member)
    await desk.press(member, card, "Decide")
    await desk.press(member, await desk.says(member, "which verdict?"), "Unfounded: no sign of fraud")
    question = await asked(desk, member, "Why?")
    await desk.console.release(lin, tip)
    await desk.console.decide(lin, tip, Verdict.PASSED_ON, "To the police.", authority="The police")
    member.reply(question, REASON)
    await desk.says(member, f"lin decided tip {tip} before you (")
    await desk.settled()
    # What was written is not lost: it is still there to be copied.
    assert member.own_left[-1] not in {number for _, number in desk.api.methods.deleted}


async def test_what_is_forwarded_is_no_answer(desk: DeskHouse) -> None:
    member = await desk.seated("chen", 7)
    tip, card = await claimed(desk, member)
    await desk.press(member, card, "Decide")
    await desk.press(member, await desk.says(member, "which verdict?"), "Unfounded: no sign of fraud")
    await asked(desk, member, "Why?")
    member.forward(["Somebody else's words"])
    await desk.says(member, "Write a sentence or two.")
    assert desk.tip(tip).is_open
