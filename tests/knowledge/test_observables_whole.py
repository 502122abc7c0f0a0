"""What holds for every text: places are sound, nothing overlaps, nothing breaks, the more specific find stays."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.observables import Extractor, Observable, ObservableType, extract
from tests.knowledge.observed import NOW, extractor, observe

LONGEST = 16_384

# Pieces that finders look for, so that random texts are near-misses more often than noise.
PIECES = st.sampled_from(
    [
        *(
            "转了",
            "4万8",
            "¥3,000",
            "NT$",
            "一百",
            "二十",
            "万",
            "元",
            "昨天",
            "上周三",
            "14:05",
            "3/15",
            "2026-11-20",
            "前",
            "分钟",
        ),
        *(
            "微信号",
            "abc_123",
            "@",
            "LINE ID:",
            "t.me/",
            "http://",
            "hxxps://",
            "[.]",
            ".",
            "top",
            "com",
            "0",
            "9",
            "1",
            "2",
        ),
        *(
            "1380013",
            "8000",
            "6217",
            "0001",
            "+86",
            "(",
            ")",
            "-",
            "/",
            "0x",
            "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
            "GB29",
        ),
        *("NWBK", "建行", "京东", "paid", "200", "a month", "just", "last", "Wednesday", "ago", "零", "三", "〇"),
        *("\u200b", "\u0301", "５", "㈱", "ﷺ", "İ", "ß", "👩\u200d👧", "\n", "\u202e", " "),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
)
COUNTRIES = st.sampled_from(["CN", "TW", "HK", "MO", "SG", "MY", "GB", "US", "CA", "AU", "KH", None])


def assert_sound(text: str, found: tuple[Observable, ...]) -> None:
    end = 0
    for observable in found:
        assert end <= observable.start < observable.end <= len(text)
        assert text[observable.start : observable.end] == observable.text
        assert observable.value
        assert (observable.money is not None) == (observable.type is ObservableType.AMOUNT)
        assert (observable.moment is not None) == (observable.type is ObservableType.MOMENT)
        end = observable.end


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, country=COUNTRIES)
def test_whatever_was_written_the_places_are_sound_and_in_order(text: str, country: str | None) -> None:
    assert_sound(text, observe(text, country))


@pytest.mark.parametrize(
    "unit",
    [
        *("1", "1 ", "12 34 56 78 ", "1-", "1.", "1,", "1/", "(1) ", "+1 ", "0x1", "1:1"),
        *("a", "a ", "a.", "a@", "@", "@a", ".", "-", "a-", "a.com/", "http://", "hxxp", "[", "t.me/", "[.]"),
        *(
            "一",
            "一二",
            "万",
            "十百千万",
            "转账",
            "微信号: ",
            "昨天14:05",
            "1月",
            "上",
            "paid ",
            "five ",
            "one-",
            "last ",
        ),
        *("e\u0301", "\u0301", "\u200b", "\u202e1", "👨\u200d👩\u200d👧", "\n", "\x00"),
    ],
)
def test_the_longest_text_of_one_repeated_piece_is_read_to_the_end(unit: str) -> None:
    text = (unit * LONGEST)[:LONGEST]
    for country in ("CN", None):
        assert_sound(text, observe(text, country))


@pytest.mark.parametrize(("filler", "country"), [("1 ", "CN"), ("a.", "GB"), ("一", "TW"), ("@", None), ("昨天", "CN")])
def test_a_link_behind_sixteen_thousand_characters_of_noise_is_still_found(filler: str, country: str | None) -> None:
    link = "https://pay.example.com/x"
    noise = (filler * LONGEST)[: LONGEST - len(link) - 1]
    found = observe(f"{noise}\n{link}", country)
    assert found[-1].value == link


def test_a_wallet_inside_a_link_leaves_the_links_domain() -> None:
    found = observe("打开 https://coin-pay.top/?to=TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t 充值")
    assert [(seen.type, seen.value) for seen in found] == [
        (ObservableType.DOMAIN, "coin-pay.top"),
        (ObservableType.WALLET, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    ]


def test_an_address_with_a_phone_number_in_it_stays_one_link() -> None:
    found = observe("https://pay.example.com/u/13812345678/a")
    assert [seen.type for seen in found] == [ObservableType.LINK]


def test_what_precedes_digits_decides_between_account_and_phone() -> None:
    account, phone = observe("帳號 0912345678，電話 0912345678", "TW")
    assert (account.type, account.value) == (ObservableType.ACCOUNT, "0912345678")
    assert (phone.type, phone.value) == (ObservableType.PHONE, "+886912345678")


def test_a_telling_of_money_just_sent_yields_amount_time_and_platform() -> None:
    text = "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办"
    seen = {(found.type, found.value) for found in observe(text)}
    assert seen == {
        (ObservableType.MOMENT, "2026-11-23"),
        (ObservableType.RAIL, "bank-transfer"),
        (ObservableType.AMOUNT, "48000 CNY"),
        (ObservableType.PLATFORM, "jd"),
    }


def test_a_line_of_account_bank_name_and_time_is_taken_apart() -> None:
    found = observe("6217 0001 2345 6789 019  建行 王某某 14:05")
    assert [(seen.type, seen.value, seen.text) for seen in found] == [
        (ObservableType.ACCOUNT, "6217000123456789019", "6217 0001 2345 6789 019"),
        (ObservableType.BANK, "china-construction-bank", "建行"),
        (ObservableType.MOMENT, "2026-11-23T14:05+08:00", "14:05"),
    ]


def test_a_parcel_message_yields_its_link_alone() -> None:
    text = 'Is this real? "USPS: your parcel is held. Update within 12h: hxxps://usps-redelivery[.]top/i"'
    (link,) = observe(text, "US")
    assert (link.type, link.value) == (ObservableType.LINK, "https://usps-redelivery.top/i")
    assert link.text == "hxxps://usps-redelivery[.]top/i"


def test_twelve_people_are_no_money_but_two_hundred_a_month_is() -> None:
    (amount,) = observe("he wants me in his savings circle, 12 people, everyone pays 200 a month", "GB")
    assert amount.value == "200 GBP"
    assert not amount.checked


def test_wages_and_ransom_are_amounts_and_last_month_is_a_moment() -> None:
    text = "我弟弟上个月去缅甸做客服 说月薪三万 现在只能晚上用暗语发消息 说被关着 要我们交20万赎人"
    assert [found.value for found in observe(text)] == ["2026-10", "30000 CNY", "200000 CNY"]


def test_a_traditional_telling_yields_all_its_facts() -> None:
    text = "我前天下午三點用國泰世華網銀匯款29,985元到 (812) 20881000123456，對方LINE ID: abc888，電話0912-345-678"
    assert [(found.type.value, found.value) for found in observe(text, "TW")] == [
        ("moment", "2026-11-21T15+08:00"),
        ("bank", "cathay-united-bank"),
        ("rail", "bank-transfer"),
        ("rail", "bank-transfer"),
        ("amount", "29985 TWD"),
        ("account", "81220881000123456"),
        ("platform", "line"),
        ("handle", "line:abc888"),
        ("phone", "+886912345678"),
    ]


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        extractor().extract("昨天", country="CN", now=datetime(2026, 11, 23))  # noqa: DTZ001 - the point of the test


def test_one_call_without_an_extractor_reads_the_same() -> None:
    text = "转了300 USDT"
    assert extract(text, country="CN", now=NOW) == Extractor.shipped().extract(text, country="CN", now=NOW)


def test_an_empty_text_names_nothing() -> None:
    assert observe("") == ()
