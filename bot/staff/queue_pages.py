"""The queue: the most urgent tip first, by lane and by whatever else is chosen, a page at a time."""

from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from bot.services.bulk import MOST
from bot.services.filters import LONGEST_NAME, Filters
from bot.services.permissions import Act
from bot.services.triage import PAGE_SIZE, Triage
from bot.services.urgency import recall_until
from bot.staff.choosing import AGES, STATES, Chosen
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from knowledge.language import Language
from storage.links import LISTED
from storage.queueing import Place, told
from storage.ranks import Lane
from storage.similar import COUNTED


class QueuePages:
    """The list of tips."""

    def __init__(self, triage: Triage, filters: Filters, room: Room) -> None:
        """List what `triage` gives."""
        self._triage = triage
        self._filters = filters
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        """Where it is."""
        return [door.get("/", self.show, Act.SEE_QUEUE)]

    async def show(self, visit: Visit) -> Response:
        """One page of it."""
        asked = visit.request.query_params
        chosen = Chosen.read(asked)
        now, lookup = self._room.clock(), self._room.lookup(visit.language)
        size = MOST if asked.get("rows") == str(MOST) else PAGE_SIZE
        queue = await self._triage.queue(
            visit.actor,
            chosen.filter(visit.actor.name, now),
            after=Place.parse(asked.get("after", "")),
            before=Place.parse(asked.get("before", "")),
            size=size,
        )

        def href(place: str = "", at: Place | None = None, **changed: str) -> str:
            fields = {**chosen.but(**changed).fields, **({place: str(at)} if at is not None else {})}
            if size == MOST:
                fields["rows"] = str(MOST)
            return "/?" + urlencode(fields)

        return visit.answer(
            "staff/queue.html",
            here="queue",
            recall_until=recall_until,
            queue=queue,
            chosen=chosen,
            lanes=tuple(Lane),
            states=STATES,
            named=lambda words: [(value, visit.sentence(label)) for value, label in words.items()],
            languages=[(language, lookup.language(language)) for language in Language],
            days=[(days, lookup.days(days)) for days in AGES],
            most_similar=COUNTED,
            most_sharing=LISTED,
            href=href,
            size=size,
            most=MOST,
            none_free="none" in asked,
            told=told,
            saved=await self._filters.of(visit.actor),
            longest=LONGEST_NAME,
            lookup=lookup,
            now=now,
        )
