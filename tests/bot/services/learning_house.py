"""A database with its staff's key, tips to confirm, and a knowledge of two small patterns to learn over."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from bot.services.learning import Learner, Teach
from bot.services.permissions import Actor
from bot.services.publishing import Publishing
from bot.services.tipbox import BoxedObservable, TipBox
from bot.services.triage import Triage
from knowledge.catalogue import load_catalogue
from knowledge.lesson import Learnt, Lesson, learn
from knowledge.observables import Extractor
from knowledge.shipped import fingerprint
from storage import audit, releases, tips
from storage.accounts import Role
from storage.database import Database
from storage.releases import Release
from storage.sealing import StaffSecretKey
from storage.tips import NewTip, Verdict
from tests.conftest import StoppedClock

CHEN = Actor("chen", Role.SUPERVISOR)


async def in_this_process(lesson: Lesson) -> Learnt:
    """As the service does it in a process of its own."""
    return await asyncio.to_thread(learn, lesson)


def boxed(telling: str) -> TipBox:
    """A told tip's content, with what can be found in it, as it is when it is filed."""
    seen = _extractor().extract(telling, country=None, now=datetime(2026, 3, 4, tzinfo=UTC))
    found = tuple(
        BoxedObservable(one.type, one.value, one.text, one.start, one.end, checked=one.checked) for one in seen
    )
    return TipBox((telling,), "en", "cheated", observables=found)


@cache
def _extractor() -> Extractor:
    return Extractor.shipped()


@dataclass
class LearningHouse:
    database: Database
    package: Path
    clock: StoppedClock
    key: StaffSecretKey = field(default_factory=lambda: StaffSecretKey(bytes(range(32))))
    chance: Random = field(default_factory=lambda: Random(7))  # noqa: S311 - a test must be the same every time

    @property
    def ground(self) -> str:
        return fingerprint(self.package)

    @property
    def triage(self) -> Triage:
        return Triage(self.database, self.key, clock=self.clock, random=self.chance.randbytes)

    @property
    def publishing(self) -> Publishing:
        return Publishing(
            self.database,
            self.key,
            shipped=load_catalogue(self.package / "patterns"),
            ground=self.ground,
            clock=self.clock,
            random=self.chance.randbytes,
        )

    async def publish(self, pattern: str, toml: str) -> int:
        """As chen wrote it and another approved it; its version."""
        publishing = self.publishing
        return await self.database.write(
            lambda t: publishing.publish(t, pattern, toml, by=CHEN.name, approved_by="lin")
        )

    def learner(self, teach: Teach = in_this_process) -> Learner:
        return Learner(
            self.database,
            self.key,
            ground=self.ground,
            package=str(self.package),
            teach=teach,
            clock=self.clock,
            random=self.chance.randbytes,
        )

    async def is_due(self) -> bool:
        return await self.database.read(self.learner().is_due)

    async def learn(self, teach: Teach = in_this_process) -> Release:
        """The newest release after learning."""
        await self.learner(teach).run()
        newest = await self.database.read(releases.newest)
        assert newest is not None
        return newest

    async def confirm(self, telling: str, pattern: str, *, conversation: bytes | None = None) -> str:
        """A filed tip that staff confirmed as the pattern; its reference."""
        new = NewTip(
            kind="cheated",
            dangers=(),
            urgency=1,
            likeness="unknown",
            pattern=None,
            language="en",
            country=None,
            versions={},
            sealed=self.key.public.seal(boxed(telling).to_bytes()),
            filed_at=self.clock(),
            receipt_hash=None,
            receipt_public=None,
            receipt_parameters=None,
            conversation=conversation,
        )
        tip = await self.database.write(lambda t: tips.file(t, new, random=self.chance.randbytes))
        await self.triage.claim(CHEN, tip)
        await self.triage.decide(CHEN, tip, Verdict.CONFIRMED, "Seen.", pattern)
        return tip

    async def packed(self, number: int) -> bytes:
        return (await self.database.read(lambda t: releases.content(t, self.key.releases, number)))[1]

    async def acts(self, subject: str) -> list[tuple[str, str]]:
        entries = await self.database.read(lambda t: audit.list_entries(t, subject=subject))
        return [(entry.actor, entry.act) for entry in reversed(entries)]
