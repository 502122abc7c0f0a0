"""The button that gives the next tip, and nobody else the same."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.permissions import Act
from bot.services.taking import Taking
from bot.staff.choosing import Chosen
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from storage.tips import OPEN_STATES


class NextPages:
    """Handlers and their routes."""

    def __init__(self, taking: Taking, room: Room) -> None:
        self._taking = taking
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        return [door.post("/next", self.take, Act.CLAIM)]

    async def take(self, visit: Visit) -> Response:
        """The most urgent of what was chosen that nobody holds; what has ended is not given to anybody."""
        chosen = Chosen.read(visit.form)
        which = chosen.filter(visit.actor.name, self._room.clock())
        if not OPEN_STATES.issuperset(which.states) or chosen.state in {"mine", "waiting"}:
            chosen = chosen.but(state="")
            which = chosen.filter(visit.actor.name, self._room.clock())
        passing = visit.form.text("passing").upper() or None
        tip = await self._taking.next(visit.actor, which, passing=passing)
        kept = f"&{chosen.query}" if chosen.query else ""
        address = f"/?none=1{kept}" if tip is None else f"/tips/{tip.id}?done=taken{kept}"
        return RedirectResponse(address, 303)
