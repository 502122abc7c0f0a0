"""What holds of a filed report in every channel: its receipt, once, and all that the receipt opens."""

from collections.abc import Callable

from storage.receipts import Receipt
from tests.contracts.channel import TELLING, Channel, Open, Shown
from tests.contracts.house import House

TAG = "zh-CN"
PAYEE = "银行转账 6217 0001 2345 6789 019 建行 王某某 14:05"


def file(channel: Channel, *more: str) -> Shown:
    """From a telling to its receipt, in the shortest way."""
    channel.say(TELLING)
    channel.press("打过了")
    channel.say(PAYEE)
    for text in more:
        channel.say(text)
    return channel.press("提交")


def test_a_receipt_is_shown_once(opened: Open) -> None:
    channel = opened(TAG)
    filed = file(channel)
    assert filed.receipt
    assert not channel.say("补充一点 他们还打过一次电话").has_receipt
    assert not channel.look().has_receipt
    assert not channel.beside().look().has_receipt


def test_a_receipt_opens_in_every_other_channel(opened: Open, elsewhere: Callable[[str], list[Channel]]) -> None:
    receipt = file(opened(TAG)).receipt
    for other in elsewhere(TAG):
        shown = other.say(receipt)
        assert "正等着工作人员看" in shown.text
        assert "补充" in shown.buttons
        assert "撤回" in shown.buttons


def test_a_receipt_opens_however_it_is_typed(opened: Open) -> None:
    receipt = file(opened(TAG)).receipt
    expected = opened(TAG).say(receipt)
    for typed in (receipt.lower(), receipt.replace("-", " "), f"回执码 {receipt}"):
        assert opened(TAG).say(typed) == expected


def test_a_receipt_shows_how_it_stands_and_nothing_that_was_told(opened: Open) -> None:
    receipt = file(opened(TAG)).receipt
    shown = opened(TAG).say(receipt)
    for told in ("4万8", "4.8", "京东", "金条", "王某某", "6217", "征信"):
        assert told not in shown.text


def test_a_receipt_once_opened_is_not_on_the_screen_again(opened: Open) -> None:
    receipt = file(opened(TAG)).receipt
    channel = opened(TAG)
    assert not channel.say(receipt).has_receipt
    assert not channel.look().has_receipt


def test_a_wrong_receipt_gets_one_answer_whoever_asks_and_however_wrong(opened: Open) -> None:
    channel = opened(TAG)
    receipt = file(channel).receipt
    swapped = receipt[:-1] + ("7" if receipt[-1] != "7" else "8")
    # The second is well formed, its check and all, and belongs to nobody.
    wrong = (swapped, "00Z0-0000-0000-000" + _check("00Z000000000000"), "ABCD-EFGH-JKMN-PQRS")
    strangers = [opened(TAG).say(code) for code in wrong]
    assert {(shown.replies, shown.buttons, shown.standing) for shown in strangers} == {
        (strangers[0].replies, strangers[0].buttons, strangers[0].standing)
    }
    # Tried again it is said again, and not once more beside the first time.
    persistent = opened(TAG)
    assert len({persistent.say(code).replies for code in (*wrong, *wrong)}) == 1
    # Where a channel shows what stands on the screen as well, that is another one for who has filed.
    assert [channel.say(code).replies[0] for code in wrong] == [strangers[0].replies[0]] * 3


def test_what_is_written_after_the_filing_is_added_to_it(opened: Open, house: House) -> None:
    channel = opened(TAG)
    receipt = file(channel).receipt
    more = ["想起来了 对方的微信号是 wxid_feather7731", "还有一个 QQ 号 2845551234"]
    first, second = [channel.say(text) for text in more]
    assert [said.text for said in house.open(receipt).spoken] == more
    assert first.replies == second.replies


def test_staff_are_answered_with_the_receipt_from_here(
    opened: Open, elsewhere: Callable[[str], list[Channel]], house: House
) -> None:
    receipt = file(elsewhere(TAG)[0]).receipt
    house.ask(receipt, "对方让你下载什么会议软件？")
    channel = opened(TAG)
    assert "对方让你下载什么会议软件？" in channel.say(receipt).text
    channel.press("回答")
    channel.say("叫云雀会议")
    assert [said.text for said in house.open(receipt).spoken if said.kind == "answer"] == ["叫云雀会议"]
    assert "会议软件" not in channel.look().everything


def test_what_is_withdrawn_is_told_so_everywhere(
    opened: Open, elsewhere: Callable[[str], list[Channel]], house: House
) -> None:
    receipt = file(opened(TAG)).receipt
    channel = opened(TAG)
    channel.say(receipt)
    sure = channel.press("撤回")
    assert house.open(receipt).tip.state == "new"
    assert sure.buttons == ("是，撤回", "不，留着")
    channel.press("是，撤回")
    assert house.open(receipt).tip.state == "withdrawn"
    for other in (opened(TAG), *elsewhere(TAG)):
        assert "已撤回" in other.say(receipt).text


def test_submitting_twice_files_one_tip(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    channel.press("打过了")
    channel.say(PAYEE)
    before = house.count_tips()
    channel.press_twice("提交")
    assert house.count_tips() == before + 1


def test_a_double_tap_that_files_still_shows_the_receipt(opened: Open, house: House) -> None:
    channel = opened(TAG)
    channel.say(TELLING)
    channel.press("打过了")
    channel.say(PAYEE)
    assert channel.press_twice("提交").has_receipt


def test_the_quick_way_out_after_filing_leaves_the_report_and_hides_the_receipt(opened: Open, house: House) -> None:
    channel = opened(TAG)
    receipt = file(channel).receipt
    channel.leave()
    assert not channel.look().has_receipt
    assert house.box(receipt).telling == (TELLING, PAYEE)


def _check(body: str) -> str:
    """The sixteenth character that makes fifteen well formed."""
    return next(sign for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if Receipt.parse(body + sign) is not None)
