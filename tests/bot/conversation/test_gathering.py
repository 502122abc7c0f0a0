"""Several messages in a row are one telling, read once nothing more comes; what cannot wait is not put off by them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.book import Book
from bot.conversation.events import MAX_TEXT, Attached, Attachment, File, Match, Part, Paused, Pressed, Said
from bot.conversation.saved import SavedForm
from bot.conversation.session import Stage
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import RECEIPT, Talk, talk

PAUSE = timedelta(seconds=1.2)
BURST = ("他自称京东客服", "说要关掉金条不然影响征信", "要我把存款转到他给的账户")
GONE = "我刚转了4万8给他们"


@pytest.fixture
def person(book: Book, matcher: Matcher) -> Talk:
    return talk(book, matcher, Language.ZH_HANS, "CN")


def write(person: Talk, text: str, *, place: int = 0, ref: str = "") -> Talk:
    return person.send(Part(Said(text), PAUSE, place=place, ref=ref))


def wait(person: Talk, by: timedelta = PAUSE) -> Talk:
    person.now += by
    return person.send(Paused())


def test_nothing_is_said_until_the_pause_is_over_and_then_all_is_one_telling(person: Talk) -> None:
    for text in BURST:
        assert write(person, text).replies == ()
    wait(person)
    assert person.replies
    assert person.session.report.lines == ("\n".join(BURST),)
    assert len([effect for effect in person.effects if isinstance(effect, Match)]) == 1


def test_the_pause_begins_anew_with_each_message_but_does_not_go_on_for_ever(person: Talk) -> None:
    began = person.now
    for number in range(20):
        write(person, f"第{number}句：他说要我先交钱", place=number)
        person.now += timedelta(seconds=1)
        person.send(Paused())
        if person.replies:
            break
    assert person.now - began <= PAUSE * 5
    assert person.session.report.lines


def test_a_pause_that_ends_too_early_asks_to_be_come_back_to(person: Talk) -> None:
    write(person, BURST[0])
    person.now += timedelta(seconds=1)
    write(person, BURST[1])
    wait(person, timedelta(seconds=0.2))
    assert person.replies == ()
    assert person.due[-1] == person.now + timedelta(seconds=1)
    wait(person, timedelta(seconds=1))
    assert person.session.report.lines == ("\n".join(BURST[:2]),)


def test_what_cannot_wait_is_read_within_one_pause_however_much_follows(person: Talk) -> None:
    write(person, GONE)
    for _ in range(3):
        person.now += timedelta(seconds=0.4)
        write(person, "还有")
    person.send(Paused())
    assert person.replies[0].urgent
    assert "110" in person.text


def test_a_button_pressed_meanwhile_does_not_go_before_what_cannot_wait(person: Talk) -> None:
    turn = person.session.turn
    write(person, GONE)
    person.send(Pressed("kind:check", turn))
    assert person.session.card is Danger.MONEY_GONE
    assert person.session.gathering is None


def test_parts_that_arrive_in_another_order_are_read_as_they_were_written(person: Talk) -> None:
    for place in (2, 0, 1):
        write(person, BURST[place], place=place)
    wait(person)
    assert person.session.report.lines == ("\n".join(BURST),)


def test_words_to_the_bot_do_not_wait(person: Talk) -> None:
    for text in ("?", "帮助", "English", "K7Q2-M9RD-4TXA-7WNE"):
        assert write(person, text).replies, text
        assert person.session.gathering is None


def test_an_answer_that_is_a_yes_does_not_wait(person: Talk) -> None:
    write(person, GONE)
    wait(person)
    person.press("money:called")
    assert person.session.stage is Stage.REVIEW or person.session.stage is Stage.QUESTION


def test_what_was_written_just_before_submitting_belongs_to_the_report(person: Talk) -> None:
    write(person, f"{GONE}，{'，'.join(BURST)}")
    wait(person)
    person.press("money:called")
    write(person, "6217 0001 2345 6789 019 建行 王某某 14:05")
    person.send(Pressed("submit", person.session.turn))
    (filed,) = [effect for effect in person.effects if isinstance(effect, File)]
    assert "王某某" in filed.report.telling
    assert RECEIPT in person.text
    assert wait(person).replies == ()


@pytest.mark.parametrize("end", ["submit", "change:telling"])
def test_once_it_is_filed_or_erased_no_word_of_what_was_written_is_kept(person: Talk, end: str) -> None:
    write(person, f"{GONE}，{'，'.join(BURST)}，他姓欧阳", ref="7")
    wait(person)
    person.press("money:called")
    for button in ("change", end) if end != "submit" else (end,):
        person.send(Pressed(button, person.session.turn))
    kept = json.dumps(SavedForm().dump(person.session), ensure_ascii=False)
    assert "欧阳" not in kept
    assert "影响征信" not in kept


def test_a_life_in_danger_written_just_before_submitting_comes_first(person: Talk) -> None:
    write(person, f"{GONE}，{'，'.join(BURST)}")
    wait(person)
    person.press("money:called")
    write(person, "我不想活了")
    person.send(Pressed("submit", person.session.turn))
    assert not person.filed
    assert person.session.card is Danger.LIFE


def test_an_album_is_answered_once_and_its_words_are_read(person: Talk) -> None:
    for number in range(4):
        caption = "他让我往这个账户转钱 6217 0001 2345 6789 019" if number == 0 else ""
        person.send(Part(Attached(Attachment.PICTURE, caption), PAUSE, place=number))
    wait(person)
    assert person.text.count("图片") == 1
    assert person.session.report.lines == ("他让我往这个账户转钱 6217 0001 2345 6789 019",)


def test_a_message_written_anew_takes_the_place_of_what_it_said(person: Talk) -> None:
    write(person, "他让我转3000元，是个叫欧阳的人", ref="7")
    wait(person)
    write(person, "他让我转5000元，是个叫司徒的人", ref="7")
    wait(person)
    assert person.session.report.lines == ("他让我转5000元，是个叫司徒的人",)
    assert [fact.shown for fact in person.session.report.facts if fact.minor] == ["5000元"]


def test_a_message_written_anew_before_it_was_read_is_read_once(person: Talk) -> None:
    write(person, "他让我转3000元", ref="7")
    write(person, "他让我转5000元", ref="7")
    wait(person)
    assert person.session.report.lines == ("他让我转5000元",)


def test_more_than_fits_one_message_is_refused_as_one_and_nothing_is_kept(person: Talk) -> None:
    for place in range(5):
        write(person, "长" * 4096 if place < 4 else "长", place=place)
    wait(person)
    assert str(MAX_TEXT) in person.text
    assert str(MAX_TEXT + 1) in person.text
    assert person.session.report.lines == ()


def test_who_erases_erases_what_waits_too(person: Talk) -> None:
    write(person, BURST[0])
    wait(person)
    write(person, BURST[1])
    person.send(Pressed("erase"))
    assert person.session.gathering is None
    assert wait(person).replies == ()


def test_without_a_pause_a_part_is_read_at_once(person: Talk) -> None:
    person.send(Part(Said(GONE), timedelta(0)))
    assert person.replies[0].urgent


@pytest.mark.parametrize("flag", ["", "quiet", "minor"])
def test_no_notice_is_written_for_who_could_be_harmed_by_it(person: Talk, flag: str) -> None:
    person.press("kind:check")
    person.say("邻居问我借一把梯子 周末还 我有点不放心 想问问")
    person.session = replace(person.session, quiet=flag == "quiet", minor=flag == "minor")
    person.send(Pressed("watch"))
    (filed,) = person.filed
    assert bool(filed.notice) is not bool(flag)
