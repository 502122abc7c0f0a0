"""What is known to be harmless: the list, adding to it by hand or from a tip, and taking off it."""

from datetime import timedelta

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.benign_list import MOST_DAYS, BenignList
from bot.services.linking import LINKING
from bot.services.permissions import Act
from bot.services.triage import LONGEST_TEXT
from bot.services.triage_errors import TriageError
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from bot.staff.tip_pages import TipPages, back, reference_of
from storage.errors import StorageError


class BenignPages:
    """Handlers and their routes. What is marked never stands in an address."""

    def __init__(self, benign: BenignList, tips: TipPages, room: Room) -> None:
        self._benign = benign
        self._tips = tips
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        return [
            door.get("/benign", self.show, Act.SEE_BENIGN),
            door.post("/benign", self.add, Act.MARK_BENIGN),
            door.post("/benign/lift", self.lift, Act.LIFT_BENIGN),
            door.post("/tips/{tip}/benign", self.add_of_tip, Act.MARK_BENIGN),
        ]

    async def show(self, visit: Visit) -> Response:
        """The list."""
        return await self._page(visit)

    async def add(self, visit: Visit) -> Response:
        """One that was typed."""
        form = visit.form
        try:
            await self._benign.mark(
                visit.actor, form.text("type"), form.text("value"), form.text("why"), form.text("until")
            )
        except (TriageError, StorageError) as error:
            return await self._page(visit, status=409, problem=visit.say(error))
        return RedirectResponse("/benign", 303)

    async def add_of_tip(self, visit: Visit) -> Response:
        """One of a tip's own."""
        form, tip = visit.form, reference_of(visit)
        try:
            await self._benign.mark_of_tip(
                visit.actor, tip, form.text("observable"), form.text("benign_reason"), form.text("until")
            )
        except (TriageError, StorageError) as error:
            return await self._tips.refused(visit, error, "benign")
        return back(visit, "benign")

    async def lift(self, visit: Visit) -> Response:
        """It links again."""
        try:
            await self._benign.lift(visit.actor, visit.form.text("type"), visit.form.text("hash"))
        except (TriageError, StorageError) as error:
            return await self._page(visit, status=409, problem=visit.say(error))
        return RedirectResponse("/benign", 303)

    async def _page(self, visit: Visit, *, status: int = 200, problem: str = "") -> Response:
        today = self._room.clock().date()
        return visit.answer(
            "staff/benign.html",
            status=status,
            here="benign",
            listed=await self._benign.list(visit.actor),
            types=sorted(LINKING),
            first_day=today + timedelta(days=1),
            last_day=today + timedelta(days=MOST_DAYS),
            longest=LONGEST_TEXT,
            problem=problem,
            typed=visit.form,
        )
