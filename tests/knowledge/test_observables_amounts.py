"""Amounts of money in three languages, and the numbers that are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.observables import Money, ObservableType, minor_digits
from tests.knowledge.observed import of_type, values

AMOUNT = ObservableType.AMOUNT


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("刚转了4万8", "48000 CNY"),
        ("4.8万", "48000 CNY"),
        ("4万8千", "48000 CNY"),
        ("1万2千5百", "12500 CNY"),
        ("三千五", "3500 CNY"),
        ("20万", "200000 CNY"),
        ("一百二十万", "1200000 CNY"),
        ("1.5亿", "150000000 CNY"),
        ("12万300", "120300 CNY"),
        ("廿万", "200000 CNY"),
        ("廿五块", "25 CNY"),
        ("卅二万", "320000 CNY"),
        ("一百廿块", "120 CNY"),
        ("一百廿五块", "125 CNY"),
        ("一万零五百元", "10500 CNY"),
        ("伍仟元", "5000 CNY"),
        ("５０００元", "5000 CNY"),
        ("2百块", "200 CNY"),
        ("两千块钱", "2000 CNY"),
        ("3万多块", "30000 CNY"),
        ("给我打了5k", "5000 CNY"),
        ("转了5w", "50000 CNY"),
        ("转了5000给他", "5000 CNY"),
        ("押金3000", "3000 CNY"),
        ("被骗了 8000", "8000 CNY"),
        ("转了3万到6217000123456789019", "30000 CNY"),
        ("转了3万 到 6217 0001 2345 6789 019", "30000 CNY"),
        ("充值648", "648 CNY"),
        ("每月还6500", "6500 CNY"),
        ("年薪30万年终奖另算", "300000 CNY"),
        ("¥3,000", "3000 CNY"),
        ("￥299.90", "299.9 CNY"),
        ("RMB 500", "500 CNY"),
        ("1000美金", "1000 USD"),
        ("港币5000", "5000 HKD"),
        ("300 USDT", "300 USDT"),
        ("3000U", "3000 USDT"),
        ("0.5 BTC", "0.5 BTC"),
        ("5千泰达币", "5000 USDT"),
    ],
)
def test_an_amount_is_read_as_the_mainland_writes_it(text: str, amount: str) -> None:
    assert values(text, AMOUNT, "CN") == [amount]


@pytest.mark.parametrize(
    ("text", "country", "amount"),
    [
        ("匯了3萬元", "TW", "30000 TWD"),
        ("NT$12,000", "TW", "12000 TWD"),
        ("新臺幣12萬7,246元", "TW", "127246 TWD"),
        ("新台幣900多萬元", "TW", "9000000 TWD"),
        ("損失【71050】元", "TW", "71050 TWD"),
        ("$500", "TW", "500 TWD"),
        ("過數5000蚊", "HK", "5000 HKD"),
        ("HK$800", "HK", "800 HKD"),
        ("$3000", "HK", "3000 HKD"),
        ("300葡幣", "MO", "300 MOP"),
        ("S$1,200", "SG", "1200 SGD"),
        ("$20", "SG", "20 SGD"),
        ("RM500", "MY", "500 MYR"),
        ("50块", "MY", "50 MYR"),
        ("£200", "GB", "200 GBP"),
        ("500 quid", "GB", "500 GBP"),
        ("two hundred pounds", "GB", "200 GBP"),
        ("half a million pounds", "GB", "500000 GBP"),
        ("paid 300 to him", "GB", "300 GBP"),
        ("everyone pays 200 a month", "GB", "200 GBP"),
        ("I transferred 5,000 yesterday", "GB", "5000 GBP"),
        ("US$5", "GB", "5 USD"),
        ("$1.2 million", "US", "1200000 USD"),
        ("200 bucks", "US", "200 USD"),
        ("C$40", "CA", "40 CAD"),
        ("$40", "CA", "40 CAD"),
        ("A$40", "AU", "40 AUD"),
        ("they want 5k", "AU", "5000 AUD"),
        ("i sent gcash 3500 to a seller", "PH", "3500 PHP"),
        ("45000 pesos lost", "PH", "45000 PHP"),
        ("they took 1.2 million naira", "NG", "1200000 NGN"),
        ("2 lakh gone by upi", "IN", "200000 INR"),
        ("Rs 45000 was debited", "IN", "45000 INR"),
        ("paid 1.5 crore in all", "IN", "15000000 INR"),
        ("lost 200 rand", "ZA", "200 ZAR"),
    ],
)
def test_an_amount_is_read_as_each_country_writes_it(text: str, country: str, amount: str) -> None:
    assert values(text, AMOUNT, country) == [amount]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("转了5000元", "5000 CNY"), ("轉了5000圓", "5000 TWD"), ("$20", "20 USD"), ("paid 300 to him", "300 XXX")],
)
def test_where_the_country_is_unknown_the_script_decides_or_no_currency_is_claimed(text: str, amount: str) -> None:
    (found,) = of_type(text, AMOUNT, None)
    assert (found.value, found.checked) == (amount, False)


@pytest.mark.parametrize(
    ("text", "checked"), [("RMB 500", True), ("5000元", False), ("$20", False), ("NT$3萬多", False)]
)
def test_an_amount_is_checked_only_where_currency_and_sum_were_told(text: str, checked: bool) -> None:
    (found,) = of_type(text, AMOUNT, "TW")
    assert found.checked is checked


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2024年",
            "有20万人",
            "100万粉丝",
            "3个人3天",
            "转了2次",
            "分36期",
            "17岁",
            "第3万个",
            "10万股",
            "收到3条短信",
        ),
        *(
            "千万别转",
            "百万保障",
            "十万火急",
            "十几万",
            "几万块",
            "一点都不",
            "打110",
            "打了110",
            "96110",
            "3-5万",
            "4k电视",
            "60w灯泡",
        ),
        *("一周三次", "一个人", "30%", "16:9", "公司4楼", "128G U盘", "两块地"),
    ],
)
def test_people_days_years_hotlines_and_idioms_are_no_money(text: str) -> None:
    assert values(text, AMOUNT, "CN") == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12 people",
            "paid 3 times",
            "I sent 20 messages",
            "lost 5 days",
            "in 2024",
            "within 12h",
            "forward it to 7726",
        ),
        *("I have 4k followers", "a 10k run", "call 159", "lost 30 years of savings", "24/7", "top 10", "five people"),
    ],
)
def test_counts_in_english_are_no_money(text: str) -> None:
    assert values(text, AMOUNT, "GB") == []


@pytest.mark.parametrize(
    "text", ["13812345678", "转13812345678", "卡号6222020000000000001", "2026-11-20转的", "昨天14:05转的"]
)
def test_phones_accounts_and_dates_are_no_money(text: str) -> None:
    assert values(text, AMOUNT, "CN") == []


def test_a_currency_before_the_next_sum_belongs_to_that_sum() -> None:
    assert values("RM500 RMB600", AMOUNT, "MY") == ["500 MYR", "600 CNY"]


def test_the_place_of_an_amount_takes_its_currency_along() -> None:
    (found,) = of_type("我匯了新臺幣三萬五千元給他", AMOUNT, "TW")
    assert found.text == "新臺幣三萬五千元"
    assert found.money == Money(3_500_000, "TWD")


@pytest.mark.parametrize(("currency", "minor"), [("CNY", 1), ("JPY", 3), ("BTC", 1), ("USDT", 2)])
def test_money_reads_back_as_it_was_counted(currency: str, minor: int) -> None:
    money = Money(minor, currency)
    assert money.decimal.scaleb(minor_digits(currency)) == minor
    assert str(money) == f"{money.decimal:f} {currency}"


@given(st.integers(min_value=1, max_value=10**12))
def test_money_never_loses_a_minor_unit(minor: int) -> None:
    number, currency = str(Money(minor, "CNY")).split()
    assert Decimal(number) * 100 == minor
    assert currency == "CNY"


def test_a_sum_no_database_could_hold_is_left_out() -> None:
    assert values("¥999999999999亿亿", AMOUNT) == []


@pytest.mark.parametrize(
    ("text", "country", "amounts"),
    [
        ("R12000 gone from my account", "ZA", ["12000 ZAR"]),
        ("i paid R12,000 to him", None, ["12000 ZAR"]),
        ("R12000 gone from my account", None, []),
        ("room R101 at the hotel", "ZA", []),
        ("i bought a R1200 bmw", None, []),
    ],
)
def test_an_r_before_a_sum_is_rand_where_it_can_be(text: str, country: str | None, amounts: list[str]) -> None:
    assert list(values(text, AMOUNT, country=country)) == amounts


@pytest.mark.parametrize(
    ("text", "country", "amounts"),
    [
        ("总共是13000不是3000", "CN", ["13000 CNY"]),
        ("總共是13000不是3000元", "TW", ["13000 TWD"]),
        ("i paid 3000 dollars not 300", "US", ["3000 USD"]),
        ("是不是3000元", "CN", ["3000 CNY"]),
    ],
)
def test_a_sum_that_is_taken_back_is_none(text: str, country: str, amounts: list[str]) -> None:
    assert list(values(text, AMOUNT, country=country)) == amounts
