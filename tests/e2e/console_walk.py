"""Every page of the console there is to see, and how to come to it: for what looks at each, and photographs each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Browser, BrowserContext, Page
from sqlmodel import col, update

from bot.services.browsers import Stage
from storage import accounts, signins, tables
from storage.accounts import Role
from storage.database import Transaction
from tests.e2e.invented import STAFF, Week

NOT_PAGES = {
    "/healthz": "a word for machines",
    "/readyz": "a word for machines",
    "/static/{digest}/{name}": "style sheets, scripts and pictures",
    "/dashboard/{sheet}.csv": "a file to keep",
    "/figures/{sheet}.csv": "a file to keep",
    "/live": "news for pages that stay open",
}
"""GET routes that show nobody anything, and why."""


@dataclass(frozen=True, slots=True)
class Visit:
    """`route` is the app's own; `who` is nobody (a stranger), or one of STAFF; `act` is done on the page first."""

    name: str
    route: str
    path: Callable[[Week], str]
    who: str = "mei"
    act: Callable[[Page], None] | None = None


def _at(path: str) -> Callable[[Week], str]:
    return lambda _week: path


def _tip(word: str) -> Callable[[Week], str]:
    return lambda week: f"/tips/{week.tips[word]}"


def _link(week: Week) -> str:
    house = week.house
    if not house.database.read_now(lambda t: any(one.name == "newcomer" for one in accounts.list_all(t))):
        house.hire("newcomer")
    token = house.database.write_now(
        lambda t: signins.invite(
            t, house.key, "newcomer", "enrol", random=house.chance.randbytes, now=house.clock(), lasts=timedelta(days=1)
        )
    )
    return f"/join/{token}"


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).click()


def _from_elsewhere(week: Week) -> str:
    """Where jun signed in was another place than where the browser is now."""
    house = week.house

    def unit(t: Transaction) -> None:
        row = tables.WebSession
        t.session.exec(update(row).where(col(row.account) == "jun").values(origin=bytes(32)))

    house.database.write_now(unit)
    return "/"


def _join(page: Page) -> None:
    _press(page, "form button.primary")


def _refuse(page: Page) -> None:
    _join(page)
    page.evaluate("for (const field of document.querySelectorAll('input')) field.removeAttribute('minlength')")
    page.locator("#passphrase").fill("short")
    page.locator("#code").fill("123456")
    _press(page, "form button.primary")


def _guess(page: Page) -> None:
    page.locator("input[name=name]").fill("nobody")
    page.locator("input[name=passphrase]").fill("a guess of many words")
    page.locator("input[name=code]").fill("123456")
    _press(page, "main form button.primary")


def _invite(page: Page) -> None:
    page.locator("input[name=name]").fill("visitor")
    _press(page, "form[action='/staff/invite'] button")


def _bind(page: Page) -> None:
    _press(page, "form[action='/account/code'] button")


def _tick_two(page: Page, act: str) -> None:
    for box in page.locator("input[type=checkbox][name^=tip-]").all()[:2]:
        box.check()
    _press(page, f"button[name=act][value={act}]")


def _about_to_decide(page: Page) -> None:
    _tick_two(page, "decide")


def _claim_what_is_held(page: Page) -> None:
    page.locator("input[type=checkbox][name^=tip-]").first.check()
    _press(page, "button[name=act][value=claim]")
    _press(page, "form[action='/bulk/run'] button")


def _search(page: Page) -> None:
    page.locator("[name=observable]").fill("6217 0001 2345 6789 019")
    _press(page, "main form button.primary")


def _search_in_vain(page: Page) -> None:
    page.locator("[name=words]").fill("zeppelin umbrella")
    _press(page, "main form button.primary")


def _search_for_no_sum(page: Page) -> None:
    page.locator("[name=sum_from]").fill("a lot")
    _press(page, "main form button.primary")


def _take_call(page: Page) -> None:
    page.locator("#telling").fill("He says the bank's fraud team rang and he moved 2,000 pounds an hour ago")
    page.locator("input[name=kind]").first.check()
    _press(page, "form[action='/calls'] button")


def _call_of_nothing(page: Page) -> None:
    page.evaluate("for (const field of document.querySelectorAll('[required]')) field.removeAttribute('required')")
    _press(page, "form[action='/calls'] button")


def _new_recovery_codes(page: Page) -> None:
    _press(page, "form[action='/account/recovery'] button")


