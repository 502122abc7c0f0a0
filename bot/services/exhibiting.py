"""What people sent with a tip, for staff: listed by what it is, and opened one at a time, on the record."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime

from bot.services.permissions import Act, Actor, require
from bot.services.triage_errors import ExhibitClosed
from bot.services.triage_views import Shown
from knowledge.dangers import Danger
from storage import audit, exhibits, tips
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import NotFound
from storage.exhibits import Exhibit
from storage.sealing import StaffSecretKey
from storage.tips import Tip, TipState

_GONE = frozenset({TipState.WITHDRAWN, TipState.ERASED})


def is_closed(tip: Tip) -> bool:
    """Whether what was sent with it is opened for nobody."""
    return Danger.MINOR in tip.dangers


def show(key: StaffSecretKey, exhibit: Exhibit) -> Shown:
    """Its line in the list."""
    about = json.loads(key.open(exhibit.about))
    return Shown(exhibit.id, exhibit.kind, str(about["type"]), int(about["size"]), exhibit.kept_at)


class Exhibiting:
    """The use case. Raises NotFound, NotAllowed, ExhibitClosed."""

    def __init__(
        self, database: Database, key: StaffSecretKey, *, clock: Callable[[], datetime], random: RandomBytes
    ) -> None:
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random

    async def look(self, actor: Actor, tip_id: str, exhibit: int) -> Shown:
        """What it is, before it is opened."""
        require(actor, Act.OPEN_TIP)

        def query(t: Transaction) -> Exhibit:
            _check(tips.get(t, tip_id))
            for one in exhibits.of_tip(t, tip_id):
                if one.id == exhibit:
                    return one
            raise NotFound("exhibit", str(exhibit))

        return show(self._key, await self._database.read(query))

    async def open(self, actor: Actor, tip_id: str, exhibit: int) -> tuple[str, bytes]:
        """Its media type and its content as it was sent, which the audit log keeps before anybody has it."""
        require(actor, Act.OPEN_EXHIBIT)

        def unit(t: Transaction) -> tuple[bytes, bytes]:
            _check(tips.get(t, tip_id))
            found = exhibits.content(t, tip_id, exhibit)
            entry = audit.Entry(self._clock(), actor.name, Act.OPEN_EXHIBIT, tip_id, {"exhibit": str(exhibit)})
            audit.record(t, entry, random=self._random)
            return found

        about, sealed = await self._database.write(unit)
        return json.loads(self._key.open(about))["type"], await asyncio.to_thread(self._key.open, sealed)


def _check(tip: Tip) -> None:
    if tip.state in _GONE:
        raise NotFound("exhibit", tip.id)
    if is_closed(tip):
        raise ExhibitClosed(tip.id)
