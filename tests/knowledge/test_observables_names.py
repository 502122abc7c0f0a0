"""Rails, platforms and banks, and the file that names them."""

from pathlib import Path

import pytest

from knowledge.observables import ObservableType, VocabularyError, load_vocabulary, shipped_vocabulary
from knowledge.observables.countries import TRIED
from tests.knowledge.observed import of_type, values

RAIL, PLATFORM, BANK = ObservableType.RAIL, ObservableType.PLATFORM, ObservableType.BANK

GOOD = """
[ignored]
words = ["南京东路"]
[[rail]]
id = "cash"
words = ["现金"]
[[platform]]
id = "jd"
words = ["京东"]
[[bank]]
id = "chase"
country = "US"
exact = ["Chase"]
[[currency]]
id = "USD"
words = ["usd"]
[bare]
dollars = ["$"]
local = ["元"]
"""


@pytest.mark.parametrize(
    ("text", "rail"),
    [
        ("用支付宝付的", "alipay"),
        ("支 付 宝", "alipay"),
        ("微信转账", "wechat-pay"),
        ("去ATM提款", "atm"),
        ("銀行轉帳", "bank-transfer"),
        ("匯款給他", "bank-transfer"),
        ("過數", "bank-transfer"),
        ("轉數快", "fps"),
        ("FPS", "fps"),
        ("超商代碼繳費", "convenience-store-code"),
        ("by PayNow", "paynow"),
        ("wire transfer", "bank-transfer"),
        ("a Steam gift card", "gift-card"),
        ("sent it by Zelle", "zelle"),
        ("in USDT", "crypto"),
        ("a courier took the cash", "cash"),
        ("LINE Pay", "line-pay"),
    ],
)
def test_how_money_went_is_read_in_three_languages(text: str, rail: str) -> None:
    assert values(text, RAIL) == [rail]


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("京东客服", "jd"),
        ("在抖音上", "douyin"),
        ("臉書社團", "facebook"),
        ("蝦皮", "shopee"),
        ("露天拍賣", "ruten"),
        ("小紅書", "xiaohongshu"),
        ("met on Tinder", "tinder"),
        ("Carousell", "carousell"),
        ("加我line", "line"),
        ("on LINE", "line"),
    ],
)
def test_where_it_was_met_is_read_in_three_languages(text: str, platform: str) -> None:
    assert values(text, PLATFORM) == [platform]


@pytest.mark.parametrize(
    ("text", "bank"),
    [
        ("建行卡", "china-construction-bank"),
        ("中國建設銀行", "china-construction-bank"),
        ("國泰世華", "cathay-united-bank"),
        ("滙豐戶口", "hsbc"),
        ("中銀香港", "bank-of-china-hong-kong"),
        ("大西洋銀行", "bnu"),
        ("DBS account", "dbs"),
        ("Maybank2u", "maybank"),
        ("Barclays", "barclays"),
        ("my Chase card", "chase"),
        ("CommBank", "commonwealth-bank"),
        ("Scotiabank", "scotiabank"),
    ],
)
def test_a_bank_is_read_in_both_scripts_and_english(text: str, bank: str) -> None:
    assert values(text, BANK) == [bank]


@pytest.mark.parametrize(
    "text",
    ["they chase me", "stand in line", "a wise man", "on the signal", "南京東路", "恒生指数", "wired", "machine"],
)
def test_everyday_words_and_streets_are_no_names(text: str) -> None:
    assert values(text, BANK) + values(text, PLATFORM) == []
    assert [found for found in of_type(text, RAIL) if found.text != "wired"] == []


def test_every_country_whose_names_are_read_has_banks() -> None:
    assert set(shipped_vocabulary().bank_countries.values()) == set(TRIED)


def write(directory: Path, text: str) -> Path:
    path = directory / "vocabulary.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_small_vocabulary_is_enough(tmp_path: Path) -> None:
    vocabulary = load_vocabulary(write(tmp_path, GOOD))
    assert [name.id for name in vocabulary.names] == ["cash", "jd", "chase"]
    assert vocabulary.bank_countries == {"chase": "US"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "cash"', 'id = "Cash!"', "vocabulary.toml: rail[0].id: "),
        ('words = ["现金"]', "", "vocabulary.toml: rail[0].words: is missing; write what people call it"),
        (
            'words = ["现金"]',
            'words = ["京东"]',
            'vocabulary.toml: platform[0].words[0]: "京东" already stands for "cash"; keep one',
        ),
        (
            'words = ["现金"]',
            'words = ["京東"]',
            'vocabulary.toml: platform[0].words[0]: "京东" already stands for "cash"; keep one',
        ),
        ('words = ["现金"]', 'words = ["币"]', 'vocabulary.toml: rail[0].words[0]: "币" is too short'),
        ('words = ["现金"]', 'wrods = ["现金"]', "vocabulary.toml: rail[0].wrods: "),
        ('country = "US"', 'country = "UK"', 'vocabulary.toml: bank[0].country: "UK" is not among: CN, TW'),
        ('id = "USD"', 'id = "usd"', 'vocabulary.toml: currency[0].id: "usd" is no currency; write its'),
        ("[bare]", "[bear]", "vocabulary.toml: bare: is missing"),
        ("[[rail]]", "[[rail]", "vocabulary.toml: is not valid TOML"),
    ],
)
def test_a_fault_in_the_vocabulary_names_file_key_and_remedy(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(write(tmp_path, GOOD.replace(old, new, 1)))
    assert any(str(found).startswith(fault) for found in caught.value.faults), str(caught.value)
