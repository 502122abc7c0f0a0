"""What is typed on a screen in other words than its buttons' is taken as their answer, and nothing is asked for ever."""

import pytest

from bot.conversation.book import Book
from bot.conversation.session import Stage
from knowledge.dangers import Danger, Kind
from knowledge.language import Language
from knowledge.matching import Matcher
from knowledge.observables import ObservableType
from tests.bot.conversation.shell import talk

HANS, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN


@pytest.mark.parametrize(
    ("language", "told", "answer"),
    [
        (HANS, "骗子说我涉嫌洗钱 让我共享屏幕 还在通话", "关了"),
        (HANT, "假檢警叫我開分享螢幕 現在還在通話", "已經掛掉了"),
        (EN, "a man from microsoft is on my computer right now moving the mouse", "i switched it off"),
        (HANS, "骗子说我涉嫌洗钱 让我共享屏幕 还在通话", "没共享"),
    ],
)
def test_who_has_switched_it_off_or_never_shared_is_not_told_again(
    book: Book, matcher: Matcher, language: Language, told: str, answer: str
) -> None:
    person = talk(book, matcher, language).say(told)
    assert person.session.card is Danger.LIVE_CONTROL
    person.say(answer)
    assert person.where() is not Stage.CARD


def test_who_denies_a_wish_to_die_is_heard_with_what_they_say_besides(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("吃药死了算了")
    assert Danger.LIFE in person.session.report.dangers
    person.say("不是那个意思 就是被骗了三万 心里难受")
    assert Danger.LIFE not in person.session.report.dangers
    assert person.session.card is Danger.MONEY_GONE


@pytest.mark.parametrize(
    ("answer", "is_paid"),
    [("给了", True), ("昨天打过去了", True), ("没转账", False), ("还没去", False), ("他叫我转", None)],
)
def test_what_was_done_is_told_in_many_words(
    book: Book, matcher: Matcher, answer: str, *, is_paid: bool | None
) -> None:
    person = talk(book, matcher, HANS, "CN").say("裸聊被录了视频 他要5000 说不给就发给通讯录")
    assert person.where() is Stage.EXPOSURE
    person.say(answer)
    if is_paid is None:
        assert person.session.exposure is None
    elif is_paid:
        assert person.session.card is Danger.MONEY_GONE
    else:
        assert person.where() is Stage.OFFER


def test_who_was_to_fly_and_still_wants_to_is_spoken_to(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我明天早上飞曼谷 老乡介绍去泰国做客服 月薪两万")
    assert not person.session.theirs
    person.say("我还是想去")
    assert "先等一天" in person.text
    person.say("那我不去了")
    assert person.where() is not Stage.CARD


def test_when_somebody_comes_the_screen_falls_silent(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我在园区 想跑").say("是").say("有人来了")
    assert [button.id for button in person.buttons()][:2] == ["controller:yes", "exit"]
    assert len(person.text) < 30
    assert all(reply.silent for reply in person.replies)


@pytest.mark.parametrize(
    ("language", "country", "told", "wrong", "right"),
    [
        (EN, "US", "i sent him $300 through western union yesterday", "sorry 3,000 not 300", "3,000"),
        (HANT, "HK", "我已經過咗兩萬 fps 俾佢", "唔係兩萬 係兩萬五", "2.5 萬"),
        (HANT, "TW", "被轉走49988 假客服解除分期", "金額打錯 是4600", "4,600"),
    ],
)
def test_a_bare_number_takes_back_a_sum(
    book: Book, matcher: Matcher, language: Language, country: str, told: str, wrong: str, right: str
) -> None:
    person = talk(book, matcher, language, country).say(told).press("money:called").say(wrong)
    amounts = person.session.report.facts_of(ObservableType.AMOUNT)
    assert len(amounts) == 1
    while person.where() is Stage.QUESTION:
        person.press("skip")
    assert right in person.text


def test_an_answer_twice_unread_is_left_out_and_the_report_goes_on(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我被骗了 转了钱给网上的房东").press("money:called")
    asked = person.session.question
    person.say("会不会坐牢").say("要紧吗")
    assert person.session.question != asked


@pytest.mark.parametrize(
    ("told", "is_demanded"),
    [
        ("妹妹昨天坐飞机去柬埔寨 说做客服 现在联系不上了", False),
        ("我弟弟在缅甸被关着 没有人要钱", False),
        ("我弟弟在缅甸被关着 要我们交20万", True),
    ],
)
def test_of_ransom_speaks_only_a_card_for_which_it_was_asked(
    book: Book, matcher: Matcher, told: str, *, is_demanded: bool
) -> None:
    person = talk(book, matcher, HANS, "CN").say(told)
    assert person.where() is Stage.HELD
    assert ("对方给期限了吗" in person.text) is is_demanded
    assert "**110**" in person.text


@pytest.mark.parametrize(
    ("told", "is_asked"),
    [("他让我帮忙转账 给2% 还没答应", True), ("他让我帮忙转账 给2% 我已经收了两次", False)],
)
def test_who_was_only_asked_for_an_account_has_nothing_to_give_up(
    book: Book, matcher: Matcher, told: str, *, is_asked: bool
) -> None:
    person = talk(book, matcher, HANS, "CN").say(told)
    assert person.session.report.kind is Kind.MULE
    assert ("别答应" in person.text) is is_asked


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ("骗子在我电脑上 现在正在远程控制我的电脑", "把那台电脑关掉"),
        ("骗子正在控制我的手机 还在通话", "把那部手机关机"),
    ],
)
def test_what_is_to_be_switched_off_is_what_they_are_in(book: Book, matcher: Matcher, told: str, first: str) -> None:
    assert first in talk(book, matcher, HANS, "CN").say(told).text


def test_the_polices_own_warning_call_is_no_scam(book: Book, matcher: Matcher) -> None:
    assert "自己拨 96110" in talk(book, matcher, HANS, "CN").say("96110打电话给我是不是骗子").text


@pytest.mark.parametrize("told", ["我送外卖的", "我是老师"])
def test_a_few_plain_words_are_like_no_scam(book: Book, matcher: Matcher, told: str) -> None:
    assert talk(book, matcher, HANS, "CN").say(told).where() is Stage.TELL


def test_a_grown_up_is_not_told_of_children(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, EN, "US").say(
        "someone has nudes of me, im 24, wants $300 or he sends them to everyone"
    )
    assert "young person" not in person.text


def test_who_stands_at_the_counter_once_more_hears_it_though_their_card_is_behind_them(
    book: Book, matcher: Matcher
) -> None:
    person = talk(book, matcher, HANT, "TW").say("我之前匯了50萬給投資老師").press("money:called")
    person.say("我現在正要再去匯24萬 在銀行門口")
    assert "先不要付" in person.text
    assert "沒看懂" not in person.text


@pytest.mark.parametrize(
    ("told", "is_ahead"),
    [
        ("i got a job in bangkok customer service, i fly next monday, agent paid my ticket", True),
        ("i am at the airport gate for the customer service job in bangkok, agent paid my ticket", False),
    ],
)
def test_days_before_a_journey_there_is_no_officer_to_go_to(
    book: Book, matcher: Matcher, told: str, *, is_ahead: bool
) -> None:
    person = talk(book, matcher, EN, "GB").say(told)
    assert person.session.card is Danger.TRAVEL
    assert ("uniformed officer" not in person.text) is is_ahead


def test_once_filed_who_offers_to_bring_the_money_back_is_warned_of(book: Book, matcher: Matcher) -> None:
    person = (
        talk(book, matcher, EN, "US").say("lost $5000 to a fake landlord by zelle last tuesday").press("money:called")
    )
    person.press("submit").say("a recovery company says they found the coins and want 1500 fee")
    assert "cheats you once more" in person.text
    assert "can't promise" in person.say("what happens now").text
    assert "Nobody can promise" in person.say("can i get my money back").text


@pytest.mark.parametrize(
    ("screen", "told", "danger"),
    [
        ("裸聊被录了视频 他要5000 说不给就发给通讯录", "给了 活不下去了 想死", Danger.LIFE),
        ("", "刚才96110打电话 说我被骗 我转了3万", Danger.MONEY_GONE),
    ],
)
def test_no_answer_swallows_what_cannot_wait(
    book: Book, matcher: Matcher, screen: str, told: str, danger: Danger
) -> None:
    person = talk(book, matcher, HANS, "CN")
    if screen:
        person.say(screen)
    assert danger in person.say(told).session.report.dangers


def test_who_is_threatened_with_pictures_is_told_what_it_is_and_not_to_wait_an_hour(
    book: Book, matcher: Matcher
) -> None:
    person = talk(book, matcher, HANS, "CN").say("裸聊被录了 他要5000 我正准备去银行转给他")
    assert "晚一小时" not in person.text
    assert "裸聊敲诈" in person.text


def test_whether_they_can_leave_is_no_answer_to_whether_they_can_write(book: Book, matcher: Matcher) -> None:
    person = talk(book, matcher, HANS, "CN").say("我在园区 想跑").say("出不去")
    assert "出不去" in person.session.report.telling
    insider = talk(book, matcher, EN).say(
        "i work in a customer service office in sihanoukville, they make us message people"
    )
    insider.press("safety:only-me").say("i can leave anytime")
    assert insider.session.report.answers["can-leave"] == "yes"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("我被骗了 昨天微信转了8000", "8,000 元、昨天、手机支付"),
        ("我被骗了 昨天转了2000u给他", "昨天"),
        ("我被骗了 昨天建行转了8000", "银行转账"),
    ],
)
def test_by_which_way_it_went_is_said_once(book: Book, matcher: Matcher, told: str, said: str) -> None:
    person = talk(book, matcher, HANS, "CN").say(told).press("money:called")
    while person.where() is Stage.QUESTION:
        person.press("skip")
    assert said in person.text
    assert ("银行转账" in person.text) is ("建行" in told)
