"""The dashboard, one's own figures, and each table as a file."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from bot.services.figures import Days, FigureBooks
from bot.services.permissions import Act
from bot.staff.door import Door, Visit
from bot.staff.figure_sheets import SheetWriter
from bot.staff.room import Room
from bot.staff.sheets import Sheet, as_csv
from storage.tips import TipState

_CHOICES = (7, 28, 91)
"""Days back from today, to choose with one press."""


@dataclass(frozen=True, slots=True)
class _Choice:
    count: int
    href: str
    is_chosen: bool


class DashboardPages:
    """Handlers and their routes."""

    def __init__(self, books: FigureBooks, room: Room, zone: tzinfo) -> None:
        """Figures from `books`, days in `zone`."""
        self._books = books
        self._room = room
        self._zone = zone

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/dashboard", self.show, Act.SEE_DASHBOARD),
            door.get("/dashboard/{sheet}.csv", self.download, Act.SEE_DASHBOARD),
            door.get("/figures", self.own, Act.SEE_OWN_FIGURES),
            door.get("/figures/{sheet}.csv", self.download_own, Act.SEE_OWN_FIGURES),
        ]

    async def show(self, visit: Visit) -> Response:
        """Everybody's."""
        days = self._days(visit)
        figures = await self._books.dashboard(visit.actor, days)
        health = figures.health
        unclaimed = [lane.oldest_unclaimed for lane in health.lanes.values() if lane.oldest_unclaimed is not None]
        return self._page(
            visit,
            "dashboard",
            days,
            self._writer(visit).of_all(figures),
            as_of=figures.as_of,
            health=health,
            nobodys=sum(lane.states.get(TipState.NEW, 0) for lane in health.lanes.values()),
            oldest=min(unclaimed, default=None),
            filed=sum(one.filed for one in figures.tallies),
            ended=sum(one.ended for one in figures.tallies),
        )

    async def own(self, visit: Visit) -> Response:
        """The reader's."""
        days = self._days(visit)
        figures = await self._books.own(visit.actor, days)
        return self._page(
            visit,
            "figures",
            days,
            self._writer(visit).of_one(figures),
            as_of=figures.as_of,
            health=None,
            held=figures.held,
            ended=sum(one.ended for one in figures.tallies),
        )

    async def download(self, visit: Visit) -> Response:
        """A table of everybody's as CSV; times in seconds."""
        days = self._days(visit)
        return _file(visit, days, self._writer(visit).of_all(await self._books.dashboard(visit.actor, days)))

    async def download_own(self, visit: Visit) -> Response:
        """A table of the reader's as CSV."""
        days = self._days(visit)
        return _file(visit, days, self._writer(visit).of_one(await self._books.own(visit.actor, days)))

    def _days(self, visit: Visit) -> Days:
        asked = visit.request.query_params
        return Days.asked(asked.get("first", "")[:10], asked.get("last", "")[:10], today=self._books.today())

    def _writer(self, visit: Visit) -> SheetWriter:
        def say(text: str, /, **values: object) -> str:
            return visit.pages.sentence(visit.language, text, **values)

        return SheetWriter(say, self._room.lookup(visit.language), self._zone)

    def _page(self, visit: Visit, here: str, days: Days, sheets: tuple[Sheet, ...], **values: object) -> Response:
        today = self._books.today()
        choices = [
            _Choice(
                count,
                f"/{here}?first={today - timedelta(days=count - 1)}&last={today}",
                days.last == today and days.count == count,
            )
            for count in _CHOICES
        ]
        return visit.answer(
            "staff/dashboard.html",
            status=200,
            here=here,
            days=days,
            today=today,
            choices=choices,
            sheets=sheets,
            lookup=self._room.lookup(visit.language),
            **values,
        )


def _file(visit: Visit, days: Days, sheets: tuple[Sheet, ...]) -> Response:
    wanted = visit.request.path_params["sheet"]
    for sheet in sheets:
        if sheet.name == wanted:
            name = f"fanzha-{sheet.name}-{days.first}-{days.last}.csv"
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return Response(as_csv(sheet), media_type="text/csv; charset=utf-8", headers=headers)
    raise HTTPException(404)
