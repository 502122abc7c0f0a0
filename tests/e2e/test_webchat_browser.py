"""A whole report in a real browser on a phone's width, with the page's script and without it."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.settings import Settings
from tests.bot.app.service import command, running
from tests.ports import free_ports

pytestmark = pytest.mark.browser

PHONE = (390, 844)
SMALL_PHONE = (320, 568)
DESK = (1280, 860)
RECEIPT = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
TOUCH = 44
"""Pixels a thumb needs."""
CHEATED = {
    "en-GB": "My bank's fraud team called and I sent 4,800 pounds to the safe account they gave me. 20 minutes ago",
    "zh-CN": "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办",
    "zh-TW": "剛剛接到自稱蝦皮客服的電話，說我誤設成分期付款，我匯了49987元過去，怎麼辦",
}
SENT_AGAIN = "one more thing: they called from a number I do not know"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a web chat of its own is served, by a process of its own."""
    (port,) = free_ports(1)
    settings = Settings(home=tmp_path_factory.mktemp("webchat") / "home", citizens_port=port)
    assert command(settings, "keys", "make").returncode == 0
    with running(settings, "citizens"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the web chat in a browser of its own; at the end nothing may have gone wrong in any."""
    faults: list[str] = []
    with ExitStack() as stack:

        def open_one(locale: str = "en-GB", size: tuple[int, int] = PHONE, *, script: bool = True) -> Page:
            context: BrowserContext = browser.new_context(
                base_url=address,
                locale=locale,
                viewport={"width": size[0], "height": size[1]},
                java_script_enabled=script,
                has_touch=size != DESK,
                is_mobile=size != DESK,
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
            page.goto("/")
            return page

        yield open_one
    assert faults == []


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#say button")
    page.wait_for_load_state()


def press(page: Page, button: str) -> None:
    page.click(f"button[value='{button}']")
    page.wait_for_load_state()


def is_in_reach(page: Page, selector: str) -> bool:
    """On the screen as it stands, without scrolling, and large enough for a thumb."""
    box, size = page.locator(selector).bounding_box(), page.viewport_size
    assert box is not None
    assert size is not None
    is_on_screen = box["y"] >= 0 and box["y"] + box["height"] <= size["height"] and box["x"] >= 0
    return is_on_screen and box["x"] + box["width"] <= size["width"] and box["height"] >= TOUCH


def has_no_sideways_scrolling(page: Page) -> bool:
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return bool(widths[0] <= widths[1])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN", "zh-TW"])
def test_a_citizen_reports_on_a_phone_and_leaves_no_trace_on_the_page(
    open_page: Callable[..., Page], locale: str, *, script: bool
) -> None:
    page = open_page(locale, script=script)
    say(page, CHEATED[locale])
    card = page.locator(".newest .bubble.urgent")
    expect(card).to_be_in_viewport()
    for button in ("money", "danger", "watched"):
        assert is_in_reach(page, f"button[value='{button}']")
    press(page, "money:called")
    while page.locator("button[value='submit']").count() == 0:
        press(page, "skip")
    assert is_in_reach(page, "button.leave")
    press(page, "submit")
    receipt = page.locator("#receipt")
    expect(receipt).to_be_in_viewport()
    expect(receipt).to_have_text(RECEIPT)
    told = receipt.inner_text()
    page.click("button.leave")
    page.wait_for_url("**/left?*")
    page.goto("/")
    assert page.locator(".bubble.person").count() == 0
    assert told not in page.content()
    say(page, told)
    expect(page.locator(".once")).to_have_count(1)
    expect(page.locator("button[value='receipt:withdraw']")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_after_the_way_out_a_step_back_shows_nothing_of_the_talk(
    open_page: Callable[..., Page], *, script: bool
) -> None:
    page = open_page(script=script)
    say(page, CHEATED["en-GB"])
    page.click("button.leave")
    page.wait_for_url("**/left?*")
    page.go_back()
    expect(page.locator("button[value='kind:check']")).to_have_count(1)
    assert "4,800" not in page.content()


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN", "zh-TW"])
def test_no_page_is_wider_than_the_smallest_phone(open_page: Callable[..., Page], locale: str) -> None:
    page = open_page(locale, SMALL_PHONE)
    assert has_no_sideways_scrolling(page)
    for button in ("money", "danger", "watched"):
        assert is_in_reach(page, f"button[value='{button}']")
    assert is_in_reach(page, "button.leave")
    say(page, CHEATED[locale] + " https://" + "x" * 300)
    assert has_no_sideways_scrolling(page)
    press(page, "money:called")
    while page.locator("button[value='submit']").count() == 0:
        assert has_no_sideways_scrolling(page)
        press(page, "skip")
    press(page, "submit")
    assert has_no_sideways_scrolling(page)
    for path in ("/privacy", "/left"):
        page.goto(path)
        assert has_no_sideways_scrolling(page)


def test_enter_sends_at_a_desk_and_with_shift_begins_a_new_line(open_page: Callable[..., Page]) -> None:
    page = open_page(size=DESK)
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("A parcel is held, they say.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("They want a fee.")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.person")).to_have_text("A parcel is held, they say.\nThey want a fee.")


def test_the_enter_that_ends_a_chinese_word_does_not_send(open_page: Callable[..., Page]) -> None:
    page = open_page("zh-CN", DESK)
    page.fill("#text", "快递")
    page.evaluate(
        "document.getElementById('text').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.wait_for_timeout(50)
    expect(page.locator("#text")).to_have_value("快递")
    assert page.locator(".bubble.person").count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_double_click_sends_once(open_page: Callable[..., Page], *, script: bool) -> None:
    page = open_page(size=DESK, script=script)
    say(page, "A parcel is held, they say, and I must pay a fee on a link.")
    page.fill("#text", SENT_AGAIN)
    page.dblclick("#say button")
    expect(page.locator(".bubble.person").last).to_have_text(SENT_AGAIN)
    page.goto("/")
    expect(page.locator(".bubble.person", has_text=SENT_AGAIN)).to_have_count(1)


def test_what_is_too_long_stays_in_the_box(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.fill("#text", "很" * 16_385)
    page.click("#say button")
    expect(page.locator("#say-problem")).to_be_visible()
    assert len(page.input_value("#text")) == 16_385


def test_a_page_that_answered_a_form_can_be_loaded_anew(open_page: Callable[..., Page]) -> None:
    page = open_page()
    press(page, "danger")
    press(page, "which:life")
    press(page, "life:talking")
    expect(page.locator("button[value='life:go-on']")).to_have_count(1)
    page.reload()
    expect(page.locator(".bubble.urgent").last).to_be_visible()
    assert page.url.endswith("/")


def test_the_talk_can_be_had_with_the_keyboard_alone(open_page: Callable[..., Page]) -> None:
    page = open_page(size=DESK, script=False)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "kind:check":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.person")).to_have_count(1)
