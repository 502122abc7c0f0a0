"""What sounds much alike and is answered quite differently: each pair stands side by side."""

from functools import cache

import pytest

from knowledge.dangers import Besides, Danger, DangerReader, Kind, shipped_reader


@cache
def reader() -> DangerReader:
    return shipped_reader()


def dangers(text: str) -> tuple[Danger, ...]:
    return reader().read(text).dangers


@pytest.mark.parametrize(
    "text",
    [
        "our agent says at immigration don't mention the job, just say holiday. we fly tomorrow",
        "中介让我过关的时候说是去旅游",
        "仲介叫我入境時講觀光",
        "they took our passports in the van and say we cross the river to myanmar tonight",
    ],
)
def test_told_to_call_it_a_holiday_one_is_still_on_the_way_to_the_job(text: str) -> None:
    assert Danger.TRAVEL in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "my cousin went to laos for work in march, they want 6000 dollars now before they let him go",
        "表弟去年去了柬埔寨打工 现在联系不上 有人来电话要十五万赎人",
        "i am going to work on monday, she will teach me the app",
    ],
)
def test_who_is_held_already_or_goes_to_the_office_is_not_about_to_travel(text: str) -> None:
    assert Danger.TRAVEL not in dangers(text)


def test_a_video_that_no_longer_comes_is_no_call() -> None:
    assert Danger.LIVE_CONTROL not in dangers("表弟去了柬埔寨，头几个月还能视频，现在联系不上，有人要十五万赎人")
    assert Danger.LIVE_CONTROL in dangers("我正在跟他视频，他叫我别挂，共享着屏幕")
    assert Danger.LIVE_CONTROL in dangers("個警察video call緊，叫我過錢去安全戶口")


@pytest.mark.parametrize(
    "text",
    ["im 16 months into my pension plan", "裸聊被录了 已经给了他八千 还要", "我個女出門做代購，佢先廿歲"],
)
def test_months_threats_and_twenty_years_make_no_child(text: str) -> None:
    assert Danger.MINOR not in dangers(text)


@pytest.mark.parametrize(
    "text", ["我老公留低封信話對唔住我同啲仔女，電話熄咗", "她留了张字条说对不起我们，电话打不通，人找不到"]
)
def test_a_letter_left_behind_is_heard(text: str) -> None:
    assert Danger.LIFE in dangers(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("表弟去年去了柬埔寨 现在联系不上 有人来电话要十五万赎人", Kind.HELD),
        (
            "i was working in a call centre in lahore. they told us to say we are from the bank. i kept the scripts",
            Kind.INSIDER,
        ),
        ("i was cheated, a man from a fake bank had me open a link", Kind.CHEATED),
    ],
)
def test_the_kind_is_what_was_said_outright(text: str, kind: Kind) -> None:
    assert reader().read(text).kind is kind


def test_an_account_that_is_only_spoken_of_makes_no_mule() -> None:
    assert reader().read("my grandmother died and i have to close her bank account").kind is not Kind.MULE


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("i read him the code from the text", "he wants the code from the text, should i read it to him?"),
        ("我把验证码念给他听了", "他让我把验证码念给他听，能给吗"),
        ("我在那個網站輸入了卡號跟背面三碼", "那個網站要我輸入卡號跟背面三碼，是真的嗎"),
        ("我畀咗個OTP佢", "佢要我畀個OTP佢，我未畀"),
    ],
)
def test_given_and_asked_for(given: str, asked: str) -> None:
    assert Besides.GIVEN in reader().read(given).besides
    assert Besides.GIVEN not in reader().read(asked).besides


def test_what_opens_no_account_is_nothing_given() -> None:
    for text in ("gave my neighbour the wifi password", "我把无线密码告诉邻居了", "I changed my password yesterday"):
        assert reader().read(text).besides == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "我的钱还能拿回来吗",
        "救救我",
        "help me",
        "刚才96110打来，说我可能正在被骗，是真的吗",
        "他叫我共享屏幕，我没有同意",
        "我没有转账，差点就转了",
    ],
)
def test_nobody_is_held_nor_watched_nor_has_paid(text: str) -> None:
    read = reader().read(text)
    assert read.kind is not Kind.HELD
    assert not {Danger.LIVE_CONTROL, Danger.CONTROLLER} & set(read.dangers)
    assert Danger.MONEY_GONE not in read.dangers or "拿回来" in text


def test_what_all_the_words_speak_against_is_not_there_for_one_word() -> None:
    assert dangers("我在国内 我爸在新加坡 被骗3000新") == (Danger.MONEY_GONE,)


