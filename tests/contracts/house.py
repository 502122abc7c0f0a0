"""One installation that every channel of a contract serves: web chat and Telegram as a process, a terminal beside."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from functools import cache

import pytest
from pydantic import SecretStr

from bot.app.intake import create_intake
from bot.app.keys import make_keys
from bot.app.knowing import knowing
from bot.app.parts import Public, open_public, utc_now
from bot.conversation.book import Book
from bot.services.books import shipped_book
from bot.services.intake import Intake
from bot.services.permissions import Actor
from bot.services.tipbox import TipBox
from bot.services.triage import Triage
from bot.services.triage_views import OpenedTip
from bot.settings import Settings
from knowledge.release import Release
from knowledge.shipped import shipped_release
from storage import keyring, tables, tips
from storage.accounts import Role
from storage.database import Transaction
from storage.receipts import Receipt
from tests.bot.app.service import Service, running
from tests.fakes.telegram_api import TelegramApi

ANNA = Actor("anna", Role.SUPERVISOR)


@cache
def _shipped() -> tuple[Release, Book]:
    release = shipped_release()
    return release, shipped_book(release.catalogue)


class House:
    """The processes can be ended and started again; what was saved stays. They never see the staff's secret key."""

    def __init__(self, settings: Settings, runner: asyncio.Runner, telegram: TelegramApi) -> None:
        self.telegram = telegram
        self._staff_keys = settings.home.parent / "staff"
        make_keys(settings.model_copy(update={"staff_keys": self._staff_keys}), random=secrets.token_bytes)
        self.settings = settings
        self.runner = runner
        self._processes = ExitStack()
        self.start()

    def start(self) -> None:
        self.web: Service = self._processes.enter_context(running(self.settings, "citizens"))
        self._public: Public = self._processes.enter_context(open_public(self.settings))
        self._intake: Intake | None = None

    def stop(self) -> None:
        self._processes.close()

    @property
    def intake(self) -> Intake:
        """Of the terminal, which asks for it first: reading all the knowledge takes seconds."""
        if self._intake is None:
            with pytest.MonkeyPatch.context() as patch:
                # In its own process it would read all that anew; here it is read once, for it does not change.
                release, book = _shipped()
                patch.setattr("bot.app.knowing.shipped_release", lambda: release)
                patch.setattr("bot.app.knowing.shipped_book", lambda _: book)
                known = self._processes.enter_context(knowing(self._public.database, self.settings))
            self._intake = create_intake(self._public, self.settings, known)
        return self._intake

    def put_back(self, channel: str, conversation: str, span: timedelta) -> None:
        """As if the conversation had rested for so long."""
        name = self._public.citizens.conversation_pseudonym(channel, conversation)

        def unit(t: Transaction) -> None:
            row = t.session.get(tables.Session, name)
            assert row is not None
            row.touched_at -= span

        self._public.database.write_now(unit)

    def count_tips(self) -> int:
        return sum(self._public.database.read_now(tips.counts).values())

    def open(self, receipt: str) -> OpenedTip:
        """What staff see of the tip that this receipt belongs to."""
        return self.runner.run(self._triage.open(ANNA, self._tip(receipt)))

    def box(self, receipt: str) -> TipBox:
        """What was filed."""
        box = self.open(receipt).box
        assert box is not None
        return box

    def ask(self, receipt: str, question: str) -> None:
        """As a reviewer does on the console."""
        self.runner.run(self._triage.ask(ANNA, self._tip(receipt), question))

    @property
    def _triage(self) -> Triage:
        key = keyring.load_staff_secret(self._staff_keys, None)
        return Triage(self._public.database, key, clock=utc_now, random=self._public.random)

    def _tip(self, receipt: str) -> str:
        parsed = Receipt.parse(receipt)
        assert parsed is not None
        looked_for = self._public.citizens.receipt_hash(parsed.code)
        tip = self._public.database.read_now(lambda t: tips.find_by_receipt(t, looked_for))
        assert tip is not None
        return tip.id


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    with asyncio.Runner() as runner, closing(TelegramApi()) as telegram:
        joined = {"citizens_token": SecretStr(telegram.token), "telegram_api": telegram.address}
        house = House(settings.model_copy(update=joined), runner, telegram)
        try:
            yield house
        finally:
            house.stop()
