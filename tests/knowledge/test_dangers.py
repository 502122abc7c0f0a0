"""What the shipped reader hears, and what it must not hear."""

from functools import cache

import pytest

from knowledge.dangers import LIMIT, Danger, DangerReader, Kind, shipped_reader

LIFE, LIVE, CONTROLLER, MINOR, GONE, TRAVEL, MULE = Danger


@cache
def reader() -> DangerReader:
    return shipped_reader()


def dangers(text: str) -> tuple[Danger, ...]:
    return reader().read(text).dangers


def test_money_that_left_is_heard_whatever_else_is_told() -> None:
    reading = reader().read("我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办")
    assert (reading.dangers, reading.kind) == ((GONE,), Kind.CHEATED)


def test_a_pasted_message_is_no_danger_but_something_to_check() -> None:
    reading = reader().read(
        'Is this real? "USPS: your parcel is held, address incomplete. Update within 12h: '
        'hxxps://usps-redelivery[.]top/i"'
    )
    assert (reading.dangers, reading.kind) == ((), Kind.CHECK)


def test_a_ransom_asked_for_is_no_money_gone_and_a_watched_brother_no_watched_writer() -> None:
    reading = reader().read("我弟弟上个月去缅甸做客服 说月薪三万 现在只能晚上用暗语发消息 说被关着 要我们交20万赎人")
    assert (reading.dangers, reading.kind) == ((), Kind.HELD)


@pytest.mark.parametrize(
    "text",
    [
        "can't talk they check phones. we are in kk park, blue roof",
        "他們要二十萬才放人，前天打電話來的",
        "有人用佢電話打嚟，要廿萬先放人",
        "he says seven thousand before they will let him go",
        "我哋喺緬甸 佢哋行開咗 搵我家姐",
    ],
)
def test_somebody_held_is_heard(text: str) -> None:
    assert reader().read(text).kind is Kind.HELD


@pytest.mark.parametrize("text", ["客服说交三千保证金才放款", "我在泰国丢了护照要找大使馆"])
def test_money_or_papers_held_back_are_nobody_held(text: str) -> None:
    assert reader().read(text).kind is not Kind.HELD


def test_phones_checked_in_general_are_an_insiders_telling() -> None:
    reading = reader().read(
        'i work in a "customer service" office in sihanoukville. they make us message people on dating apps. '
        "i want to tell but they check phones"
    )
    assert (reading.dangers, reading.kind) == ((), Kind.INSIDER)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("the codes are under my pillow, thank you for listening", LIFE),
        ("以后就拜托你们了 存折在抽屉里", LIFE),
        ("對不起大家 唔想做人", LIFE),
        ("成副身家冇晒 企咗喺天台好耐", LIFE),
        ("他留言說保險夠你們用就出門了", LIFE),
        ("不 想 活 了", LIFE),
        ("they told me not to hang up", LIVE),
        ("手机黑屏了 里面还在说话", LIVE),
        ("滑鼠自己在動", LIVE),
        ("AnyDesk is still open on my laptop", LIVE),
        ("todesk的代码报给他了", LIVE),
        ("can't talk now", CONTROLLER),
        ("不方便说话 他在旁边", CONTROLLER),
        ("唔方便講嘢 佢喺隔籬", CONTROLLER),
        ("my 13 yo daughter was asked for nudes", MINOR),
        ("我才初二", MINOR),
        ("我念國中", MINOR),
        ("i paid them two years ago", GONE),
        ("投了十万 现在提不出来", GONE),
        ("過咗三萬蚊俾佢", GONE),
        ("flight tomorrow to Phnom Penh for the customer service job", TRAVEL),
        ("马上登机 去柬埔寨上班 机票公司出", TRAVEL),
        ("keep 5% and send the rest on to this account", MULE),
        ("跑分被冻卡了", MULE),
        ("把提款卡寄出去了", MULE),
    ],
)
def test_each_danger_is_heard(text: str, danger: Danger) -> None:
    assert danger in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "气死了",
        "累死了",
        "笑死",
        "餓死",
        "杀猪盘",
        "殺豬盤是什麼",
        "I'm dying to know",
        "my boy is 30 and chats to a girl",
        "how do i turn on the vpn kill switch",
        "the dead line is tomorrow",
        "they want me to pay 500",
        "should i pay the deposit",
        "i did not pay",
        "i didn't transfer it yet",
        "月薪三万",
        "还没转 幸好问了一下",
        "他要我匯五萬 我沒匯",
        "flying to thailand tomorrow for our honeymoon",
        "明天去泰国旅游",
        "据报道 警方抓获一个跑分团伙",
        "您的快递需补缴1.99元",
        "补缴1.99元",
        "请补缴1.99元运费",
        "补缴运费8元后继续派送",
        "还说今天不办明天就晚了",
        "對方催我，說過了中午就來不及",
        "【ETC】您的账户异常，请补缴12.5元，点击 etc-vip.top",
        "您有一筆罰單未繳，請補繳600元",
        "通知：明天上午九点每户派一个人去签到",
        "he said he'd kill himself if i don't pay",
        "",
        "😀😀😀",
        "1234567890",
    ],
)
def test_ordinary_refused_asked_for_or_reported_sets_off_nothing(text: str) -> None:
    assert dangers(text) == ()


