"""Every page of the web chat there is to see, and how to come to it: for what looks at each, and photographs each."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from playwright.sync_api import Browser, Page

NOT_PAGES = {
    "/healthz": "a word for machines",
    "/readyz": "a word for machines",
    "/static/{digest}/{name}": "style sheets, scripts and pictures",
    "/say": "leads back to the talk",
    "/press": "leads back to the talk",
    "/seen": "leads back to the talk",
}
"""GET routes that show nobody anything, and why."""

CHEATED: Mapping[str, str] = MappingProxyType(
    {
        "en-GB": "My bank's fraud team called and I sent 4,800 pounds to the safe account they gave me. 20 minutes ago",
        "zh-CN": "我刚被骗了 刚转了4万8给他们 说是京东客服 要关掉金条 不然影响征信 我现在怎么办",
        "zh-TW": "剛剛接到自稱蝦皮客服的電話，說我誤設成分期付款，我匯了49987元過去，怎麼辦",
    }
)
CHECKED: Mapping[str, str] = MappingProxyType(
    {
        "en-GB": "USPS: your parcel is held, address incomplete. Update within 12h: hxxps://usps-redelivery[.]top/i",
        "zh-CN": "【顺丰】您的包裹因地址不详滞留，请在12小时内更新：hxxps://sf-update[.]top/i",
        "zh-TW": "【郵局】您的包裹因地址不完整遭滯留，請於12小時內更新：hxxps://post-tw[.]top/i",
    }
)


@dataclass(frozen=True, slots=True)
class Visit:
    """`act` is done on the page first; it is told the browser's language."""

    name: str
    route: str
    path: str = "/"
    act: Callable[[Page, str], None] | None = None


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    with page.expect_navigation():
        page.click("#say button.primary")


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.click(f"button[value='{button}']")


def _open_folds(page: Page, _locale: str) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def _cheated(page: Page, locale: str) -> None:
    say(page, CHEATED[locale])


def _asked(page: Page, locale: str) -> None:
    _cheated(page, locale)
    press(page, "money:called")


def _review(page: Page, locale: str) -> None:
    _asked(page, locale)
    while page.locator("button[value='submit']").count() == 0:
        press(page, "skip")


def _filed(page: Page, locale: str) -> None:
    _review(page, locale)
    press(page, "submit")


def _receipt(page: Page, locale: str) -> None:
    _filed(page, locale)
    receipt = page.locator("#receipt").inner_text()
    with page.expect_navigation():
        page.click("form[action^='/seen'] button:not([type=button])")
    say(page, receipt)


def _grown_old(page: Page, locale: str) -> None:
    page.evaluate("for (const one of document.querySelectorAll('[name=form_token]')) one.value = '0'.repeat(64)")
    say(page, CHECKED[locale])


def _too_much(page: Page, _locale: str) -> None:
    page.evaluate("document.querySelector('#say').dataset.limit = '1000000'")
    say(page, "x" * 300_000)


VISITS = (
    Visit("opening", "/"),
    Visit("menus open", "/", act=_open_folds),
    Visit("card", "/", act=_cheated),
    Visit("question", "/", act=_asked),
    Visit("warning", "/", act=lambda page, locale: say(page, CHECKED[locale])),
    Visit("review", "/", act=_review),
    Visit("filed", "/", act=_filed),
    Visit("receipt", "/", act=_receipt),
    Visit("danger", "/", act=lambda page, _: press(page, "danger")),
    Visit("watched", "/", act=lambda page, _: press(page, "watched")),
    Visit("help", "/", act=lambda page, _: press(page, "help")),
    Visit("form grown old", "/", act=_grown_old),
    Visit("too much", "/", act=_too_much),
    Visit("privacy", "/privacy", path="/privacy"),
    Visit("left", "/left", path="/left"),
    Visit("no such page", "/left", path="/no-such-page"),
)


@contextmanager
def at(
    browser: Browser, address: str, visit: Visit, *, locale: str = "en-GB", size: tuple[int, int] = (390, 844)
) -> Iterator[Page]:
    """The page, as it is after the visit's act, in a browser of its own."""
    context = browser.new_context(
        base_url=address, locale=locale, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
    )
    try:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(visit.path)
        if visit.act is not None:
            visit.act(page, locale)
        yield page
    finally:
        context.close()
