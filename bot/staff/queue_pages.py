"""The queue: the most urgent tip first, filtered by state and kind, a page at a time."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from bot.services.permissions import Act
from bot.services.triage import PAGE_SIZE, Triage
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from bot.staff.wording import N_
from knowledge.dangers import Kind
from storage.similar import COUNTED
from storage.tips import OPEN_STATES, QueueFilter, TipState

_STATES: Mapping[str, tuple[str, frozenset[TipState]]] = MappingProxyType(
    {
        "open": (N_("To do"), OPEN_STATES),
        "new": (N_("Nobody's yet"), frozenset({TipState.NEW})),
        "mine": (N_("Mine"), OPEN_STATES),
        "waiting": (N_("Waiting"), frozenset({TipState.WAITING})),
        "ended": (N_("Decided"), frozenset({TipState.DECIDED, TipState.MERGED})),
        "gone": (N_("Withdrawn"), frozenset({TipState.WITHDRAWN, TipState.ERASED})),
    }
)
_LAST_PAGE = 100_000


class QueuePages:
    """The list of tips."""

    def __init__(self, triage: Triage, room: Room) -> None:
        """List what `triage` gives."""
        self._triage = triage
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        """Where it is."""
        return [door.get("/", self.show, Act.SEE_QUEUE)]

    async def show(self, visit: Visit) -> Response:
        """One page of it."""
        asked = visit.request.query_params
        state = asked.get("state", "open") if asked.get("state") in _STATES else "open"
        kind = asked.get("kind") if asked.get("kind") in set(Kind) else None
        number = asked.get("page", "1")
        # Cut, for Python refuses to read thousands of digits as a number.
        page = min(max(int(number[:9]), 1), _LAST_PAGE) if number.isascii() and number.isdigit() else 1
        which = QueueFilter(
            states=_STATES[state][1], kind=kind, claimed_by=visit.actor.name if state == "mine" else None
        )
        queue = await self._triage.queue(visit.actor, which, page=page)

        def href(**changed: object) -> str:
            chosen = {"state": state, "kind": kind, "page": 1, **changed}
            return "/?" + urlencode({name: value for name, value in chosen.items() if value})

        return visit.answer(
            "staff/queue.html",
            here="queue",
            queue=queue,
            state=state,
            kind=kind,
            page=page,
            pages=max(1, -(-queue.total // PAGE_SIZE)),
            most_similar=COUNTED,
            filters=[(name, label, _count(queue.states, name, states)) for name, (label, states) in _STATES.items()],
            href=href,
            lookup=self._room.lookup(visit.language),
            now=self._room.clock(),
        )


def _count(counts: Mapping[str, int], name: str, states: frozenset[TipState]) -> int | None:
    """How many tips a filter holds; whose they are is not counted."""
    return None if name == "mine" else sum(counts.get(state, 0) for state in states)
