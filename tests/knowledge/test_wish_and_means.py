"""A wish to be gone beside what was lost, means that were got ready, and who it is of whom that is told."""

import pytest

from knowledge.dangers import Besides, Danger, shipped_reader


@pytest.mark.parametrize(
    "told",
    [
        "喺英國 想死 俾人呃晒啲錢",
        "想死 钱没了",
        "想死呀 成副身家冇咗",
        "我在英国 想死 钱都被骗完了",
        "藥吃了半罐 不要怪我",
        "燒炭 買咗 冇人會知",
        "買咗炭 今晚搞掂",
        "我喺溫哥華 有個女仔話帶我炒幣 想死 冇晒成副身家",
    ],
)
def test_a_life_is_in_danger_and_it_is_theirs(told: str) -> None:
    read = shipped_reader().read(told)
    assert Danger.LIFE in read.dangers
    assert Besides.OTHER not in read.besides


@pytest.mark.parametrize(
    "told", ["想死你了 什么时候回来", "天气热得想死", "买了炭 周末去烧烤", "朋友叫我后天跟他一起走 去泰国做客服"]
)
def test_none_is(told: str) -> None:
    assert Danger.LIFE not in shipped_reader().read(told).dangers


@pytest.mark.parametrize(
    "told",
    [
        "我儿子被骗了十几万 在楼顶坐着不下来",
        "媳妇抱着娃要跳河 钱被骗了",
        "老头子把安眠药都吃了 钱被骗光",
        "園區裡打人 我弟說熬不住了想跳樓",
        "我個仔企咗喺天台 因為俾人呃",
    ],
)
def test_it_is_somebody_elses(told: str) -> None:
    read = shipped_reader().read(told)
    assert Danger.LIFE in read.dangers
    assert Besides.OTHER in read.besides


@pytest.mark.parametrize("told", ["我吃了一瓶安眠药", "我吞了安眠藥", "我妈喝农药了 被骗了养老钱"])
def test_what_was_taken_is_heard_as_a_hurt(told: str) -> None:
    assert Besides.HURT in shipped_reader().read(told).besides


@pytest.mark.parametrize(
    "told",
    [
        "琴日用順豐速遞寄咗兩條金鏈去深圳 話係公安查案",
        "我將現金放咗入個盒 順豐上門收咗",
        "我妈把金镯子金项链塞在牛奶盒里让闪送取走了",
        "我媽把金條交給一個年輕人 說是檢察官派來的專員 今天早上十點",
    ],
)
def test_what_went_from_hand_to_hand_is_gone(told: str) -> None:
    assert Danger.MONEY_GONE in shipped_reader().read(told).dangers


@pytest.mark.parametrize("told", ["下午有人来收现金", "快递员说等下来取我退货的金链"])
def test_what_has_not_gone_is_not(told: str) -> None:
    assert Danger.MONEY_GONE not in shipped_reader().read(told).dangers


@pytest.mark.parametrize(
    ("told", "is_other"),
    [
        ("want to die they took all my money", False),
        ("took half a bottle of pills dont blame me", False),
        ("bought charcoal tonight its over", False),
        ("i am at the bank and if this dont work i jump", False),
        ("they say they will post my video if i dont pay, i cant live with this", False),
        ("she wants to die since the scam", True),
        ("my mum says she wants to end it after she lost the money", True),
        ("my husband is not answering, he left his wedding ring and a note, it was the crypto", True),
        ("my son is on the roof he lost 100k to scammers and wont come down", True),
        ("my dad drank pesticide he lost his pension", True),
    ],
)
def test_in_english_too(told: str, *, is_other: bool) -> None:
    read = shipped_reader().read(told)
    assert Danger.LIFE in read.dangers
    assert (Besides.OTHER in read.besides) is is_other


@pytest.mark.parametrize(
    "told", ["they let me go, how do i get home", "dying to know if its real", "took my pills as prescribed"]
)
def test_nor_do_these_mean_it(told: str) -> None:
    assert Danger.LIFE not in shipped_reader().read(told).dangers


@pytest.mark.parametrize(
    "told",
    [
        "i posted 2 gold chains to the police officer yesterday by dhl",
        "uber driver just took 15000 cash, the agent told me to put it in the boot",
        "i left the money behind the bins in the park like he said, just now",
    ],
)
def test_what_was_handed_over_in_english_is_gone(told: str) -> None:
    assert Danger.MONEY_GONE in shipped_reader().read(told).dangers
