"""A citizen and a member of staff, each at a browser of their own, doing what can be done by eye and hand."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyotp
from playwright.sync_api import Browser, Page, expect

RECEIPT = re.compile(r"(?<![0-9A-Z-])[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?![0-9A-Z-])")
_PATIENCE = 20_000
"""Milliseconds for a page, on two cores that others use as well."""


@contextmanager
def page_of(browser: Browser, locale: str, *, script: bool = True) -> Iterator[Page]:
    """A browser that knows nothing of any other; it fails the test when a page of ours raises an error in it."""
    context = browser.new_context(locale=locale, java_script_enabled=script)
    try:
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        yield page
        # A page that answers "that is too long", or "not kept", is reported by the browser as a failed request, and so
        # is an open page's asking for news while the service is stopped.
        known = ("status of 4", "status of 503", "net::ERR_CONNECTION_REFUSED")
        assert not [fault for fault in faults if not any(part in fault for part in known)]
    finally:
        context.close()


@dataclass
class Citizen:
    """At the web chat. `told` are the words they wrote, for the canary."""

    page: Page
    address: str
    told: list[str] = field(default_factory=list)
    taps: int = 0

    def open(self) -> None:
        self.page.goto(self.address)

    def say(self, text: str) -> str:
        """What is answered."""
        self.told.append(text)
        self.page.locator("textarea").fill(text)
        with self.page.expect_navigation():
            self.page.locator("#say button").click()
        return self.newest()

    def press(self, label: str) -> str:
        """What is answered."""
        self.taps += 1
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=label, exact=True).click()
        return self.newest()

    def newest(self) -> str:
        """What the bot said last."""
        return self.page.locator("#newest").inner_text()

    def screen(self) -> str:
        return self.page.locator("body").inner_text()

    def buttons(self) -> list[str]:
        return self.page.locator("form.answers button").all_inner_texts()

    def receipt(self) -> str:
        found = RECEIPT.search(self.newest())
        assert found, self.newest()
        return found[0]

    def cookies(self) -> list[str]:
        return [cookie["value"] for cookie in self.page.context.cookies()]


@dataclass
class Member:
    """Of staff, at the console. `told` are the words they wrote, the secrets they were given among them."""

    page: Page
    address: str
    told: list[str] = field(default_factory=list)
    secret: str = ""

    def join(self, link: str, passphrase: str) -> None:
        """By a one-time link, to the queue."""
        self.page.goto(link)
        self._act("Go on")
        self.secret = self.page.locator(".secret").inner_text().replace(" ", "")
        self.told += [passphrase, self.secret]
        self.page.get_by_label("Choose a passphrase").fill(passphrase)
        self.page.get_by_label("The six digits it shows now").fill(pyotp.TOTP(self.secret).now())
        self._act("Finish and sign in")
        expect(self.page.get_by_role("heading", name="Queue", level=1)).to_be_visible()

    def queue(self) -> list[str]:
        """Its rows, the most urgent first."""
        self.page.goto(self.address)
        return self.page.locator("table.queue tbody tr").all_inner_texts()

    def references(self) -> list[str]:
        self.page.goto(self.address)
        return self.page.locator("table.queue a.reference").all_inner_texts()

    def open(self, tip: str) -> str:
        """Everything on the tip's page."""
        self.page.goto(f"{self.address}tips/{tip}")
        return self.screen()

    def marked(self) -> list[str]:
        """The words of the telling that are set apart as speaking for the pattern."""
        return [re.sub(r"\d+$", "", words) for words in self.page.locator(".telling mark").all_inner_texts()]

    def claim(self) -> str:
        return self._act("Claim this tip")

    def ask(self, question: str) -> str:
        self.told.append(question)
        self.page.get_by_text("Ask the reporter", exact=True).click()
        self.page.locator("#question").fill(question)
        return self._act("Ask")

    def decide(self, verdict: str, reason: str) -> str:
        self.told.append(reason)
        self.page.get_by_label(verdict).check()
        self.page.get_by_label("Why", exact=True).fill(reason)
        return self._act("Decide")

    def merge(self, into: str, reason: str) -> str:
        self.told.append(reason)
        self.page.get_by_text("It repeats another tip", exact=True).click()
        self.page.get_by_label("Reference of the other tip").fill(into)
        self.page.locator("#merge-reason").fill(reason)
        return self._act("Merge as duplicate")

    def screen(self) -> str:
        return self.page.locator("main").inner_text()

    def cookies(self) -> list[str]:
        return [cookie["value"] for cookie in self.page.context.cookies()]

    def _act(self, label: str) -> str:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=label, exact=True).click()
        return self.screen()
