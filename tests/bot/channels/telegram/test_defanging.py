"""Links that people told of lead nowhere; those of the police do."""

import pytest

from bot.channels.telegram.defanging import defang
from bot.services.official import official_hosts
from knowledge.hotlines import Way, shipped_hotlines

OURS = frozenset({"ic3.gov", "www.police.gov.sg", "t.me/fanzha_bot"})


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("http://evil.top/a?b=c.d", "hxxp://evil[.]top/a?b=c.d"),
        ("https://usps.evil.top", "hxxps://usps[.]evil[.]top"),
        ("打开usps-redelivery.top/i看看", "打开usps-redelivery[.]top/i看看"),
        ("例子.com", "例子[.]com"),
        ("me@evil.com", "me@evil[.]com"),
        ("http://10.1.2.3/x", "hxxp://10[.]1[.]2[.]3/x"),
        ("https://localhost/x", "https[:]//localhost/x"),
        ("tg://resolve?domain=evil", "tg[:]//resolve?domain=evil"),
        ("t.me/evil_group", "t[.]me/evil_group"),
        ("ic3.gov.evil.top", "ic3[.]gov[.]evil[.]top"),
        ("evilic3.gov", "evilic3[.]gov"),
        ("加 @evil_handle 好友", "加 @\u2060evil_handle 好友"),
    ],
)
def test_a_link_told_is_broken(told: str, shown: str) -> None:
    assert defang(told, OURS) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://www.ic3.gov",
        "网上举报：ic3.gov。",
        "www.police.gov.sg/report",
        "t.me/fanzha_bot",
        "4.8 万元，14:05，110 (+86-10-12308)。",
        "i.e. this, e.g. that... a.m.",
        "a@b",
        "K7Q2-M9RD-4TXA-7WNE",
    ],
)
def test_what_is_ours_or_no_link_stays(text: str) -> None:
    assert defang(text, OURS) == text


def test_every_web_address_of_the_hotlines_stays() -> None:
    hotlines = shipped_hotlines()
    hosts = official_hosts(hotlines)
    for line in hotlines.every:
        if line.kind is Way.WEB:
            assert defang(f"看 {line.number}。", hosts) == f"看 {line.number}。"
