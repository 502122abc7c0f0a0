"""Phones, links, domains, e-mail addresses and account names, disguised or not."""

import pytest

from knowledge.observables import ObservableType
from tests.knowledge.observed import extractor, observe, of_type, values

PHONE, LINK, DOMAIN = ObservableType.PHONE, ObservableType.LINK, ObservableType.DOMAIN
EMAIL, HANDLE = ObservableType.EMAIL, ObservableType.HANDLE


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("打13812345678给我", "CN", "+8613812345678"),
        ("400-820-8820", "CN", "+864008208820"),
        ("010-65529988", "CN", "+861065529988"),
        ("0912-345-678", "TW", "+886912345678"),
        ("市話 02-2345-6789", "TW", "+886223456789"),
        ("致電 9123 4567", "HK", "+85291234567"),
        ("call me at 91234567", "SG", "+6591234567"),
        ("012-345 6789", "MY", "+60123456789"),
        ("call 07911 123456", "GB", "+447911123456"),
        ("(213) 373-4253", "US", "+12133734253"),
        ("0412 345 678", "AU", "+61412345678"),
        ("+852 9123 4567 打来的", "CN", "+85291234567"),
        ("0086 13812345678", "SG", "+8613812345678"),
        ("a mainland number, 13812345678, called", "GB", "+8613812345678"),
    ],
)
def test_a_number_is_read_by_the_plan_of_its_country(text: str, country: str, number: str) -> None:
    (phone,) = of_type(text, PHONE, country)
    assert (phone.value, phone.checked) == (number, True)


@pytest.mark.parametrize(
    "written",
    [
        "0 9 1 2 3 4 5 6 7 8",
        "０９１２－３４５－６７８",
        "0912\u200b345\u200b678",
        "零九一二三四五六七八",
        "0\ufe0f\u20e39\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e37\ufe0f\u20e38\ufe0f\u20e3",
        "０ ９ 1 2 三 四 5 6 7 8",
    ],
)
def test_a_disguised_number_is_read_and_keeps_its_place(written: str) -> None:
    (phone,) = observe(f"打 {written} 找我", "TW")
    assert phone.value == "+886912345678"
    assert phone.text == written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("打13812345678", "+8613812345678"),
        ("0912345678", "+886912345678"),
        ("07911 123456", "+447911123456"),
        ("(213) 373-4253", "+12133734253"),
    ],
)
def test_where_the_country_is_unknown_only_unmistakable_numbers_are_read(text: str, number: str) -> None:
    assert values(text, PHONE, None) == [number]


@pytest.mark.parametrize("text", ["91234567", "2025112014", "0123456789 points", "1234567890"])
def test_where_the_country_is_unknown_bare_digits_are_no_phone(text: str) -> None:
    assert values(text, PHONE, None) == []


def test_a_number_that_fits_two_countries_is_kept_as_its_digits_unchecked() -> None:
    (phone,) = of_type("whatsapp 91234567", PHONE, None)
    assert (phone.value, phone.checked) == ("91234567", False)


def test_a_mistyped_number_is_kept_unchecked_where_a_word_announces_it() -> None:
    (phone,) = of_type("电话：1381234567", PHONE)
    assert (phone.value, phone.checked) == ("1381234567", False)


@pytest.mark.parametrize(
    "text",
    [
        "订单号 13812345678",
        "2025-11-20 14:05",
        "转了13800000000元",
        "order number 2133734253",
        "在2026/11/20 1234",
        "13812345678901234",
    ],
)
def test_orders_dates_and_sums_are_no_phones(text: str) -> None:
    for country in ("CN", "US"):
        assert values(text, PHONE, country) == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("hxxps://usps-redelivery[.]top/i", "https://usps-redelivery.top/i"),
        ("hXXp://evil(.)com/a", "http://evil.com/a"),
        ("http[:]//evil[dot]com", "http://evil.com"),
        ("点 https://evil.com/a?b=1&c=2，快", "https://evil.com/a?b=1&c=2"),
        ("(see http://evil.com/x).", "http://evil.com/x"),
        ("bit.ly/3xYz 点开", "bit.ly/3xYz"),
        ("HTTPS://EVIL.COM/Path", "https://evil.com/Path"),
        ("ｈｔｔｐｓ：／／ｅｖｉｌ．ｃｏｍ／ａ", "https://evil.com/a"),
        ("http://203.0.113.7:8080/login", "http://203.0.113.7:8080/login"),
        ("https://中国银行.com/a", "https://中国银行.com/a"),
        ("https://xn--fiqs8s.com/", "https://xn--fiqs8s.com/"),
        ("h**ps://evil.com", "https://evil.com"),
    ],
)
def test_a_link_is_read_whether_or_not_it_was_made_harmless(text: str, link: str) -> None:
    assert values(text, LINK) == [link]


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("访问abc-pay.com查看", "abc-pay.com"),
        ("evil . top", "evil.top"),
        ("evil dot com", "evil.com"),
        ("evil点com", "evil.com"),
        ("www.top-pay.com.cn", "www.top-pay.com.cn"),
        ("EVIL.COM", "evil.com"),
    ],
)
def test_a_domain_without_a_path_is_a_domain(text: str, domain: str) -> None:
    assert values(text, DOMAIN) == [domain]
    assert values(text, LINK) == []


