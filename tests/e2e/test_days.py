"""A day of a reviewer, a supervisor, an editor, an auditor and an administrator, each in a browser of their own."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.services.books import shipped_book
from knowledge.shipped import PACKAGE, shipped_release
from storage import messages, patterns
from storage.accounts import Role
from storage.database import Database
from storage.tips import TipState, Verdict
from tests.bot.staff.house import PASSPHRASE, House, open_house
from tests.e2e.invented import Week, live_a_week
from tests.e2e.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("days") / "fanzha.sqlite3"
    Database.open(place).close()
    with open_house(place, shipped_book().catalogue, live_lasts=timedelta(seconds=20)) as opened:
        yield opened


@pytest.fixture(scope="module")
def week(house: House) -> Week:
    week = live_a_week(house, shipped_book(), shipped_release().matcher)
    house.hire("lin", Role.SUPERVISOR)
    return week


@pytest.fixture(scope="module")
def address(house: House, week: Week) -> Iterator[str]:
    assert week.house is house
    with served(house.app) as opened:
        yield opened


@dataclass
class Desk:
    """A member of staff at a browser."""

    page: Page
    house: House

    def sign_in(self, name: str) -> None:
        # A code is taken once: the next half minute has another.
        self.house.clock.pass_by(timedelta(seconds=30))
        self.page.goto("/sign-in")
        self.page.locator("#name").fill(name)
        self.page.locator("#passphrase").fill(PASSPHRASE)
        self.page.locator("#code").fill(self.house.code())
        self.press("Sign in")
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def go(self, link: str) -> None:
        """By the bar at the top."""
        self.page.get_by_label("Pages", exact=True).get_by_role("link", name=link).click()
        expect(self.page.locator("main h1")).to_be_visible()

    def status_of(self, path: str) -> int:
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def links(self) -> list[str]:
        return [
            re.sub(r"\s+", " ", text).strip()
            for text in self.page.get_by_label("Pages", exact=True).get_by_role("link").all_inner_texts()
        ]

    def press(self, button: str, within: str = "body") -> None:
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=button, exact=True).first.click()

    def unfold(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).first.click()

    def screen(self) -> str:
        return self.page.locator("main").inner_text()


@contextmanager
def desk(browser: Browser, house: House, address: str, name: str) -> Iterator[Desk]:
    with closing(browser.new_context(base_url=address, locale="en-GB")) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        one = Desk(page, house)
        if name:
            one.sign_in(name)
        yield one


def test_a_reviewer_takes_what_is_most_urgent_asks_decides_and_merges(
    browser: Browser, house: House, week: Week, address: str
) -> None:
    with desk(browser, house, address, "anna") as anna:
        assert anna.links() == ["Queue", "Search", "A call", "Harmless", "Your figures"]
        anna.press("Take the next tip")
        first = anna.page.url.split("/tips/")[1][:9]
        assert first == week.tips["held"]
        assert "This is the next tip, and you hold it now." in anna.screen()
        assert "被關在園區" in anna.page.locator(".telling").inner_text()

        anna.unfold("Ask the reporter")
        anna.page.get_by_label("Are you safe now, and can you write freely?").check()
        anna.press("Put them into the question")
        question = anna.page.locator("#question").input_value()
        assert question.startswith("您現在安全嗎")
        anna.press("Ask", within="form[action*='/ask']")
        assert "waiting" in anna.screen().lower()
        asked = house.database.read_now(lambda t: messages.of_tip(t, first))[0].id
        answer = house.key.public.seal("他說今晚十點後可以傳訊息".encode())
        house.database.write_now(lambda t: messages.add(t, first, for_staff=answer, now=house.clock(), answers=asked))
        anna.page.reload()
        assert "他說今晚十點後可以傳訊息" in anna.screen()

        anna.page.goto(f"/tips/{week.tips['again']}")
        anna.press("Claim this tip")
        anna.page.get_by_label("Confirmed: a known scam").check()
        anna.page.locator("#pattern").select_option("fake-customer-service")
        anna.page.locator("#reason").fill("The same account as an earlier tip, and the same story")
        anna.press("Decide")
        assert house.tip(week.tips["again"]).verdict == Verdict.CONFIRMED

        anna.page.goto(f"/tips/{week.tips['parcel']}")
        anna.press("Claim this tip")
        anna.unfold("It repeats another tip")
        anna.page.locator("#into").fill(week.tips["parcel"])
        anna.page.locator("#merge-reason").fill("One link")
        anna.press("Merge as duplicate")
        # A tip is no duplicate of itself: said so, and what was typed is still there.
        assert anna.page.locator("#merge-reason").input_value() == "One link"
        anna.page.locator("#into").fill(week.tips["hostile"])
        anna.press("Merge as duplicate")
        assert house.tip(week.tips["parcel"]).merged_into == week.tips["hostile"]

        anna.go("Search")
        anna.page.locator("[name=observable]").fill("6217 0001 2345 6789 019")
        anna.press("Search", within="main")
        assert {week.tips["gold"], week.tips["again"]} <= set(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", anna.screen()))
        anna.go("Your figures")
        anna.press("Sign out")
        expect(anna.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_a_supervisor_frees_a_tip_limits_a_reporter_takes_a_tip_out_and_has_one_erased_by_two(
    browser: Browser, house: House, week: Week, address: str
) -> None:
    with desk(browser, house, address, "mei") as mei, desk(browser, house, address, "lin") as lin:
        assert "Approvals" in " ".join(mei.links())
        mei.page.goto(f"/tips/{week.tips['safe account']}")
        mei.press("Put it back in the queue")
        assert house.tip(week.tips["safe account"]).state == TipState.NEW

        mei.go("Limits")
        assert mei.page.title() != "taken"
        mei.press("Limit them")
        assert "Lift the limit" in mei.screen()

        mei.page.goto(f"/tips/{week.tips['parcel']}")
        mei.unfold("It is no duplicate: take it out")
        mei.page.locator("#unmerge-reason").fill("Another link, another sender")
        mei.press("Take it out")
        assert house.tip(week.tips["parcel"]).merged_into is None

        mei.go("Harmless")
        mei.page.locator("#type").select_option("phone")
        mei.page.locator("#value").fill("+86 10 6400 7799")
        mei.page.locator("#why").fill("The courier's own line")
        mei.page.locator("#until").fill("2026-04-30")
        mei.page.locator("main form[action='/benign'] button").click()
        expect(mei.page.locator("main")).to_contain_text("The courier's own line")

        mei.page.goto(f"/tips/{week.tips['rent']}")
        mei.unfold("Erase what this tip holds")
        mei.page.locator("#erase-reason").fill("Filed by mistake, and asked for in writing")
        mei.press("Propose to erase it")
        proposal = mei.page.url
        expect(mei.page.get_by_role("button", name="Take it back")).to_be_visible()
        assert mei.page.get_by_role("button", name=re.compile("Approve")).count() == 0
        lin.page.goto(proposal)
        with lin.page.expect_navigation():
            lin.page.get_by_role("button", name=re.compile("^Approve")).click()
        assert house.tip(week.tips["rent"]).erased_at is not None
        assert ("lin", "erase-tip") in house.acts(week.tips["rent"])

        mei.go("Dashboard")
        assert mei.page.locator("main svg").count() >= 5
        assert mei.page.locator("main table").count() >= 5


def test_an_editor_proposes_a_pattern_and_sees_no_tip(browser: Browser, house: House, week: Week, address: str) -> None:
    toml = (PACKAGE / "patterns" / "fake-loan.toml").read_text(encoding="utf-8")
    newer = re.sub(r"^version = \d+$", "version = 99", toml, count=1, flags=re.MULTILINE).replace(
        "history = [", 'history = ["99 (2026-03-04): a new wording", ', 1
    )
    with desk(browser, house, address, "olga") as olga, desk(browser, house, address, "lin") as lin:
        assert olga.links() == ["Approvals"]
        expect(olga.page.get_by_role("heading", name="Approvals", level=1)).to_be_visible()
        assert olga.status_of(f"/tips/{week.tips['gold']}") == 403
        olga.page.goto("/approvals")
        olga.page.locator("#pattern-id").fill("fake-loan")
        olga.page.locator("#toml").fill(toml.replace("[[stages]]", "[[stage]]"))
        olga.page.locator("#pattern-reason").fill("Two new wordings from last week's tips")
        olga.press("Propose", within="form[action='/approvals/pattern']")
        # What is wrong is said, and nothing that was typed is lost.
        assert "stage" in olga.screen()
        assert olga.page.locator("#pattern-reason").input_value() == "Two new wordings from last week's tips"
        olga.page.locator("#toml").fill(newer)
        olga.press("Propose", within="form[action='/approvals/pattern']")
        proposal = olga.page.url
        assert house.database.read_now(lambda t: patterns.published(t, house.key)) == {}
        lin.page.goto(proposal)
        with lin.page.expect_navigation():
            lin.page.get_by_role("button", name=re.compile("^Approve")).click()
        published = house.database.read_now(lambda t: patterns.published(t, house.key))
        assert (published["fake-loan"].by, published["fake-loan"].version) == ("olga", 99)
        olga.page.reload()
        expect(olga.page.locator("main")).to_contain_text("lin")


def test_an_auditor_verifies_the_log_reads_who_did_what_and_opens_no_tip(
    browser: Browser, house: House, week: Week, address: str
) -> None:
    with desk(browser, house, address, "tomas") as tomas:
        assert tomas.links() == ["Dashboard", "Staff", "Audit log"]
        tomas.go("Audit log")
        head = re.search(r"\d+:[0-9a-f]{64}", tomas.screen())
        assert head is not None
        tomas.page.locator("#kept").fill(head[0])
        tomas.press("Verify the chain")
        assert "whole" in tomas.screen().lower() or "unchanged" in tomas.screen().lower()
        tomas.page.goto("/audit")
        tomas.page.locator("#who").fill("anna")
        tomas.page.locator("#act").select_option("decide-tip")
        tomas.press("Show")
        rows = tomas.page.locator("main table tbody tr").all_inner_texts()
        assert rows
        assert all("anna" in row for row in rows)
        assert tomas.status_of(f"/tips/{week.tips['gold']}") == 403
        tomas.page.goto("/dashboard")
        with tomas.page.expect_download() as download:
            tomas.page.get_by_role("link", name="As a file (CSV)").first.click()
        assert download.value.path().read_text(encoding="utf-8-sig").count("\n") > 1


def test_an_administrator_lets_somebody_in_changes_a_role_and_opens_no_tip(
    browser: Browser, house: House, week: Week, address: str
) -> None:
    with desk(browser, house, address, "irene") as irene, desk(browser, house, address, "") as newcomer:
        assert irene.links() == ["Dashboard", "Staff", "Settings"]
        irene.go("Staff")
        irene.page.locator("#name").fill("wu")
        irene.page.locator("#role").select_option("reviewer")
        irene.press("Make a one-time link")
        link = re.search(r"/join/[0-9A-Za-z_-]+", irene.screen())
        assert link is not None
        newcomer.page.goto(link[0])
        newcomer.press("Go on")
        secret = newcomer.page.locator(".secret").inner_text().replace(" ", "")
        newcomer.page.locator("#passphrase").fill("a lantern over nine rivers")
        newcomer.page.locator("#code").fill(pyotp.TOTP(secret).generate_otp(int(house.clock().timestamp()) // 30))
        newcomer.press("Finish and sign in")
        expect(newcomer.page.get_by_role("heading", name="Queue", level=1)).to_be_visible()
        assert newcomer.status_of("/staff") == 403

        irene.go("Staff")
        row = irene.page.locator("main tr", has_text="wu")
        row.locator("select[name=role]").select_option("auditor")
        with irene.page.expect_navigation():
            row.locator("form[action$='/role'] button").click()
        assert house.account("wu").role is Role.AUDITOR
        # Whoever has another role signs in anew.
        newcomer.page.goto(f"/tips/{week.tips['gold']}")
        assert newcomer.page.url.endswith("/sign-in")
        assert irene.status_of(f"/tips/{week.tips['gold']}") == 403
        irene.page.goto("/staff")
        irene.go("Settings")
        expect(irene.page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
