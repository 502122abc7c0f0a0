"""Which language a text is written in."""

import pytest

from knowledge.language import Language, Texts, detect_language, in_language


@pytest.mark.parametrize(
    "text",
    [
        "Is this real? They said my parcel is held",
        "a man from my gym wants me to join his savings circle",
        "he called me and said 你好 before he asked for my card",
        "ｉｓ ｔｈｉｓ ｒｅａｌ or not",
        "\u200b".join("is this a scam"),
    ],
)
def test_english_is_told(text: str) -> None:
    assert detect_language(text) is Language.EN


@pytest.mark.parametrize(
    "text",
    [
        "我刚被骗了，刚转了4万8给他们",
        "对方说是京东客服",
        "晚上吃什么",
        "点击 https://example.com/is/this/real 领取补贴",
        "骗子让我下载 Telegram",
    ],
)
def test_simplified_chinese_is_told(text: str) -> None:
    assert detect_language(text) is Language.ZH_HANS


@pytest.mark.parametrize(
    "text", ["我剛被騙了，轉了四萬八給他們", "佢叫我過數去另一個戶口", "請到超商繳費", "對方叫我加 LINE 好友"]
)
def test_traditional_chinese_is_told(text: str) -> None:
    assert detect_language(text) is Language.ZH_HANT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345 67",
        "你好",
        "ok",
        "K7Q2-M9RD-4TXA-7WNE",
        "https://example.com/is/this/the/one",
        "saya kena tipu",
        "😀",
        "转 轉",
        "\ud800",
        "未畀",
        "畀你睇",
    ],
)
def test_what_cannot_be_told_is_left_open(text: str) -> None:
    assert detect_language(text) is None


def test_a_missing_text_falls_back_to_the_other_script_and_then_to_english() -> None:
    texts: Texts = {Language.EN: "bank", Language.ZH_HANS: "银行"}

    assert in_language(texts, Language.ZH_HANT) == "银行"
    assert in_language({"en": "bank"}, Language.ZH_HANS) == "bank"
    assert in_language(texts, Language.EN) == "bank"