@pytest.mark.parametrize(
    "text",
    [
        "I paid.So what now",
        "report.zip",
        "3.5",
        "v1.2.3",
        "e.g. this",
        "Node.js",
        "sent the money.my bank",
        "12.11.2026",
    ],
)
def test_a_missing_space_a_file_or_a_figure_is_no_domain(text: str) -> None:
    assert values(text, DOMAIN, "GB") + values(text, LINK, "GB") == []


def test_the_registered_part_of_a_host_is_known_without_the_network() -> None:
    assert extractor().registered_domain("www.top-pay.com.cn") == "top-pay.com.cn"
    assert extractor().registered_domain("localhost") == ""


@pytest.mark.parametrize(
    ("text", "address"), [("写信到A.B+c@Evil.com。", "a.b+c@evil.com"), ("help (at) evil[.]com", "help@evil.com")]
)
def test_an_address_is_no_account_name(text: str, address: str) -> None:
    (found,) = observe(text)
    assert (found.type, found.value) == (EMAIL, address)


@pytest.mark.parametrize(
    ("text", "handle", "written"),
    [
        ("微信号 abc_123", "wechat:abc_123", "abc_123"),
        ("加V: xiaoming88", "wechat:xiaoming88", "xiaoming88"),
        ("加薇信 abc_12345", "wechat:abc_12345", "abc_12345"),
        ("wechat id: happyday", "wechat:happyday", "happyday"),
        ("LINE ID: xx12", "line:xx12", "xx12"),
        ("LINE ID：「s5515」", "line:s5515", "s5515"),
        ("我的賴ID是 abc888", "line:abc888", "abc888"),
        ("LINE，ID是88957432", "line:88957432", "88957432"),
        ("Telegram @Boss88", "telegram:boss88", "@Boss88"),
        ("telegram: johnsmith", "telegram:johnsmith", "johnsmith"),
        ("飞机号：boss_vip", "telegram:boss_vip", "boss_vip"),
        ("t.me/Boss88", "telegram:boss88", "t.me/Boss88"),
        ("https://t.me/+AbCdEf123", "telegram:+AbCdEf123", "https://t.me/+AbCdEf123"),
        ("hxxps://t[.]me/boss88", "telegram:boss88", "hxxps://t[.]me/boss88"),
        ("QQ 12345678", "qq:12345678", "12345678"),
        ("加QQ群：876543210", "qq:876543210", "876543210"),
        ("wa.me/8613812345678", "whatsapp:+8613812345678", "wa.me/8613812345678"),
        ("https://line.me/ti/p/~abc888", "line:abc888", "https://line.me/ti/p/~abc888"),
        ("IG: pretty.girl_99", "instagram:pretty.girl_99", "pretty.girl_99"),
        ("ask @scam_guy", "unknown:scam_guy", "@scam_guy"),
    ],
)
def test_an_account_name_is_read_with_its_platform(text: str, handle: str, written: str) -> None:
    for country in ("CN", "TW", None):
        (found,) = of_type(text, HANDLE, country)
        assert (found.value, found.text) == (handle, written)


@pytest.mark.parametrize(
    "text",
    [
        "微信群里有人",
        "Telegram: hello there",
        "WeChat group called Money",
        "line 3 of the form",
        "我用LINE聊天",
        "QQ 你好",
        "a@b",
        "微信 支付",
    ],
)
def test_a_platform_alone_is_no_account_name(text: str) -> None:
    assert values(text, HANDLE) == []


def test_a_phone_number_on_a_messenger_is_a_phone_but_digits_on_qq_are_a_name() -> None:
    assert values("WhatsApp +852 9123 4567", PHONE, "HK") == ["+85291234567"]
    assert values("QQ 91234567", PHONE, "HK") == []
