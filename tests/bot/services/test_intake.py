"""A message's way in: committed once and only then answered, whatever happens beside it."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation.events import Pressed, Said
from bot.services import effects, flooding
from bot.services.exchange import Delivered, Incoming
from bot.services.loading import Loaded, Loader
from bot.services.tipbox import TipBox
from storage import claims, messages, outbox, queueing, retention, sessions, tips, withdrawals
from storage.database import Transaction
from storage.errors import StorageFull
from storage.queueing import QueueFilter
from storage.sealing import ReceiptKey, seal_to_receipt
from storage.tips import TipState
from tests.bot.services.conftest import TELLING, Service, receipt_in


def filed(service: Service) -> list[tips.Tip]:
    every = QueueFilter(states=frozenset(TipState))
    return list(service.database.read_now(lambda t: queueing.queue(t, every)).tips)


async def test_a_report_becomes_one_sealed_tip_that_only_staff_can_open(service: Service) -> None:
    await service.file()
    (tip,) = await asyncio.to_thread(filed, service)
    sealed = service.database.read_now(lambda t: tips.content(t, tip.id))
    assert sealed is not None
    box = TipBox.from_bytes(service.staff.open(sealed))
    assert box.telling == (TELLING,)
    assert all(box.text[seen.start : seen.end] == seen.text for seen in box.observables)
    assert "4万8" in [seen.text for seen in box.observables]
    assert tip.kind == "cheated"
    assert tip.dangers == ("money-gone",)


async def test_the_same_update_twice_files_once(service: Service) -> None:
    await service.say(TELLING)
    first = await service.press("money:called")
    submit = Pressed("submit", first.screen.turn)
    once, again = await asyncio.gather(service.send(submit, update="the-same"), service.send(submit, update="the-same"))
    assert {once.repeated, again.repeated} == {False, True}
    assert len(filed(service)) == 1


async def test_a_double_tap_with_two_updates_files_once(service: Service) -> None:
    await service.say(TELLING)
    first = await service.press("money:called")
    submit = Pressed("submit", first.screen.turn)
    await asyncio.gather(service.send(submit), service.send(submit))
    assert len(filed(service)) == 1


async def test_of_many_who_write_at_once_few_are_at_work_and_all_are_answered(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, inside, most = Loader.load, 0, 0

    async def counted(*arguments: Any, **named: Any) -> Loaded:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        try:
            await asyncio.sleep(0.01)
            return await load(*arguments, **named)
        finally:
            inside -= 1

    monkeypatch.setattr(Loader, "load", counted)
    answered = await asyncio.gather(
        *(
            service.intake.receive(Incoming("web", f"person {number}", f"u{number}", Said(TELLING), "zh-CN"))
            for number in range(40)
        )
    )
    assert all(one.kept and one.screen.replies for one in answered)
    assert 1 < most <= 8


async def test_messages_that_come_at_once_in_two_processes_are_all_kept(service: Service) -> None:
    other = service.make()
    here = service.intake
    lines = [f"第{number}句：他说要我先交钱" for number in range(12)]

    async def send(number: int, line: str) -> None:
        service.intake = other if number % 2 else here
        await service.say(line)

    await asyncio.gather(*(send(number, line) for number, line in enumerate(lines)))
    service.intake = here
    screen = await service.intake.view("web", "someone", "zh-CN")
    mine = [line.text for line in screen.history.lines if line.mine]
    assert sorted(mine) == sorted(lines)


async def test_a_half_told_report_survives_a_restart(service: Service) -> None:
    await service.say(TELLING)
    service.restart()
    screen = await service.intake.view("web", "someone", "zh-CN")
    assert any(line.text == TELLING for line in screen.history.lines)
    assert screen.replies[0].urgent


async def test_who_comes_back_later_is_offered_to_go_on_without_a_word_of_it_on_the_screen(service: Service) -> None:
    await service.say(TELLING)
    service.clock.move(timedelta(hours=2))
    screen = await service.intake.view("web", "someone", "zh-CN")
    assert screen.history.lines == ()
    assert [button.id for button in screen.replies[0].buttons] == ["resume", "restart"]
    gone_on = await service.press("resume")
    assert gone_on.screen.replies[0].urgent


async def test_a_half_told_report_expires_silently(service: Service) -> None:
    await service.say(TELLING)
    service.clock.move(timedelta(days=4))
    kept = retention.Retention()
    await service.database.write(lambda t: retention.sweep(t, now=service.clock(), retention=kept))
    screen = await service.intake.view("web", "someone", "zh-CN")
    assert screen.history.lines == ()
    assert any(button.id == "kind:cheated" for button in screen.replies[0].buttons)


async def test_a_receipt_waits_until_it_was_seen_and_is_then_erased(service: Service) -> None:
    receipt = await service.file()
    for _ in range(2):
        screen = await service.intake.view("web", "someone", "zh-CN")
        assert any(receipt in reply.text for reply in screen.once)
        assert not any(receipt in line.text for line in screen.history.lines)
    await service.say("还有一件事")
    screen = await service.intake.view("web", "someone", "zh-CN")
    assert screen.once == ()
    pseudonym = service.citizens.conversation_pseudonym("web", "someone")
    assert service.database.read_now(lambda t: outbox.waiting(t, service.citizens, pseudonym)) == ()


async def test_a_form_from_another_tab_does_not_take_away_a_receipt_that_nobody_saw(service: Service) -> None:
    await service.say(TELLING)
    first = await service.press("money:called")
    submit = Pressed("submit", first.screen.turn)
    receipt = receipt_in(await service.send(submit))
    await service.send(submit)
    old_page = Incoming("web", "someone", "old", Said("有人吗"), "zh-CN", "192.0.2.7", turn=first.screen.turn)
    await service.intake.receive(old_page)
    screen = await service.intake.view("web", "someone", "zh-CN")
    assert any(receipt in reply.text for reply in screen.once)
    await service.press("help")
    assert (await service.intake.view("web", "someone", "zh-CN")).once == ()


async def test_a_receipt_that_could_not_be_looked_up_stands_in_no_session(service: Service) -> None:
    receipt = await service.file()
    for number in range(6):
        await service.say(f"AAAA-BBBB-CCCC-111{number}", conversation="guesser")
    await service.say(receipt, conversation="guesser")
    assert receipt not in saved(service, "guesser")


@pytest.mark.parametrize("where", ["someone", "elsewhere"])
async def test_a_withdrawal_takes_the_script_out_of_the_session_it_was_told_in(service: Service, where: str) -> None:
    receipt = await service.file()
    assert "4万8" in saved(service, "someone")
    await service.say(receipt, conversation=where)
    await service.press("receipt:withdraw", conversation=where)
    gone = await service.press("withdraw:yes", conversation=where)
    assert gone.kept
    assert "4万8" not in saved(service, "someone")


def saved(service: Service, conversation: str) -> str:
    pseudonym = service.citizens.conversation_pseudonym("web", conversation)
    body = service.database.read_now(lambda t: sessions.load(t, service.citizens, pseudonym)).body
    return "" if body is None else json.dumps(json.loads(body), ensure_ascii=False)


async def test_a_receipt_opens_from_another_channel_and_shows_what_staff_asked(service: Service) -> None:
    receipt = await service.file()
    (tip,) = filed(service)
    assert tip.receipt_public is not None
    question = seal_to_receipt(tip.receipt_public, "对方叫什么？".encode())
    now = service.clock()

    def ask(t: Transaction) -> None:
        claims.claim(t, tip.id, by="ana", now=now)
        messages.ask(t, tip.id, by="ana", for_reporter=question, for_staff=b"x", now=now)

    await service.database.write(ask)
    shown = await service.say(receipt.lower().replace("-", " "), conversation="elsewhere")
    assert "对方叫什么？" in shown.screen.replies[-1].text
    await service.press("receipt:answer", conversation="elsewhere")
    await service.say("叫王经理", conversation="elsewhere")
    waiting = service.database.read_now(lambda t: messages.unanswered(t, tip.id))
    assert waiting == ()
    answers = [m for m in service.database.read_now(lambda t: messages.of_tip(t, tip.id)) if m.kind == "answer"]
    assert answers[0].for_staff is not None
    assert service.staff.open(answers[0].for_staff).decode() == "叫王经理"


async def test_a_wrong_receipt_costs_the_same_work_and_gets_the_same_answer(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = await service.file()
    derived: list[str] = []
    derive = ReceiptKey.derive.__func__  # type: ignore[attr-defined]  # the function under the class method

    def counting(cls: type[ReceiptKey], code: str, parameters: bytes) -> ReceiptKey:
        derived.append(code)
        key: ReceiptKey = derive(cls, code, parameters)
        return key

    monkeypatch.setattr(ReceiptKey, "derive", classmethod(counting))
    await service.say(receipt, conversation="holder")
    assert len(derived) == 1
    answers = set()
    for guess in ("AAAA-BBBB-CCCC-1111", receipt[:-1] + ("0" if receipt[-1] != "0" else "1")):
        wrong = await service.say(guess, conversation="guesser")
        answers.add(tuple(reply.text for reply in wrong.screen.replies))
    assert len(derived) == 3
    assert len(answers) == 1


async def test_guessing_receipts_is_stopped(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "SHARED", 1)
    said = [await service.say(f"AAAA-BBBB-CCCC-111{number}", conversation="guesser") for number in range(7)]
    assert said[4].screen.replies[0].text != said[5].screen.replies[0].text
    # A new conversation from the same place is the same guesser.
    other = await service.say("AAAA-BBBB-CCCC-1119", conversation="guesser-again")
    assert other.screen.replies[0].text == said[6].screen.replies[0].text


async def test_withdrawing_erases_the_content_within_a_day_and_keeps_state_and_dates(service: Service) -> None:
    receipt = await service.file()
    (tip,) = filed(service)
    await service.database.write(lambda t: claims.claim(t, tip.id, by="ana", now=service.clock()))
    await service.say(receipt)
    await service.press("receipt:withdraw")
    await service.press("withdraw:yes")
    service.clock.move(timedelta(hours=23))
    kept = retention.Retention()
    await service.database.write(lambda t: retention.sweep(t, now=service.clock(), retention=kept))
    (after,) = filed(service)
    assert after.state is TipState.WITHDRAWN
    assert after.filed_at == tip.filed_at
    assert service.database.read_now(lambda t: tips.content(t, tip.id)) is None
    notices = service.database.read_now(lambda t: withdrawals.notices(t, "ana"))
    assert [notice.tip for notice in notices] == [tip.id]


async def test_what_is_said_after_filing_becomes_an_addition(service: Service) -> None:
    await service.file()
    await service.say("对了，他们还有一个QQ：12345678")
    (tip,) = filed(service)
    (addition,) = service.database.read_now(lambda t: messages.of_tip(t, tip.id))
    assert addition.kind == "addition"
    assert addition.for_staff is not None
    assert "12345678" in service.staff.open(addition.for_staff).decode()


async def test_a_full_disk_is_not_acknowledged_and_the_last_committed_session_stands(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await service.say(TELLING)
    before = await service.intake.view("web", "someone", "zh-CN")
    save = sessions.save

    def full(*arguments: object, **named: object) -> int:
        raise StorageFull

    monkeypatch.setattr(sessions, "save", full)
    refused = await service.send(Said("还有更多"), update="retried")
    assert not refused.kept
    assert refused.screen.replies[0].text
    assert (await service.intake.view("web", "someone", "zh-CN")).turn == before.turn
    monkeypatch.setattr(sessions, "save", save)
    assert (await service.send(Said("还有更多"), update="retried")).kept


async def test_a_flood_is_told_to_wait_and_nothing_filed_is_lost(service: Service) -> None:
    await service.file()
    said = [await service.say("又一句") for _ in range(70)]
    assert not said[-1].kept
    assert len(filed(service)) == 1


async def test_new_conversations_from_one_address_are_counted_together(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flooding, "SHARED", 1)
    said = [await service.say("喂，在吗，有人吗", conversation=f"someone-{number}") for number in range(61)]
    assert [delivered.kept for delivered in said[-2:]] == [True, False]


async def test_once_filed_the_session_holds_no_word_of_the_telling_nor_of_what_came_after(service: Service) -> None:
    await service.say("他说他姓欧阳，是他们公司的财务")
    await service.file()
    await service.say("对了，他还有一个叫诸葛的同伙")
    pseudonym = service.citizens.conversation_pseudonym("web", "someone")
    saved = service.database.read_now(lambda t: sessions.load(t, service.citizens, pseudonym))
    assert saved.body is not None
    kept = json.dumps(json.loads(saved.body), ensure_ascii=False)
    for word in ("欧阳", "影响征信", "诸葛"):
        assert word not in kept
    script = await service.press("script")
    assert "4.8 万" in script.screen.replies[0].text


async def test_what_staff_wrote_is_in_no_session(service: Service) -> None:
    receipt = await service.file()
    (tip,) = filed(service)
    assert tip.receipt_public is not None
    question = seal_to_receipt(tip.receipt_public, "那个司徒经理是谁？".encode())
    now = service.clock()

    def ask(t: Transaction) -> None:
        claims.claim(t, tip.id, by="ana", now=now)
        messages.ask(t, tip.id, by="ana", for_reporter=question, for_staff=b"x", now=now)

    await service.database.write(ask)
    shown = await service.say(receipt, conversation="elsewhere")
    assert "司徒" in shown.screen.replies[-1].text
    pseudonym = service.citizens.conversation_pseudonym("web", "elsewhere")
    saved = service.database.read_now(lambda t: sessions.load(t, service.citizens, pseudonym))
    assert saved.body is not None
    assert "司徒" not in json.dumps(json.loads(saved.body), ensure_ascii=False)


async def test_the_quick_way_out_leaves_no_session_and_no_unsent_word(service: Service) -> None:
    receipt = await service.file()
    cleared = await service.press("exit")
    assert cleared.cleared
    screen = await service.intake.view("web", "someone", "zh-CN")
    assert screen.history.lines == ()
    assert screen.once == ()
    # What was filed stays filed.
    assert opens(await service.say(receipt, conversation="elsewhere"))


def opens(delivered: Delivered) -> bool:
    return any(button.id == "receipt:withdraw" for reply in delivered.screen.replies for button in reply.buttons)


async def test_no_word_of_a_telling_stands_in_the_database_in_the_clear(service: Service) -> None:
    marker = "独特的标记词语"
    await service.say(f"{TELLING} {marker}")
    await service.press("money:called")
    await service.send(Said("提交"))
    await service.say(f"补充 {marker}")
    written = service.written()
    for encoded in (marker.encode(), marker.encode("utf-16-le"), marker.encode("unicode_escape")):
        assert encoded not in written


async def test_a_session_of_another_release_begins_anew_instead_of_failing(service: Service) -> None:
    pseudonym = service.citizens.conversation_pseudonym("web", "someone")
    await service.database.write(
        lambda t: sessions.save(
            t, service.citizens, pseudonym, b'{"version": 999, "session": {}}', expected=0, now=service.clock()
        )
    )
    said = await service.say(TELLING)
    assert said.kept
    assert said.screen.replies[0].urgent
    assert (await service.intake.view("web", "someone", "zh-CN")).turn == 1