def _open_folds(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


def _decide_empty(page: Page) -> None:
    page.evaluate("for (const field of document.querySelectorAll('[required]')) field.removeAttribute('required')")
    page.locator("#reason").fill("Nobody has chosen a verdict yet")
    _press(page, "form[action$='/decide'] button")


def _grow_old(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('[name=form_token]')) one.value = '0'.repeat(64)")
    page.locator("#reason").fill("What was written here must not be lost")
    page.locator("input[name=verdict]").first.check()
    _press(page, "form[action$='/decide'] button")


VISITS = (
    Visit("sign-in", "/sign-in", _at("/sign-in"), who=""),
    Visit("sign-in refused", "/sign-in", _at("/sign-in"), who="", act=_guess),
    Visit("join", "/join/{token}", _link, who=""),
    Visit("join over", "/join/{token}", _at("/join/" + "0" * 64), who=""),
    Visit("enrol", "/enrol", _link, who="", act=_join),
    Visit("enrol refused", "/enrol", _link, who="", act=_refuse),
    Visit("no such page", "/sign-in", _at("/no-such-page"), who=""),
    Visit("queue", "/", _at("/"), who="mei"),
    Visit("queue reviewer", "/", _at("/"), who="anna"),
    Visit("queue mine", "/", _at("/?state=mine"), who="anna"),
    Visit("queue ended", "/", _at("/?state=ended"), who="jun"),
    Visit("queue empty", "/", _at("/?state=gone&kind=insider"), who="jun"),
    Visit("tip new", "/tips/{tip}", _tip("held"), who="jun"),
    Visit("tip mine", "/tips/{tip}", _tip("gold"), who="anna", act=_open_folds),
    Visit("tip of another", "/tips/{tip}", _tip("gold"), who="mei"),
    Visit("tip asked", "/tips/{tip}", _tip("task"), who="anna"),
    Visit("tip decided", "/tips/{tip}", _tip("coins"), who="mei"),
    Visit("tip withdrawn", "/tips/{tip}", _tip("mule"), who="mei"),
    Visit("tip of a minor", "/tips/{tip}", _tip("pictures"), who="jun"),
    Visit("tip hostile", "/tips/{tip}", _tip("hostile"), who="jun"),
    Visit("tip no verdict", "/tips/{tip}", _tip("gold"), who="anna", act=_decide_empty),
    Visit("given back", "/tips/{tip}", _tip("gold"), who="anna", act=_grow_old),
    Visit("no such tip", "/tips/{tip}", _at("/tips/0000-0000"), who="jun"),
    Visit(
        "exhibit",
        "/tips/{tip}/exhibits/{exhibit:int}",
        lambda week: f"/tips/{week.tips['task']}/exhibits/{week.exhibit}",
        who="anna",
    ),
    Visit(
        "exhibit closed",
        "/tips/{tip}/exhibits/{exhibit:int}",
        lambda week: f"/tips/{week.tips['pictures']}/exhibits/{week.closed}",
        who="anna",
    ),
    Visit("queue tab", "/", _at("/?lane=danger"), who="anna", act=_open_folds),
    Visit("several to decide", "/", _at("/"), who="jun", act=_about_to_decide),
    Visit("several claimed", "/", _at("/?lane=golden"), who="jun", act=_claim_what_is_held),
    Visit("filters", "/filters", _at("/filters"), who="anna"),
    Visit("filters shared", "/filters", _at("/filters"), who="mei"),
    Visit("search", "/search", _at("/search"), who="anna"),
    Visit("search found", "/search", _at("/search"), who="anna", act=_search),
    Visit("search nothing", "/search", _at("/search"), who="jun", act=_search_in_vain),
    Visit("search refused", "/search", _at("/search"), who="jun", act=_search_for_no_sum),
    Visit("call", "/calls", _at("/calls"), who="anna"),
    Visit("call taken", "/calls", _at("/calls"), who="anna", act=_take_call),
    Visit("call refused", "/calls", _at("/calls"), who="anna", act=_call_of_nothing),
    Visit("harmless", "/benign", _at("/benign"), act=_open_folds),
    Visit("harmless reviewer", "/benign", _at("/benign"), who="anna"),
    Visit("limits", "/limits", _at("/limits"), act=_open_folds),
    Visit("approvals", "/approvals", _at("/approvals"), act=_open_folds),
    Visit("approvals editor", "/approvals", _at("/approvals"), who="olga", act=_open_folds),
    Visit("approval", "/approvals/{proposal:int}", lambda week: f"/approvals/{week.proposal}"),
    Visit("settings", "/settings", _at("/settings"), who="irene"),
    Visit("account", "/account", _at("/account"), who="anna", act=_open_folds),
    Visit("account recovery", "/account", _at("/account"), who="tomas", act=_new_recovery_codes),
    Visit("from elsewhere", "/", _from_elsewhere, who="jun"),
    Visit("account code", "/account", _at("/account"), who="anna", act=_bind),
    Visit("staff", "/staff", _at("/staff")),
    Visit("staff invited", "/staff", _at("/staff"), who="irene", act=_invite),
    Visit("staff reviewer", "/staff", _at("/staff"), who="jun"),
    Visit("audit", "/audit", _at("/audit")),
    Visit("dashboard", "/dashboard", _at("/dashboard")),
    Visit("dashboard numbers", "/dashboard", _at("/dashboard"), who="tomas", act=_open_folds),
    Visit("dashboard empty", "/dashboard", _at("/dashboard?first=2025-01-01&last=2025-01-02")),
    Visit("dashboard administrator", "/dashboard", _at("/dashboard"), who="irene"),
    Visit("figures", "/figures", _at("/figures"), who="anna", act=_open_folds),
)


class Walker:
    """Opens pages of one console for everybody; each member of staff has one browser in each language."""

    def __init__(self, browser: Browser, address: str, week: Week) -> None:
        self._browser = browser
        self._address = address
        self.week = week

    @contextmanager
    def at(self, visit: Visit, *, locale: str = "en-GB", size: tuple[int, int] = (1280, 900)) -> Iterator[Page]:
        """The page, as it is after the visit's act."""
        context = self._browser.new_context(
            base_url=self._address, locale=locale, viewport={"width": size[0], "height": size[1]}
        )
        try:
            if visit.who:
                self._sign_in(context, visit.who)
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.goto(visit.path(self.week))
            if visit.act is not None:
                visit.act(page)
            yield page
        finally:
            context.close()

    def _sign_in(self, context: BrowserContext, name: str) -> None:
        house = self.week.house
        token = house.database.write_now(
            lambda t: signins.open_session(
                t,
                house.key,
                name,
                Stage.OPEN,
                random=house.chance.randbytes,
                now=house.clock(),
                lasts=timedelta(hours=12),
                is_proved=True,
            )
        )
        context.add_cookies([{"name": "fanzha_staff", "value": token, "url": self._address}])


def of_role(role: Role) -> str:
    """Somebody of that role."""
    return next(name for name, theirs in STAFF.items() if theirs is role)