def test_dangers_come_in_their_order_of_precedence() -> None:
    assert dangers("转了三十万都没了 我不想活了") == (LIFE, GONE)


def test_a_danger_in_the_last_sentence_of_a_long_telling_is_heard() -> None:
    assert LIFE in dangers("The weather was fine and we went for a walk. " * 200 + "I want to kill myself.")


def test_what_follows_the_limit_is_left_unread() -> None:
    assert dangers("今天天气很好。" * (LIMIT // 7 + 1) + "我不想活了") == ()


def test_a_line_break_ends_a_sentence() -> None:
    assert LIFE in dangers("不会\n我不想活了")


@pytest.mark.parametrize(
    "text",
    [
        "My wife would leave me. A woman recorded our video call, says she'll send it to my parents unless I pay $500",
        "I'm 34 and stupid. Someone has nude photos of me and threatens to send them to my family and all my contacts",
        "I did a video call, they recorded me naked and now want $2000 or they send it to my husband and coworkers",
        "I'm a teacher and a man threatens to post my private photos to the school page if I don't pay",
        "我上班的单位领导和同事都会收到我的裸聊视频，对方要我转两万，不然还发给我爸妈",
        "昨晚和一个女的裸聊，下了她给的软件，通讯录被拿走了，现在威胁发给我老婆和父母",
        "我今年35岁，被人录了裸聊视频，说不给钱就群发给我通讯录里的亲戚同事",
        "對方錄下我的私密視訊，威脅要傳給我老公跟公司同事，要我匯十萬",
        "裸聊被錄，他說要傳給我爸媽和公司主管，我已經匯三萬了",
        "我是大學生，22歲，網友拿到我的裸照，說不給錢就傳給全班同學和我爸媽",
        "I'm 26, he says he'll leak my nudes to my parents and my work",
        "我结婚了，有人把我的脸P成裸照，威胁发给我单位和家里人",
        "My nudes got leaked to my classmates at university, I'm a grad student, he wants 300 dollars",
        "he will send it to my mom and dad and my colleagues",
        "he says he will send my video to my daughter's school",
        "对方说要把我的视频发给我孩子的家长群",
        "佢話會將我條片send俾我個女嘅學校",
    ],
)
def test_who_says_to_be_grown_up_is_not_answered_as_a_child(text: str) -> None:
    assert MINOR not in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "He has my naked pictures and will send them to my whole school and my parents if I dont pay",
        "他有我的裸照，说不给钱就发给全班同学和老师，我不敢告诉爸妈",
        "he says he will send my pics to my mom and dad. please dont tell them",
        "my daughter sent nudes to someone and now he threatens to post them, my wife is crying",
        "對方有我的裸照要傳給我同學，我爸媽會罵死我",
        "我女儿被人拿了裸照威胁发到学校，我老公气疯了",
        "有人用我的裸聊视频威胁我，让我拿妈妈的卡转钱",
        "he wants more nudes or he tells my mum. my teacher and my boss at the shop i work saturdays will see",
        "I'm 15 and he is 34, he has my nudes and says he tells my mum",
        "我15岁，他是大学生22岁，他有我的裸照要发给我爸妈",
        "My husband and I found out our daughter was sending nudes to a man who threatens her",
        "我老公发现我女儿被网友骗了裸照，对方要发到学校",
        "im 16, my boss at the cafe says he will post my nudes unless",
        "f15 he says he will tell his wife and my parents, he has pics of me",
        "我高二，他说要发给我们班和我爸公司",
        "我是老师，我班上一个学生被人拿裸照威胁",
        "he has pictures of my son and will send them to my son's school",
        "他拿我孩子的照片要发给我孩子的学校",
    ],
)
def test_a_child_is_heard_whoever_else_is_told_of(text: str) -> None:
    assert MINOR in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "my mum gave her bank card to a courier from the bank",
        "i gave my card and pin to the detective's driver",
        "我妈把银行卡交给了来取的民警",
        "我把提款卡交給書記官了",
        "佢話係差人，我張提款卡畀咗個阿Sir",
    ],
)
def test_a_card_fetched_in_the_name_of_police_or_bank_was_not_lent_nor_left_behind(text: str) -> None:
    assert not {MULE, LIFE}.intersection(dangers(text))


@pytest.mark.parametrize(
    "text", ["我把验证码告诉客服了", "卡号和验证码都告诉他了", "把LINE ID给了他", "我的微信id发给对方了"]
)
def test_a_code_or_a_name_told_is_no_screen_that_somebody_sees(text: str) -> None:
    assert LIVE not in dangers(text)


@pytest.mark.parametrize(
    "text",
    ["i gave my bank card to a man who pays me 200 a week", "我把卡借给朋友，现在警察找我", "銀行卡交給公司收款用"],
)
def test_a_card_lent_is_a_mules(text: str) -> None:
    assert MULE in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "a policeman on the phone made me send 4000 pounds",
        "they tricked my mum into paying 900 dollars",
        "grandad gave a courier an envelope with six grand",
        "没想到是给人家转了一万九",
        "金条被同城跑腿取走了",
        "正在转第三笔",
    ],
)
def test_money_somebody_was_made_to_send_is_gone(text: str) -> None:
    assert GONE in dangers(text)
