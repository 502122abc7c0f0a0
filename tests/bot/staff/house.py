"""A console over a database of its own, with a stopped clock, invented tips and browsers to look at it with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

import httpx
import pyotp
from fastapi import FastAPI

from bot.conversation.book import Book
from bot.services.books import shipped_book
from bot.services.ceremony import RelyingParty
from bot.services.knowing import Known
from bot.services.tipbox import BoxedEvidence, BoxedMatch, TipBox
from bot.staff.console import create_console
from bot.web.site import Site
from knowledge.catalogue import Catalogue
from knowledge.matching import Matcher
from knowledge.shipped import shipped_release
from storage import accounts, audit, tips
from storage.accounts import Role
from storage.database import Database, Transaction
from storage.place import Place
from storage.sealing import CHEAPEST, SALT_BYTES, ReceiptKey, StaffSecretKey, hash_passphrase
from storage.tips import NewTip, Tip

PASSPHRASE = "four invented quiet words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
RECEIPT = "K7Q2M9RD4TXA7WNE"


@dataclass
class Clock:
    """Stands still until it is told to go on."""

    now: datetime = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


@dataclass
class House:
    """What a test of the console needs."""

    database: Database
    key: StaffSecretKey
    clock: Clock
    chance: Random
    app: FastAPI
    receipt: ReceiptKey
    known: Known
    place: Place
    _filed: int = field(default=0)

    def browser(self, *, address: str = "192.0.2.1", language: str = "en", agent: str = FIREFOX) -> httpx.AsyncClient:
        """A browser that nobody has signed in with."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, client=(address, 5000)),
            base_url="http://console.test",
            headers={"Accept-Language": language, "User-Agent": agent},
        )

    def hire(self, name: str, role: Role = Role.REVIEWER) -> None:
        """An account that can sign in with PASSPHRASE and SECRET."""

        def unit(t: Transaction) -> None:
            accounts.create(t, name, role, now=self.clock())
            accounts.set_passphrase(t, name, hash_passphrase(PASSPHRASE, cost=CHEAPEST))
            accounts.set_totp(t, self.key, name, SECRET)

        self.database.write_now(unit)

    async def signed_in(self, name: str, role: Role = Role.REVIEWER) -> httpx.AsyncClient:
        """A browser in which a newly hired `name` has just signed in."""
        self.hire(name, role)
        browser = self.browser()
        answer = await sign_in(browser, name, self.code())
        assert answer.headers["location"] == "/"
        return browser

    def code(self, *, steps: int = 0) -> str:
        """What the authenticator shows now, or `steps` of half a minute later."""
        return pyotp.TOTP(SECRET).generate_otp(int(self.clock().timestamp()) // 30 + steps)

    def file(self, box: TipBox | None = None, *, urgency: int = 10, has_receipt: bool = True) -> str:
        """A filed tip; its reference."""
        box = box or TipBox(
            telling=("A man on the phone told me to close a gold account",), language="en", kind="check"
        )
        self._filed += 1
        new = NewTip(
            kind=box.kind,
            dangers=box.dangers,
            urgency=urgency,
            likeness=box.likeness,
            pattern=box.matches[0].pattern if box.matches else None,
            language=box.language,
            country=box.country,
            versions={},
            sealed=self.key.public.seal(box.to_bytes()),
            filed_at=self.clock(),
            receipt_hash=self._filed.to_bytes(32, "big"),
            receipt_public=self.receipt.public,
            receipt_parameters=self.receipt.parameters,
        )
        if not has_receipt:
            new = replace(new, receipt_hash=None, receipt_public=None, receipt_parameters=None)
        return self.database.write_now(lambda t: tips.file(t, new, random=self.chance.randbytes))

    def tip(self, reference: str) -> Tip:
        """The tip as it stands."""
        return self.database.read_now(lambda t: tips.get(t, reference))

    def account(self, name: str) -> accounts.Account:
        """The account as it stands."""
        return self.database.read_now(lambda t: accounts.get(t, name))

    def acts(self, subject: str | None = None) -> list[tuple[str, str]]:
        """Who did what, the earliest first, out of the audit log."""
        entries = self.database.read_now(lambda t: audit.list_entries(t, subject=subject, limit=1000))
        return [(entry.actor, entry.act) for entry in reversed(entries)]


@cache
def _book() -> Book:
    """The shipped one, built once: it costs seconds, and nothing in a test changes it."""
    return shipped_book()


@cache
def _matcher() -> Matcher:
    return shipped_release().matcher


@contextmanager
def open_house(
    place: Place, catalogue: Catalogue | None = None, *, live_lasts: timedelta = timedelta(0)
) -> Iterator[House]:
    """A house over an empty database, closed at the end; its console knows the patterns of `catalogue`, or none."""
    book = _book()
    known = Known(replace(book, catalogue=catalogue or Catalogue({})), _matcher(), {})
    chance = Random(7)  # noqa: S311 # a test must be the same every time
    clock, key = Clock(), StaffSecretKey(bytes(range(32)))
    with Database.open(place) as database:
        app = create_console(
            database=database,
            key=key,
            known=lambda: known,
            shipped=catalogue or Catalogue({}),
            ground="ground",
            site=Site(hosts=("console.test", "127.0.0.1", "localhost")),
            clock=clock,
            random=chance.randbytes,
            cost=CHEAPEST,
            receipt_cost=CHEAPEST,
            live_lasts=live_lasts,
            relying_party=RelyingParty("console.test", "http://console.test"),
        )
        receipt = ReceiptKey.make(RECEIPT, salt=bytes(SALT_BYTES), cost=CHEAPEST)
        yield House(database, key, clock, chance, app, receipt, known, place)


def token_in(page: httpx.Response) -> str:
    """The form token on a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', page.text)
    assert found, page.text
    return found[1]


async def send(browser: httpx.AsyncClient, page: str, path: str, **fields: str) -> httpx.Response:
    """Open `page` and send its form to `path`, as a browser would."""
    shown = await browser.get(page)
    return await browser.post(path, data={"form_token": token_in(shown), **fields})


async def sign_in(browser: httpx.AsyncClient, name: str, code: str, passphrase: str = PASSPHRASE) -> httpx.Response:
    """Fill in the sign-in page."""
    return await send(browser, "/sign-in", "/sign-in", name=name, passphrase=passphrase, code=code)


def told(text: str, *flagged: str) -> TipBox:
    """A telling in which each of the `flagged` words is a red flag of a match."""
    evidence = tuple(
        BoxedEvidence(text.index(words), text.index(words) + len(words), words, words.replace(" ", "-"))
        for words in flagged
    )
    matches = (BoxedMatch("fake-customer-service", 0.9, evidence),) if flagged else ()
    return TipBox(telling=(text,), language="en", kind="cheated", likeness="warn", matches=matches)
