"""The quick way out, the page it leads to, and the privacy notice."""

import re
from collections.abc import Callable

import pytest

from storage import sessions
from tests.bot.channels.conftest import House
from tests.bot.channels.visitor import Visitor

CHECK = "Is this real? Your parcel is held, pay a small fee within 12h: hxxps://usps-redelivery[.]top/i"


# --- the quick way out ---


async def test_the_way_out_erases_what_was_told_and_leaves_a_page_that_says_nothing(
    visitor: Visitor, house: House
) -> None:
    await visitor.say(CHECK)
    old_tab = visitor.form("/say").fields
    await visitor.leave()
    (first, *_) = visitor.answer.history
    assert first.headers["clear-site-data"] == '"cache", "storage"'
    assert 'talk=""; ' in first.headers["set-cookie"]
    assert "Max-Age=0" in first.headers["set-cookie"]
    assert house.database.read_now(sessions.count) == 0
    assert "history" in visitor.answer.text
    for word in ("Fanzha", "fraud", "scam", "report", "parcel"):
        assert word not in visitor.answer.text.replace("fanzha.css", "")
    await visitor.send("/say", {**old_tab, "text": "from a tab left open"})
    assert (visitor.answer.status_code, visitor.said) == (403, [])


async def test_the_way_out_works_from_a_page_grown_old_and_before_anything_was_said(visitor: Visitor) -> None:
    fields = visitor.form("/exit").fields
    await visitor.send("/exit", {**fields, "form_token": "old"})
    assert visitor.answer.url.path == "/left"
    await visitor.open()
    await visitor.say(CHECK)
    await visitor.send("/exit", {**fields, "form_token": "old"})
    await visitor.open()
    assert visitor.said == []


async def test_another_site_cannot_erase_what_was_told(visitor: Visitor, house: House) -> None:
    await visitor.say(CHECK)
    await visitor.send("/exit", visitor.form("/exit").fields, Origin="https://evil.test")
    assert house.database.read_now(sessions.count) == 1


async def test_the_way_out_typed_or_pressed_like_any_button_is_the_same(visitor: Visitor, house: House) -> None:
    await visitor.say(CHECK)
    await visitor.send("/press", {**visitor.form("/press").fields, "button": "exit"})
    assert visitor.answer.url.path == "/left"
    assert house.database.read_now(sessions.count) == 0


@pytest.mark.parametrize(("language", "word"), [("en", "Closed"), ("zh-Hans", "已关闭"), ("zh-Hant", "已關閉")])
async def test_the_page_after_the_way_out_speaks_the_persons_language(
    visitor: Visitor, language: str, word: str
) -> None:
    await visitor.press(f"language:{language}")
    await visitor.leave()
    assert f"<title>{word}</title>" in visitor.answer.text


# --- the notice ---


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["3 days", "365 days", "90 days", "browser's history", "Withdraw"]),
        ("zh-Hans", ["3 天", "365 天", "90 天", "历史记录", "撤回"]),
        ("zh-Hant", ["3 天", "365 天", "90 天", "歷史紀錄", "撤回"]),
    ],
)
async def test_the_privacy_notice_says_what_is_kept_and_how_long(
    visitor: Visitor, language: str, words: list[str]
) -> None:
    await visitor.open(f"/privacy?language={language}")
    assert visitor.answer.headers["content-language"] == language
    assert all(word in visitor.answer.text for word in words)


async def test_the_privacy_notice_speaks_the_talks_language(visitor: Visitor) -> None:
    await visitor.press("language:zh-Hant")
    await visitor.open("/privacy")
    assert visitor.answer.headers["content-language"] == "zh-Hant"


@pytest.mark.parametrize("accepts", ["en", "zh-CN", "zh-TW"])
async def test_the_title_tells_nothing_to_whoever_looks_at_the_tab(visit: Callable[..., Visitor], accepts: str) -> None:
    visitor = visit(accepts=accepts)
    await visitor.open()
    (title,) = re.findall("<title>(.*)</title>", visitor.answer.text)
    assert title in {"Messages", "消息", "訊息"}


async def test_the_look_that_was_chosen_goes_with_the_browser_or_the_way_out(visitor: Visitor) -> None:
    await visitor.open("/?theme=dark")
    kept = visitor.answer.headers["set-cookie"]
    assert kept.startswith("look=dark; ")
    assert "expires" not in kept.lower()
    assert "max-age" not in kept.lower()
    await visitor.open()
    assert 'data-theme="dark"' in visitor.answer.text
    await visitor.say("A parcel is held, they say, and I must pay")
    await visitor.leave()
    assert 'data-theme="dark"' not in visitor.answer.text


async def test_no_look_is_offered_beside_what_is_shown_only_once(visitor: Visitor) -> None:
    await visitor.say("I sent 4,800 pounds to the safe account they gave me, 20 minutes ago")
    assert "theme=dark" in visitor.answer.text
    await visitor.press("money:called")
    while "submit" not in visitor.buttons:
        await visitor.press("skip")
    await visitor.press("submit")
    assert visitor.page.texts("receipt")
    assert "theme=dark" not in visitor.answer.text
