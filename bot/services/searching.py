"""Staff search the tips; the public side cannot reach this, so that nobody looks up a name that somebody once gave."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from bot.services.finding_terms import Term
from bot.services.permissions import Act, Actor, require
from bot.services.seeking import Fields, Understood, understand
from bot.services.triage_views import QueueRow
from bot.services.urgency import reasons_for
from knowledge.observables import Extractor
from storage import audit, links, searching, similar, tips
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.index import number_at, number_of
from storage.sealing import StaffSecretKey
from storage.search_key import SearchKey
from storage.searching import Found, Sought
from storage.tips import OPEN_STATES, TipState

PAGE_SIZE = 25
STATES: Mapping[str, frozenset[TipState]] = {
    "open": OPEN_STATES,
    "ended": frozenset({TipState.DECIDED, TipState.MERGED}),
}
"""What `Fields.state` may be, beside empty."""


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found, the newest filed first, and how the fields were read. `before`: give it to `search` to
    go on; `is_cut`: there is so much that only the newest was looked at."""

    rows: tuple[QueueRow, ...]
    understood: Understood
    before: int | None
    is_cut: bool


class Searching:
    """Of the console alone: it takes the staff's key to make what is looked for."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        extractor: Callable[[], Extractor],
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
        zone: tzinfo = UTC,
    ) -> None:
        """`extractor` reads observables; it is asked for when the first is; days are those of `zone`."""
        self._database = database
        self._key = SearchKey.of(key)
        self._extractor = extractor
        self._clock = clock
        self._random = random
        self._zone = zone

    async def search(self, actor: Actor, fields: Fields, *, before: int | None = None) -> Results:
        """What fits all the fields. The audit log keeps that there was a search and which fields it had, never what was
        in them. Raises SearchError, NotAllowed."""
        require(actor, Act.SEARCH)
        now = self._clock()
        understood = await asyncio.to_thread(lambda: understand(fields, self._extractor(), now, self._zone))
        kinds = " ".join(fields.kinds)
        entry = audit.Entry(now, actor.name, Act.SEARCH, kinds)
        await self._database.write(lambda t: audit.record(t, entry, random=self._random))
        conditions = tuple(tuple(self._hash(term) for term in terms) for terms in understood.conditions)

        def query(t: Transaction) -> Results:
            found = self._find(t, fields, understood, conditions, before)
            ids = [tip.id for tip in found.tips]
            sharing, alike = links.sharing(t, ids, now=now), similar.counts(t, ids)
            rows = tuple(
                QueueRow(
                    tip,
                    reasons_for(tip, now, sharing=sharing.get(tip.id, 0)),
                    sharing.get(tip.id, 0),
                    alike.get(tip.id, 0),
                )
                for tip in found.tips
            )
            return Results(rows, understood, found.before, found.is_cut)

        return await self._database.read(query)

    def _find(
        self,
        t: Transaction,
        fields: Fields,
        understood: Understood,
        conditions: tuple[searching.Condition, ...],
        before: int | None,
    ) -> Found:
        since = None if understood.since is None else number_at(understood.since)
        until = None if understood.until is None else number_at(understood.until)
        if understood.reference is not None:
            if fields.kinds == ("reference",):
                # Also one that is not in the index: just filed, or erased.
                return Found(tips.known(t, [understood.reference]), None)
            number = number_of(t, understood.reference)
            if number is None:
                return Found((), None)
            since, until = max(number, since or number), min(number + 1, until or number + 1)
        ends = [end for end in (until, before) if end is not None]
        sought = Sought(conditions, since, min(ends, default=None), STATES.get(fields.state))
        return searching.find(t, sought, limit=PAGE_SIZE)

    def _hash(self, term: Term) -> int:
        return self._key.term(*term)
