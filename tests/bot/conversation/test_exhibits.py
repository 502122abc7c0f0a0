"""What is sent that is no text: fetched once it may be, spoken of once it is here, and what was read off it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.book import Book
from bot.conversation.events import (
    MAX_FILE,
    Add,
    Attached,
    Attachment,
    Brought,
    Drop,
    Effect,
    Fetch,
    File,
    Handle,
    Item,
    Keep,
    LookedUp,
    Match,
    OpenedTip,
    Part,
    Paused,
    Pressed,
    Said,
    Unkept,
    Wait,
)
from bot.conversation.exhibits import MOST, refuses_pictures
from bot.conversation.saved import SavedForm
from bot.conversation.session import Stage
from knowledge.dangers import Danger
from knowledge.language import Language
from knowledge.matching import Matcher
from tests.bot.conversation.shell import NOON, Talk, talk

PAUSE = timedelta(seconds=1)
GONE = "我刚转了4万8给他们，他自称京东客服，说要关掉金条不然影响征信"
SHOT = "您的包裹因地址不完整被扣，请在12小时内点击链接补缴运费，否则退回"
CHILD = "我15岁 他有我的裸照 说不给钱就发给全班"
EXTORTED = "他录了我和他裸聊的视频，说不转5000元就群发给我的通讯录好友"
PICTURE, VOICE, FILE = Attachment.PICTURE, Attachment.VOICE, Attachment.FILE


@pytest.fixture
def person(book: Book, matcher: Matcher) -> Talk:
    return talk(book, matcher, Language.ZH_HANS, "CN")


def send(person: Talk, name: str, what: Attachment = PICTURE, caption: str = "", *, size: int | None = 1000) -> Talk:
    return person.send(Attached(what, caption, Handle(name, f"by-{name}", size)))


def bring(
    person: Talk, name: str, words: str = "", *, what: Attachment = PICTURE, unkept: Unkept | None = None
) -> Talk:
    return person.send(Brought((Item(name, what, unkept, words),), fetched=True))


def asked(person: Talk, kind: type[Effect]) -> list[Effect]:
    return [effect for effect in person.effects if isinstance(effect, kind)]


def test_a_picture_alone_is_fetched_and_the_screen_stays_as_it_is(person: Talk) -> None:
    turn = person.session.turn
    send(person, "a")
    assert asked(person, Fetch) == [Fetch(PICTURE, Handle("a", "by-a", 1000))]
    assert person.text == "收到，稍等一下。"
    assert person.session.turn == turn


def test_what_was_read_is_told_and_matched_and_quoted(person: Talk) -> None:
    send(person, "a")
    bring(person, "a", SHOT)
    assert asked(person, Keep) == [Keep("a")]
    assert person.session.report.lines == (SHOT,)
    assert person.session.report.pictured == (SHOT,)
    read, _, warning = person.text.partition("骗局")
    assert SHOT in read
    assert any(f"“{words}" in warning for words in ("您的包裹", "请在12小时内", "补缴运费", "点击链接"))


def test_what_stands_in_a_pdf_is_told_and_matched_too(person: Talk) -> None:
    send(person, "a", FILE)
    bring(person, "a", SHOT, what=FILE)
    assert person.session.report.lines == (SHOT,)
    assert "文件里我读到" in person.text
    assert "骗局" in person.text


def test_what_cannot_wait_is_seen_on_a_picture_too(person: Talk) -> None:
    send(person, "a")
    bring(person, "a", GONE)
    assert person.session.card is Danger.MONEY_GONE
    assert any(reply.urgent for reply in person.replies)


def test_words_on_a_picture_are_no_word_to_the_bot_and_no_answer(person: Talk) -> None:
    person.say(f"{GONE}，他要我别告诉家人")
    person.press("money:called")
    stage, question = person.session.stage, person.session.question
    for number, word in enumerate(("提交", "快速退出", "English", "7777-8888-9999-0000", "不是")):
        send(person, f"{number}")
        bring(person, f"{number}", word)
        assert person.session.report.lines[-1] == word
        assert not person.filed
        assert person.session.language is Language.ZH_HANS
    assert (person.session.stage, person.session.question) == (stage, question)


def test_a_receipt_on_a_picture_is_not_kept_nor_said_back(person: Talk) -> None:
    send(person, "a")
    bring(person, "a", "回执码 K7Q2-M9RD-4TXA-7WNE，只显示这一次")
    assert "K7Q2" not in person.text
    assert "K7Q2" not in person.session.report.telling


def test_without_a_reader_people_read_and_it_can_be_filed_without_a_word(person: Talk) -> None:
    send(person, "a")
    bring(person, "a")
    assert "会有人看" in person.text
    assert person.session.stage is Stage.TELL
    person.press("submit")
    (filed,) = person.filed
    assert filed.exhibits
    assert filed.report.lines == ()


@pytest.mark.parametrize(
    ("what", "sentence"), [(VOICE, "会有人听"), (Attachment.VIDEO, "会有人听"), (FILE, "会有人看")]
)
def test_recordings_and_files_are_kept_and_people_will_hear_and_read_them(
    person: Talk, what: Attachment, sentence: str
) -> None:
    send(person, "a", what)
    bring(person, "a", what=what)
    assert sentence in person.text
    assert asked(person, Keep) == [Keep("a")]


@pytest.mark.parametrize("why", [Unkept.TOO_BIG, Unkept.EMPTY, Unkept.UNSUPPORTED, Unkept.LOST, Unkept.TOO_MANY])
def test_what_is_not_kept_is_said_and_nothing_else_changes(person: Talk, why: Unkept) -> None:
    person.say(GONE)
    before = person.session
    send(person, "a")
    bring(person, "a", unkept=why)
    assert len(person.replies) == 1
    assert asked(person, Keep) == []
    assert person.session == before


def test_words_beside_it_are_answered_and_not_put_off_by_it(person: Talk) -> None:
    send(person, "a", caption=GONE)
    assert person.session.card is Danger.MONEY_GONE
    assert asked(person, Fetch)


def test_too_large_a_file_is_not_fetched(person: Talk) -> None:
    send(person, "a", FILE, size=MAX_FILE + 1)
    assert "20 MB" in person.text
    assert asked(person, Fetch) == []


def test_more_than_fit_one_report_are_not_fetched(person: Talk) -> None:
    for number in range(MOST + 1):
        send(person, f"{number}")
    assert str(MOST) in person.text
    assert len(asked(person, Fetch)) == MOST


def test_the_same_file_is_fetched_once(person: Talk) -> None:
    send(person, "a")
    send(person, "a")
    bring(person, "a")
    send(person, "a")
    assert len(asked(person, Fetch)) == 1


@pytest.mark.parametrize("words", [CHILD, EXTORTED])
@pytest.mark.parametrize("what", [PICTURE, Attachment.VIDEO, FILE])
def test_where_pictures_may_be_intimate_none_is_fetched(person: Talk, words: str, what: Attachment) -> None:
    send(person, "a", what, words)
    assert refuses_pictures(person.session)
    assert asked(person, Fetch) == []
    assert "请别在这里发图片" in person.text


def test_where_a_card_comes_first_what_was_told_is_matched_for_the_picture_alone(person: Talk) -> None:
    send(person, "a", caption=f"{EXTORTED}，我已经转了3000元给他")
    assert person.session.card is Danger.MONEY_GONE
    assert asked(person, Fetch) == []
    assert "请别在这里发图片" in person.text
    assert any(reply.urgent for reply in person.replies)


def test_words_that_come_in_the_same_burst_forbid_the_picture_before_them(person: Talk) -> None:
    person.send(Part(Attached(PICTURE, "", Handle("a", "by-a")), PAUSE, place=1))
    person.send(Part(Said(CHILD), PAUSE, place=2))
    person.now += PAUSE
    person.send(Paused())
    assert asked(person, Fetch) == []
    assert "请别在这里发图片" in person.text


def test_what_is_on_its_way_is_not_kept_once_it_is_known_that_it_may_be_intimate(person: Talk) -> None:
    send(person, "a")
    person.say(EXTORTED)
    assert "请别在这里发图片" in person.text
    bring(person, "a", "看到了什么")
    assert asked(person, Keep) == []
    assert person.replies == ()
    assert "看到了什么" not in person.session.report.telling


def test_of_a_child_what_was_kept_is_erased(person: Talk) -> None:
    send(person, "a")
    bring(person, "a")
    person.say(CHILD)
    assert asked(person, Drop) == [Drop()]
    assert "之前发的都已删除" in person.text
    assert person.session.exhibits.kept == ()


def test_a_picture_that_says_it_is_of_a_child_is_not_kept_and_its_words_neither(person: Talk) -> None:
    send(person, "a")
    bring(person, "a", "I am 14, he says he will send my nudes to my school")
    assert asked(person, Keep) == []
    assert person.session.report.lines == ()
    assert "请别在这里发图片" in person.text


def test_a_voice_may_still_tell(person: Talk) -> None:
    person.say(CHILD)
    send(person, "a", VOICE)
    bring(person, "a", what=VOICE)
    person.say("他叫我小王")
    assert asked(person, Keep) == [Keep("a")]
    assert asked(person, Drop) == []


def test_an_album_is_spoken_of_once(person: Talk) -> None:
    for number in range(4):
        person.send(Part(Attached(PICTURE, "", Handle(f"{number}", "x")), PAUSE, place=number))
    person.now += PAUSE
    person.send(Paused())
    assert person.text == "收到，稍等一下。"
    for number in range(3):
        bring(person, f"{number}", f"第{number}句：他自称京东客服，要我转账")
        assert person.replies == ()
    bring(person, "3", "说不转就影响征信")
    assert person.session.report.lines == (
        "第0句：他自称京东客服，要我转账\n第1句：他自称京东客服，要我转账\n第2句：他自称京东客服，要我转账\n说不转就影响征信",
    )


def test_those_that_are_here_do_not_wait_long_for_the_others(person: Talk) -> None:
    send(person, "a")
    send(person, "b")
    bring(person, "a", SHOT)
    assert person.replies == ()
    (wait,) = asked(person, Wait)
    assert isinstance(wait, Wait)
    person.now = wait.until
    person.send(Paused())
    assert person.session.report.telling == SHOT
    bring(person, "b", "客服电话400-123-4567")
    assert person.session.report.telling == f"{SHOT}\n客服电话400-123-4567"


def test_what_cannot_wait_waits_for_no_other_picture(person: Talk) -> None:
    send(person, "a")
    send(person, "b")
    bring(person, "a", GONE)
    assert person.session.card is Danger.MONEY_GONE


@pytest.mark.parametrize("way", ["exit", "erase", "restart"])
def test_who_gives_up_gives_up_what_was_sent_and_what_is_on_its_way(person: Talk, way: str) -> None:
    person.say("邻居问我借一把梯子 周末还 我有点不放心 想问问")
    send(person, "a")
    bring(person, "a")
    send(person, "b")
    person.send(Pressed(way))
    assert way == "exit" or Drop() in person.effects
    before = len(person.effects)
    bring(person, "b", SHOT)
    assert person.replies == ()
    assert person.effects[before:] == []


def test_the_telling_told_anew_begins_without_the_pictures_of_before(person: Talk) -> None:
    person.say(GONE)
    person.press("money:called")
    send(person, "a")
    bring(person, "a", SHOT)
    person.session = replace(person.session, stage=Stage.CHANGE)
    person.send(Pressed("change:telling", person.session.turn))
    assert Drop() in person.effects
    assert person.session.report.pictured == ()


def test_what_arrives_after_the_filing_is_added_to_that_report(person: Talk) -> None:
    person.say(GONE)
    person.press("money:called")
    send(person, "a")
    person.send(Pressed("submit", person.session.turn))
    (filed,) = asked(person, File)
    assert isinstance(filed, File)
    person.send(Pressed("new", person.session.turn))
    bring(person, "a", SHOT)
    assert Keep("a", "TIP-1") in person.effects
    (added,) = asked(person, Add)
    assert isinstance(added, Add)
    assert added.tip == "TIP-1"
    assert SHOT in added.text
    assert person.session.report.lines == ()


def test_a_picture_can_answer_what_staff_ask(person: Talk) -> None:
    person.send(Said("K7Q2-M9RD-4TXA-7WNE"))
    person.send(LookedUp(OpenedTip("TIP-9", NOON, "waiting", asks=True)))
    person.send(Pressed("receipt:answer", person.session.turn))
    send(person, "a")
    bring(person, "a")
    assert Keep("a", "TIP-9") in person.effects
    (added,) = asked(person, Add)
    assert added == Add("TIP-9", "（一张图片）", answer=True)


def test_what_is_sent_in_a_form_of_its_own_needs_no_fetching(person: Talk) -> None:
    items = (Item("a", PICTURE, words=SHOT), Item("b", FILE), Item("c", FILE, Unkept.UNSUPPORTED))
    person.send(Brought(items))
    assert asked(person, Keep) == [Keep("a"), Keep("b")]
    assert "这个都不是" in person.text
    assert person.session.report.lines == (SHOT,)
    person.send(Brought((Item("a", PICTURE, words=SHOT),)))
    assert "已经有了" in person.text


def test_it_is_matched_for_the_telling_as_ever(person: Talk) -> None:
    send(person, "a")
    bring(person, "a", SHOT)
    assert [effect for effect in person.effects if isinstance(effect, Match)] == [Match(SHOT)]


def test_a_session_with_files_is_kept_and_read_again(person: Talk) -> None:
    send(person, "a")
    send(person, "b", VOICE)
    bring(person, "a", SHOT)
    form = SavedForm()
    assert form.load(form.dump(person.session)) == person.session
