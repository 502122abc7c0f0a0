"""Which language a page is shown in."""

import pytest
from starlette.requests import Request

from bot.web.languages import choose_language, language_from_tag
from knowledge.language import Language


def request(*, query: str = "", cookie: str = "", accepted: str = "") -> Request:
    headers = [(b"accept-language", accepted.encode())]
    if cookie:
        headers.append((b"cookie", f"fanzha_language={cookie}".encode()))
    return Request({"type": "http", "query_string": query.encode(), "headers": headers, "path": "/", "method": "GET"})


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-GB", Language.EN),
        ("zh", Language.ZH_HANS),
        ("zh-CN", Language.ZH_HANS),
        ("zh-Hans-HK", Language.ZH_HANS),
        ("zh-TW", Language.ZH_HANT),
        ("zh_Hant", Language.ZH_HANT),
        ("yue", Language.ZH_HANT),
        ("fr", None),
        ("", None),
    ],
)
def test_a_tag_names_a_language_or_none(tag: str, language: Language | None) -> None:
    assert language_from_tag(tag) is language


def test_the_address_speaks_before_the_cookie_and_the_cookie_before_the_browser() -> None:
    everything = request(query="language=zh-Hant", cookie="zh-Hans", accepted="en")
    assert choose_language(everything) is Language.ZH_HANT
    assert choose_language(request(cookie="zh-Hans", accepted="en")) is Language.ZH_HANS
    assert choose_language(request(accepted="fr, en;q=0.3, zh-TW;q=0.8")) is Language.ZH_HANT


@pytest.mark.parametrize("accepted", ["", "fr", ";;;q=,,", "zh;q=abc, x" * 500])
def test_what_cannot_be_read_is_answered_in_english(accepted: str) -> None:
    assert choose_language(request(accepted=accepted, query="language=%00")) is Language.EN
