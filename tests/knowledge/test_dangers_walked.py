"""What people wrote who walked through the service, and were misheard: each is heard as it is meant."""

import pytest

from knowledge.dangers import Besides, Danger, Kind, shipped_reader
from knowledge.language import Language
from knowledge.places import guess_country

LIFE, LIVE, MONEY, MULE, TRAVEL = Danger.LIFE, Danger.LIVE_CONTROL, Danger.MONEY_GONE, Danger.MULE, Danger.TRAVEL


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("我現在好想死 我怎麼這麼笨", LIFE),
        ("我而家好想死 唔知點算", LIFE),
        ("they morphed my photo nude and sending to contacts, i feel like ending", LIFE),
        ("他叫我转账 我转了", MONEY),
        ("王者荣耀卖号 平台说账号冻结要充1500解冻 我充了", MONEY),
        ("我在网上贷款 他说要先刷流水 我转了3000给他", MONEY),
        ("他叫我把錢放在公園垃圾桶旁邊 我剛放完", MONEY),
        ("租樓要先俾按金先睇得樓 我已經俾咗", MONEY),
        ("an irs officer wants me to pay 3200 or be arrested, i sent 1000", MONEY),
        ("i already transfer RM6000 to maybank account 10 minutes ago", MONEY),
        ("my fiance overseas needs 2k for customs, i already sent him 14k total since march", MONEY),
        ("my bank just rang me, i am talking to them, is this okay", LIVE),
    ],
)
def test_a_danger_is_heard(text: str, danger: Danger) -> None:
    assert danger in shipped_reader().read(text).dangers


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("我回來了 從緬甸 半年前 現在怎麼跟警察講", LIVE),
        ("他在电话里说我涉嫌洗钱", LIVE),
        ("哦 那没事了 再见", LIFE),
        ("但係佢去咗之後失聯", LIFE),
        ("我在柬埔寨工作 老闆不讓我走 護照被扣", LIFE),
        ("爸爸让我帮他转500给我妈", MULE),
        ("收款人李强 开户行工商银行 我被骗了5000 昨天转的", MULE),
        ("我個whatsapp俾人hack咗 有人用我account問人借錢", MULE),
        ("i gave my bank card and pin to the courier this morning", MULE),
        ("举报一个诈骗电话 13800001111", MONEY),
        ("打過165了", MONEY),
        ("他是我们主管", Danger.CONTROLLER),
        ("我老公转了3万 我不知道密码", Danger.CONTROLLER),
        ("i was going to wire 30k tomorrow to coinbase for a guy i met, my daughter says dont", TRAVEL),
        ("got a remote job from a recruiter, hotels, $300 per day", TRAVEL),
    ],
)
def test_a_danger_that_is_none_is_not(text: str, danger: Danger) -> None:
    assert danger not in shipped_reader().read(text).dangers


@pytest.mark.parametrize(
    ("text", "kind", "besides"),
    [
        ("they locked the door help im in cambodia", Kind.HELD, Besides.INSIDE),
        ("i crossed the river to myanmar with them at night, i want to go home", Kind.HELD, Besides.INSIDE),
        ("son in KK park compound told me need pay RM80k in 3 days", Kind.HELD, None),
        ("my friend has been taken to laos for job, not able to come back", Kind.HELD, None),
        ("妹妹昨天坐飛機去柬埔寨 說做客服 現在聯絡不上了", Kind.HELD, None),
        ("我要举报一个诈骗网站", Kind.CHECK, None),
        ("救命 有人拿刀", None, Besides.HURT),
        ("the policeman on the phone sent a courier and i gave him my card", Kind.CHEATED, Besides.GIVEN),
    ],
)
def test_kind_and_what_is_told_besides_are_heard(text: str, kind: Kind | None, besides: Besides | None) -> None:
    read = shipped_reader().read(text)
    assert read.kind is kind
    assert besides is None or besides in read.besides


@pytest.mark.parametrize(
    ("text", "language", "hint", "country"),
    [
        ("大陸公安打給我說我洗錢 我匯了20萬給他們", Language.ZH_HANT, "zh-TW", "TW"),
        ("公安打嚟話我洗黑錢", Language.ZH_HANT, "zh-HK", "HK"),
        ("骗子说自己在香港 让我转了3万", Language.ZH_HANS, "zh-CN", "CN"),
        ("网上认识一个男的 说在新加坡做工程 带我做投资 我投了23万", Language.ZH_HANS, "zh-CN", "CN"),
    ],
)
def test_where_the_swindler_says_to_be_is_not_where_the_reporter_is(
    text: str, language: Language, hint: str, country: str
) -> None:
    assert guess_country(text, language=language, observables=(), hint=hint) == country
