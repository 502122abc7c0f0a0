"""The filters that a member of staff keeps: saved from the queue, renamed and removed on a page of their own."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.filters import LONGEST_NAME, Filters
from bot.services.permissions import Act
from bot.services.triage_errors import TriageError
from bot.staff.choosing import Chosen
from bot.staff.door import Door, Visit
from storage.errors import NotFound, StorageError


class FilterPages:
    """Handlers and their routes."""

    def __init__(self, filters: Filters) -> None:
        self._filters = filters

    def routes(self, door: Door) -> list[Route]:
        return [
            door.get("/filters", self.show, Act.SAVE_FILTER),
            door.post("/filters", self.save, Act.SAVE_FILTER),
            door.post("/filters/{filter:int}/rename", self.rename, Act.SAVE_FILTER),
            door.post("/filters/{filter:int}/remove", self.remove, Act.SAVE_FILTER),
        ]

    async def show(self, visit: Visit) -> Response:
        """All of one's own, and those that are shared."""
        return await self._page(visit)

    async def save(self, visit: Visit) -> Response:
        """What the queue shows now, by a name."""
        chosen = Chosen.read(visit.form)
        is_shared = bool(visit.form.text("shared"))
        try:
            await self._filters.save(visit.actor, visit.form.text("name"), chosen.query, is_shared=is_shared)
        except (TriageError, StorageError) as error:
            return await self._page(visit, error, chosen=chosen)
        return RedirectResponse(f"/?{chosen.query}", 303)

    async def rename(self, visit: Visit) -> Response:
        try:
            await self._filters.rename(visit.actor, visit.request.path_params["filter"], visit.form.text("name"))
        except NotFound as fault:
            raise HTTPException(404) from fault
        except (TriageError, StorageError) as error:
            return await self._page(visit, error)
        return RedirectResponse("/filters", 303)

    async def remove(self, visit: Visit) -> Response:
        try:
            await self._filters.remove(visit.actor, visit.request.path_params["filter"])
        except NotFound as fault:
            raise HTTPException(404) from fault
        return RedirectResponse("/filters", 303)

    async def _page(
        self, visit: Visit, error: TriageError | StorageError | None = None, chosen: Chosen | None = None
    ) -> Response:
        return visit.answer(
            "staff/filters.html",
            status=200 if error is None else 409,
            here="filters",
            filters=await self._filters.of(visit.actor),
            problem="" if error is None else visit.say(error),
            chosen=chosen,
            typed=visit.form,
            longest=LONGEST_NAME,
        )
