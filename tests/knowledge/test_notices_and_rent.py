"""What a bank writes, and what goes where it always goes, is no loss; what was taken besides still is."""

import pytest

from knowledge.dangers import Danger, shipped_reader


@pytest.mark.parametrize(
    "told",
    [
        "國泰世華：您於11/29轉帳5,000元，如非本人請洽客服",
        "【招商银行】您账户1234于11月29日转账支出5000元，如非本人操作请致电95555",
        "HSBC: a payment of 500 to J Smith was made from your account. If this was not you call 03457 404",
        "You sent $1200 to Maria Lopez with Zelle. Not you? Call 800-432-1000",
        "my mom is standing at the bitcoin machine right now with 5000 cash PLEASE",
        "我刚转了学费给学校",
        "我給房東轉了房租",
        "刚交完房租穷死了",
        "i sent my sister 200 for groceries",
        "i paid my rent yesterday how long does it take",
    ],
)
def test_no_money_is_gone(told: str) -> None:
    assert Danger.MONEY_GONE not in shipped_reader().read(told).dangers


@pytest.mark.parametrize(
    "told",
    [
        "國泰世華：您於11/29轉帳5,000元，如非本人請洽客服。我沒有轉啊",
        "HSBC: a payment was made from your account. If this was not you call us. i didnt make it, money is gone",
        "我交了房租给中介，人不见了",
        "i paid the rent deposit and the landlord disappeared",
        "轉了學費給學校，結果是假的帳號",
    ],
)
def test_money_is_gone(told: str) -> None:
    assert Danger.MONEY_GONE in shipped_reader().read(told).dangers


@pytest.mark.parametrize(
    "told", ["我想自己去救佢", "我想自己去救我弟", "i want to fly there myself and rescue my brother"]
)
def test_who_wants_to_bring_somebody_out_does_not_mean_to_die(told: str) -> None:
    assert Danger.LIFE not in shipped_reader().read(told).dangers


def test_who_says_both_is_heard() -> None:
    assert Danger.LIFE in shipped_reader().read("我想去救他，救不回来我也不想活了").dangers
