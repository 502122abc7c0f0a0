"""The desk's bot in this process, over a database of its own and a Bot API on loopback; staff and tips are invented."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from pydantic import SecretStr

from bot.app.desk import DeskRole
from bot.app.parts import Desk
from bot.services.acts import Acts
from bot.services.newest import Newest
from bot.services.permissions import Actor
from bot.services.tipbox import TipBox
from bot.services.watching import UNWATCHED
from bot.settings import Settings
from knowledge.catalogue import Catalogue, shipped_catalogue
from storage import accounts, audit, desk_bindings, outbox, tips
from storage.accounts import Role
from storage.database import Database, Transaction
from storage.desk_key import DeskKey
from storage.sealing import CHEAPEST, SALT_BYTES, ReceiptKey, StaffSecretKey, hash_passphrase
from storage.tips import NewTip, Tip
from tests.conftest import StoppedClock
from tests.fakes.telegram_api import TelegramApi
from tests.fakes.telegram_methods import Message
from tests.fakes.telegram_people import Person

CANARIES = ("Zebulon", "bullion")
TELLING = "A man named Zebulon told me to sell my bullion"
"""What a reporter wrote: no word of it may reach Telegram."""
GROUP = -100500
_HASH = hash_passphrase("four invented quiet words", cost=CHEAPEST)


def _receipt() -> ReceiptKey:
    return ReceiptKey.make("0" * 16, salt=bytes(SALT_BYTES), cost=CHEAPEST)


@dataclass
class DeskHouse:
    """What a test of the desk needs. The bot is joined while `running` is entered."""

    api: TelegramApi
    database: Database
    key: StaffSecretKey
    clock: StoppedClock
    settings: Settings
    chance: Random = field(default_factory=lambda: Random(11))  # noqa: S311 - a test must be the same every time
    receipt: ReceiptKey = field(default_factory=_receipt)
    _filed: int = 0

    @property
    def desk_key(self) -> DeskKey:
        return DeskKey.of(self.key)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["DeskHouse"]:
        parts = Desk(
            self.database,
            self.desk_key,
            self.key.public,
            self.key.releases,
            clock=self.clock,
            random=self.chance.randbytes,
        )
        shipped: Newest[Catalogue] = Newest(
            self.database,
            ground="",
            key=lambda: self.key.releases,
            shipped=shipped_catalogue(),
            read=lambda _number, _packed: shipped_catalogue(),
        )
        role = DeskRole(self.api.token, self.settings, parts, shipped, UNWATCHED)
        async with role.run(None):
            yield self

    # --- staff ---

    def hire(self, name: str, role: Role = Role.REVIEWER) -> Actor:
        """An account that can sign in to the console."""

        def unit(t: Transaction) -> None:
            accounts.create(t, name, role, now=self.clock())
            accounts.set_passphrase(t, name, _HASH)
            accounts.set_totp(t, self.key, name, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

        self.database.write_now(unit)
        return Actor(name, role)

    def code(self, name: str) -> str:
        return self.database.write_now(
            lambda t: desk_bindings.make_code(t, self.desk_key, name, random=self.chance.randbytes, now=self.clock())
        )

    async def seated(self, name: str, number: int, role: Role = Role.REVIEWER, language: str = "en") -> Person:
        """Hired, and bound by a code, in the chat with the bot alone."""
        self.hire(name, role)
        person = self.api.person(number, language)
        seen = len(person.messages)
        person.write(f"/start {self.code(name)}")
        await self.until(lambda: len(person.messages) > seen)
        # The menu comes after the greeting: a test that goes on before it would meet it later.
        await self.settled()
        return person

    async def grouped(self, supervisor: Person, *, has_topics: bool = False) -> Person:
        """The supervisor, in a group that is bound."""
        if has_topics:
            self.api.methods.forums.add(GROUP)
        there = self.in_group(supervisor)
        there.write("/bind")
        await self.until(lambda: bool(there.messages))
        await self.settled()
        return there

    def in_group(self, person: Person, chat: int = GROUP) -> Person:
        return self.api.person(person.number, "en", chat=chat)

    # --- tips ---

    def file(
        self,
        *,
        dangers: tuple[str, ...] = ("money-gone",),
        urgency: int = 700,
        kind: str = "cheated",
        pattern: str | None = "fake-customer-service",
        has_receipt: bool = True,
        filed_at: datetime | None = None,
    ) -> str:
        """A filed tip; its reference."""
        self._filed += 1
        box = TipBox(telling=(TELLING,), language="en", kind=kind)
        new = NewTip(
            kind=kind,
            dangers=dangers,
            urgency=urgency,
            likeness="warn",
            pattern=pattern,
            language="en",
            country="GB",
            versions={},
            sealed=self.key.public.seal(box.to_bytes()),
            filed_at=filed_at or self.clock(),
            receipt_hash=self._filed.to_bytes(32, "big") if has_receipt else None,
            receipt_public=self.receipt.public if has_receipt else None,
            receipt_parameters=self.receipt.parameters if has_receipt else None,
        )
        return self.database.write_now(lambda t: tips.file(t, new, random=self.chance.randbytes))

    def tip(self, reference: str) -> Tip:
        return self.database.read_now(lambda t: tips.get(t, reference))

    def acts(self, subject: str | None = None) -> list[tuple[str, str]]:
        """Who did what, the earliest first, out of the audit log."""
        entries = self.database.read_now(lambda t: audit.list_entries(t, subject=subject, limit=1000))
        return [(entry.actor, entry.act) for entry in reversed(entries)]

    @property
    def console(self) -> Acts:
        """The same acts, done elsewhere."""
        return Acts(self.database, self.key.public, self.key, clock=self.clock, random=self.chance.randbytes)

    # --- waiting ---

    async def until(self, true: Callable[[], bool]) -> None:
        """Without holding up the bot, which runs in this loop."""
        await asyncio.to_thread(self.api.wait_until, true, 20)

    async def as_time_goes_by(self, true: Callable[[], bool]) -> None:
        """`until`, with the clock going on."""

        def look() -> bool:
            self.clock.move(timedelta(seconds=1))
            return true()

        await self.until(look)

    async def settled(self) -> None:
        """All that came is confirmed, noticed, and said."""
        await self.until(lambda: not self.api.undelivered)
        quiet = 0
        while quiet < 3:
            await asyncio.sleep(0.05)
            waiting = await self.database.read(lambda t: outbox.counts(t).get("pending", 0))
            quiet = 0 if waiting else quiet + 1

    async def card(self, person: Person, tip: str) -> Message:
        """The tip's card in a chat, the newest."""
        await self.until(lambda: any(_is_card(one, tip) for one in person.messages))
        return next(one for one in reversed(person.messages) if _is_card(one, tip))

    async def shown(self, person: Person, tip: str, words: str) -> Message:
        """The tip's card, once it says so."""
        await self.until(lambda: any(_is_card(one, tip) and words in one.text for one in person.messages))
        return next(one for one in reversed(person.messages) if _is_card(one, tip) and words in one.text)

    async def says(self, person: Person, words: str, after: Message | None = None) -> Message:
        """The newest message of the bot's with these words, once there is one; `after` an earlier with them too."""

        def found() -> list[Message]:
            return [one for one in person.messages if words in one.text and (after is None or one.id > after.id)]

        await self.until(lambda: bool(found()))
        return found()[-1]

    async def press(self, person: Person, message: Message, label: str) -> dict[str, object]:
        """How the press was answered."""
        before = len(self.api.called("answerCallbackQuery"))
        person.press(message, label)
        await self.until(lambda: len(self.api.called("answerCallbackQuery")) > before)
        return dict(self.api.called("answerCallbackQuery")[before].values)


def desk_settings(settings: Settings, api: TelegramApi) -> Settings:
    return settings.model_copy(update={"desk_token": SecretStr(api.token), "telegram_api": api.address})


def move_on(clock: StoppedClock, **span: float) -> None:
    clock.move(timedelta(**span))


def _is_card(message: Message, tip: str) -> bool:
    return f"{tip} ·" in message.text and message.text[:1] in "🔴🟠⚪"
