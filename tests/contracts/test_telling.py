"""What holds in every channel on the way to a report: the same facts, unchanged, over terminal and web chat."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.conversation.events import MAX_TEXT
from tests.contracts.channel import TELLING, Channel, Open, Shown
from tests.contracts.house import House

TAG = "zh-CN"
PAYEE = "银行转账 6217 0001 2345 6789 019 建行 王某某 14:05"
HOSTILE = "<script>alert(1)</script><b onclick='x'>'); DROP TABLE tip; --</b> \u202egnp.evil\u202c 收款人"


@dataclass(frozen=True)
class Words:
    """A full telling, and the labels on the way to its receipt."""

    tag: str
    telling: str
    payee: str
    first: str
    called: str
    submit: str


TOLD = (
    Words(TAG, TELLING, PAYEE, "110", "打过了", "提交"),
    Words(
        "zh-TW",
        "我被騙了，有人自稱客服，說要幫我解除分期付款，叫我去ATM操作，匯了29987元出去",
        "銀行轉帳 台灣銀行 004 帳號 123456789012 王小明 14:05",
        "165",
        "打過了",
        "送出",
    ),
    Words(
        "en-GB",
        "Someone rang saying they were my bank's fraud team and I moved £4,800 to a safe account 20 minutes ago",
        "by bank transfer, sort code 20-00-00, account 12345678, at 14:05",
        "159",
        "I've called",
        "Submit",
    ),
)


@pytest.mark.parametrize("words", TOLD, ids=lambda words: words.tag)
def test_what_cannot_wait_is_said_before_anything_is_asked_or_explained(opened: Open, words: Words) -> None:
    shown = opened(words.tag).say(words.telling)
    assert words.first in shown.replies[0]
    assert re.search(r"^1\. |^\S", shown.replies[0])
    assert words.called in shown.buttons
    assert not {"跳过", "略過", "Skip"} & set(shown.buttons)


@pytest.mark.parametrize("words", TOLD, ids=lambda words: words.tag)
def test_a_full_telling_is_at_most_three_taps_from_its_receipt(opened: Open, words: Words) -> None:
    channel = opened(words.tag)
    shown = channel.say(words.telling)
    taps = 0
    for label in (words.called, words.submit):
        if label == words.submit and label not in shown.buttons:
            shown = channel.say(words.payee)
        shown = channel.press(label)
        taps += 1
    assert shown.has_receipt
    assert taps <= 3


def test_the_ways_for_what_cannot_wait_stand_on_every_screen_until_it_is_filed(opened: Open) -> None:
    channel = opened(TAG)
    urgent = ("钱转出去了", "有人有危险", "有人盯着我")
    screens = [
        channel.look(),
        channel.say(TELLING),
        channel.press("打过了"),
        channel.say(PAYEE),
        channel.press("改一下"),
    ]
    assert all(set(urgent) <= set(shown.standing) for shown in screens)
    channel.press("返回")
    filed = channel.press("提交")
    assert not set(urgent) & set(filed.standing)
    assert "快速退出" in filed.standing


def test_a_way_for_what_cannot_wait_shows_its_card_from_the_first_screen(opened: Open) -> None:
    shown = opened(TAG).press("钱转出去了")
    assert "110" in shown.replies[0]
    assert "打过了" in shown.buttons


def test_a_button_of_a_screen_that_was_left_behind_does_nothing(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    channel.press("打过了")
    channel.say(PAYEE)
    behind = channel.beside()
    shown = channel.press("改一下")
    before = house.count_tips()
    told = behind.press("提交")
    assert house.count_tips() == before
    assert not told.has_receipt
    assert told.buttons == shown.buttons


def test_two_windows_tell_one_report(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    other = channel.beside()
    channel.press("打过了")
    other.say(PAYEE)
    channel.say("对方的微信号是 wxid_feather7731")
    receipt = channel.press("提交").receipt
    assert set(house.box(receipt).telling) == {TELLING, PAYEE, "对方的微信号是 wxid_feather7731"}


def test_another_persons_conversation_shows_nothing_of_it(opened: Open) -> None:
    opened(TAG).say(TELLING)
    assert "京东" not in opened(TAG).look().everything


def test_the_language_changes_on_the_way_and_nothing_is_lost(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    channel.press("打过了")
    shown = channel.speak("English")
    assert "Money has left" in shown.standing
    assert not any(_is_chinese(label) for label in shown.buttons)
    channel.say(PAYEE)
    receipt = channel.press("Submit").receipt
    assert house.box(receipt).telling == (TELLING, PAYEE)


def test_who_stops_may_keep_what_was_told_and_finds_it_again(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    asked = channel.press("打过了")
    stopping = channel.say("不说了")
    assert {"留着", "删掉"} <= set(stopping.buttons), stopping.buttons
    channel.press("留着")
    assert channel.look().buttons == asked.buttons
    channel.say(PAYEE)
    receipt = channel.press("提交").receipt
    assert house.box(receipt).telling == (TELLING, PAYEE)


def test_who_stops_and_erases_finds_nothing_again(opened: Open) -> None:
    channel = opened(TAG)
    beginning = channel.look()
    channel.say(TELLING)
    channel.press("打过了")
    channel.say("不说了")
    channel.press("删掉")
    assert "京东" not in channel.look().everything
    channel.say("你好")
    assert channel.look().buttons == beginning.buttons


def test_who_returns_after_an_hour_is_offered_to_go_on_and_nothing_told_stands_there(opened: Open) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    reached = channel.press("打过了")
    channel.pass_an_hour()
    shown = channel.look()
    assert len(shown.buttons) == 2
    for told in ("4万8", "京东", "金条", "征信"):
        assert told not in shown.everything
    assert channel.press(shown.buttons[0]).buttons == reached.buttons


def test_what_was_half_told_survives_the_end_of_the_process(
    channel_name: str, ended: Callable[[str], tuple[Channel, Shown]], house: House
) -> None:
    channel, reached = ended(channel_name)
    assert channel.look().buttons == reached.buttons
    channel.say(PAYEE)
    receipt = channel.press("提交").receipt
    assert house.box(receipt).telling == (TELLING, PAYEE)


def test_the_quick_way_out_leaves_nothing_to_come_back_to(opened: Open) -> None:
    channel = opened(TAG)
    beginning = channel.look()
    channel.say(TELLING)
    channel.press("打过了")
    other = channel.beside()
    channel.leave()
    for shown in (channel.look(), other.look()):
        assert shown.buttons == beginning.buttons
        assert "京东" not in shown.everything
        assert "金条" not in shown.everything


def test_signs_of_html_and_sql_and_turned_text_come_back_as_text_and_are_kept_as_written(
    opened: Open, house: House
) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    channel.press("打过了")
    channel.say(PAYEE)
    channel.press("改一下")
    channel.press("付给谁")
    shown = channel.say(HOSTILE)
    assert "<script>alert(1)</script><b onclick='x'>'); DROP TABLE tip; --</b>" in shown.text
    assert not [sign for sign in shown.text if unicodedata.bidirectional(sign) in _TURNING]
    filed = channel.press("提交")
    assert HOSTILE in house.box(filed.receipt).telling


@pytest.mark.parametrize("nothing", ["😀😀", "...", "\u200b\u202e", "\x00\x1b[2J\x07 ", "—— ？！"])
def test_what_holds_no_words_is_answered_and_changes_nothing(opened: Open, nothing: str) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    reached = channel.press("打过了")
    shown = channel.say(nothing)
    assert shown.text
    assert shown.buttons == reached.buttons


def test_a_message_too_long_is_refused_with_the_reason_and_nothing_is_lost(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    reached = channel.press("打过了")
    long = "长" * (MAX_TEXT + 1)
    shown = channel.say(long)
    assert str(MAX_TEXT) in shown.text
    assert shown.buttons == reached.buttons
    assert shown.draft == (long if channel.has_a_box else "")
    channel.say(PAYEE)
    receipt = channel.press("提交").receipt
    assert house.box(receipt).telling == (TELLING, PAYEE)


def test_a_message_of_just_the_longest_length_is_taken(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.press("我被骗了")
    long = (TELLING + "，" + "他们又说" * MAX_TEXT)[:MAX_TEXT]
    shown = channel.say(long)
    assert str(MAX_TEXT) not in shown.text
    assert "打过了" in shown.buttons


def test_what_is_like_nothing_known_is_never_called_safe(opened: Open) -> None:
    channel = opened(TAG)
    channel.press("这是不是骗局？")
    shown = channel.say("邻居问我借一把梯子 周末还")
    assert "不等于安全" in shown.text


def test_help_is_given_and_the_screen_stays(opened: Open) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    reached = channel.press("打过了")
    shown = channel.say("?")
    assert shown.text != reached.text
    assert shown.buttons == reached.buttons


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def _is_chinese(label: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in label)