@pytest.mark.parametrize(
    "text",
    [
        "我老公上个月去了妙瓦底，说业绩不够要被转卖，昨天发来被电棍打的照片",
        "我弟在柬埔寨被關了，手機被收走，偶爾借別人的打回來",
        "my brother is in a compound in myanmar, they took his phone and he was beaten",
    ],
)
def test_whoever_tells_of_their_own_abroad_is_not_watched_themselves(text: str) -> None:
    read = reader().read(text)
    assert read.kind is Kind.HELD
    assert Danger.CONTROLLER not in read.dangers
    assert Danger.CONTROLLER in dangers(
        f"{text}. someone is watching me type" if text.isascii() else f"{text} 有人盯着我打字"
    )


@pytest.mark.parametrize(
    "text",
    [
        "they want more or my mum sees. i feel like ending it",
        "i dey tire, i wan die",
        "gusto ko na mamatay",
        "想死",
        "我真係想死",
        "俾人呃晒 想死",
        "飲咗漂白水",
    ],
)
def test_a_wish_to_be_gone_is_heard_in_the_words_of_many_countries(text: str) -> None:
    assert Danger.LIFE in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "i feel like ending it with him",
        "i sold my couch on marketplace",
        "my crypto is held by the exchange until I pay tax",
        "they locked my page and demand money to release it",
    ],
)
def test_what_is_sold_or_kept_back_is_no_person(text: str) -> None:
    read = reader().read(text)
    assert read.kind is not Kind.HELD
    assert Danger.LIFE not in read.dangers


@pytest.mark.parametrize("text", ["笑到想死", "尷尬到想死", "加班加到我想死哈哈", "他說喝漂白水可以治病，是真的嗎"])
def test_a_way_of_speaking_is_no_wish_to_die(text: str) -> None:
    assert Danger.LIFE not in dangers(text)


@pytest.mark.parametrize("text", ["我刚被骗了 转了4万8", "我刚刚转了3千6", "剛被騙 匯了兩萬9"])
def test_what_is_left_of_a_sum_is_no_age(text: str) -> None:
    assert dangers(text) == (Danger.MONEY_GONE,)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("FBI says i am involved in money laundering", Danger.MULE),
        ("公安话我洗黑钱 要我转钱去安全户口", Danger.MULE),
        ("叫我把钱转到指定账户核查", Danger.MULE),
        ("差点转了五万", Danger.MONEY_GONE),
        ("i nearly sent him 2000", Danger.MONEY_GONE),
        ("if you did not make this transaction reply YES or NO", Danger.CONTROLLER),
        ("我不敢跟家里人讲", Danger.CONTROLLER),
        ("我妈正在柜台汇款", Danger.LIVE_CONTROL),
        ("our son took his own life after they blackmailed him", Danger.MINOR),
    ],
)
def test_what_swindlers_say_and_what_only_nearly_was_is_no_danger_of_that_kind(text: str, none: Danger) -> None:
    assert none not in dangers(text)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("我把银行卡借给朋友 现在警察说我涉嫌洗钱", Danger.MULE),
        ("他给我佣金让我洗黑钱", Danger.MULE),
        ("差点又转了五万，之前已经转了两万给他", Danger.MONEY_GONE),
        ("he is standing beside me, only reply yes or no", Danger.CONTROLLER),
    ],
)
def test_and_what_is_there_is_heard_all_the_same(text: str, there: Danger) -> None:
    assert there in dangers(text)


@pytest.mark.parametrize("text", ["有人要殺我", "someone is trying to kill me"])
def test_who_is_about_to_be_hurt_is_heard(text: str) -> None:
    assert Besides.HURT in reader().read(text).besides


def test_what_swindlers_threaten_with_in_a_longer_message_is_not() -> None:
    assert Besides.HURT not in reader().read("他說不匯錢就找人砍我全家，我該怎麼辦，他有我的照片").besides


@pytest.mark.parametrize(
    "text",
    [
        "你好 我被骗了",
        "我的錢被騙了",
        "俾人騙走咗10萬",
        "我媽的黃金被騙走了",
        "I gave my savings to him",
        "I gave the gold to them",
        "我把家里的钱转走了，不敢告诉爸妈",
    ],
)
def test_a_plain_loss_is_no_farewell(text: str) -> None:
    assert Danger.LIFE not in dangers(text)


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("my son 17 wants to kill himself since he paid the blackmailers", True),
        ("我阿嬤被騙200萬 她說她不想活了", True),
        ("我爸被骗一百万 昨晚喝了农药在医院抢救", True),
        ("i want to kill myself", False),
        ("我不想活了 老公也说不想活了", False),
        ("錢都沒了 我不想活了", False),
    ],
)
def test_of_whose_life_is_told(text: str, is_other: bool) -> None:
    read = reader().read(text)
    assert Danger.LIFE in read.dangers
    assert (Besides.OTHER in read.besides) is is_other


@pytest.mark.parametrize("text", ["救命啊 我妈要把钱转给骗子了 她不听我的", "救救我奶奶她又要去买保健品了"])
def test_a_cry_for_somebody_who_is_about_to_pay_holds_nobody(text: str) -> None:
    assert reader().read(text).kind is not Kind.HELD
