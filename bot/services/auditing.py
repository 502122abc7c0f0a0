"""The audit log, read: a page of it by who, what, on what and when; and its chain walked from end to end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.permissions import Act, Actor, require
from storage import audit, audit_pages
from storage.chance import RandomBytes
from storage.database import Database
from storage.errors import AuditBroken

PAGE = 50
SUBJECT = "audit"
"""Of the entry that says somebody had the chain verified."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """`earlier` and `later` are the ids to go on from, None at either end."""

    entries: tuple[audit.Recorded, ...]
    head: audit.Head
    earlier: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk of the chain found. Where it is `broken`, at which entry; `waiting` are not in the chain yet."""

    head: audit.Head | None
    waiting: int
    broken: AuditBroken | None = None


class Auditing:
    """The use cases of whoever reads the log."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime], random: RandomBytes) -> None:
        self._database = database
        self._clock = clock
        self._random = random

    async def page(
        self, actor: Actor, which: audit_pages.Which, *, before: int | None = None, after: int | None = None
    ) -> LogPage:
        """The latest first: the latest of all, those before an entry's id, or those just after one."""
        require(actor, Act.SEE_AUDIT)
        found, head = await self._database.read(
            lambda t: (audit_pages.find(t, which, limit=PAGE + 1, before=before, after=after), audit.head_of(t))
        )
        # One more than fits was asked for, on the side that was gone towards: whether there is more of it.
        is_more = len(found) > PAGE
        if after is not None:
            shown = found[-PAGE:]
            return LogPage(shown, head, shown[-1].id if shown else None, shown[0].id if is_more else None)
        shown = found[:PAGE]
        later = shown[0].id if shown and before is not None else None
        return LogPage(shown, head, shown[-1].id if is_more else None, later)

    async def verify(self, actor: Actor, known: audit.Head | None = None) -> Verified:
        """Walk the whole chain, held to a head that was kept elsewhere if one is given; the log keeps that it was."""
        require(actor, Act.VERIFY_AUDIT)
        broken: AuditBroken | None = None
        head: audit.Head | None = None
        try:
            head = await self._database.read(lambda t: audit.verify(t, known=known))
        except AuditBroken as fault:
            broken = fault
        waiting = await self._database.read(audit.unchained_count)
        result = {"head": str(head)} if broken is None else {"broken": str(broken.position)}
        entry = audit.Entry(self._clock(), actor.name, Act.VERIFY_AUDIT, SUBJECT, result)
        await self._database.write(lambda t: audit.record(t, entry, random=self._random))
        return Verified(head, waiting, broken)
