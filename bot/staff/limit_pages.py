"""Reporters who are limited: proposed on a tip's page, decided on in the supervisor's list."""

from datetime import timedelta

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.limiting import MOST_DAYS, Limiting
from bot.services.permissions import Act
from bot.services.triage_errors import TriageError
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from bot.staff.tip_pages import TipPages, back, reference_of
from storage.errors import StorageError


class LimitPages:
    """Handlers and their routes. No page shows whose conversation it is: what stands there is a tip."""

    def __init__(self, limiting: Limiting, tips: TipPages, room: Room) -> None:
        self._limiting = limiting
        self._tips = tips
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        return [
            door.post("/tips/{tip}/limit", self.propose, Act.PROPOSE_LIMIT),
            door.get("/limits", self.show, Act.SEE_LIMITS),
            door.post("/limits/{limit:int}", self.put_in_force, Act.LIMIT),
            door.post("/limits/{limit:int}/end", self.end, Act.LIFT_LIMIT),
        ]

    async def propose(self, visit: Visit) -> Response:
        """For whoever told the tip."""
        try:
            await self._limiting.propose(visit.actor, reference_of(visit), visit.form.text("limit_reason"))
        except (TriageError, StorageError) as error:
            return await self._tips.refused(visit, error, "limit")
        return back(visit, "proposed")

    async def show(self, visit: Visit) -> Response:
        """The list."""
        return await self._page(visit)

    async def put_in_force(self, visit: Visit) -> Response:
        """Until a day."""
        try:
            await self._limiting.put_in_force(visit.actor, _limit(visit), visit.form.text("until"))
        except (TriageError, StorageError) as error:
            return await self._page(visit, status=409, problem=visit.say(error))
        return RedirectResponse("/limits", 303)

    async def end(self, visit: Visit) -> Response:
        """Declined, or lifted."""
        try:
            await self._limiting.end(visit.actor, _limit(visit))
        except (TriageError, StorageError) as error:
            return await self._page(visit, status=409, problem=visit.say(error))
        return RedirectResponse("/limits", 303)

    async def _page(self, visit: Visit, *, status: int = 200, problem: str = "") -> Response:
        today = self._room.clock().date()
        return visit.answer(
            "staff/limits.html",
            status=status,
            here="limits",
            listed=await self._limiting.list(visit.actor),
            first_day=today + timedelta(days=1),
            usual_day=today + timedelta(days=30),
            last_day=today + timedelta(days=MOST_DAYS),
            problem=problem,
            lookup=self._room.lookup(visit.language),
        )


def _limit(visit: Visit) -> int:
    # Cut to what a database's number holds: none has so many limits.
    return min(int(visit.request.path_params["limit"]), 2**62)
