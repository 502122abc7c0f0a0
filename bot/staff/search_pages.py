"""Searching the tips. The form is sent, never linked to: what was sought stands in no address, history or log."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from starlette.responses import Response
from starlette.routing import Route

from bot.services.permissions import Act
from bot.services.search_errors import SearchError
from bot.services.searching import Results, Searching
from bot.services.seeking import LONGEST, Fields
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from bot.staff.wording import N_
from bot.web.forms import Form
from knowledge.observables import shipped_vocabulary
from knowledge.places_file import shipped_places
from storage.links import LISTED
from storage.similar import COUNTED

_STATES: Mapping[str, str] = {"open": N_("To do"), "ended": N_("Decided")}
_LARGEST = 2**62


class SearchPages:
    """The form, and what was found."""

    def __init__(self, searching: Searching, room: Room) -> None:
        """Search through `searching`."""
        self._searching = searching
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [door.get("/search", self.show, Act.SEARCH), door.post("/search", self.search, Act.SEARCH)]

    async def show(self, visit: Visit) -> Response:
        """The empty form."""
        return self._page(visit)

    async def search(self, visit: Visit) -> Response:
        """What fits, under the form as it was filled in."""
        form = visit.form
        sought = Fields(**{field.name: form.text(field.name) for field in fields(Fields)})
        try:
            results = await self._searching.search(visit.actor, sought, before=_before(form))
        except SearchError as error:
            return self._page(visit, status=422, problem=visit.say(error))
        return self._page(visit, results=results)

    def _page(self, visit: Visit, *, status: int = 200, problem: str = "", results: Results | None = None) -> Response:
        lookup = self._room.lookup(visit.language)
        countries = sorted(((code, lookup.country(code)) for code in _countries()), key=lambda one: one[1])
        return visit.answer(
            "staff/search.html",
            status=status,
            here="search",
            typed=visit.form,
            longest=LONGEST,
            field_names=[field.name for field in fields(Fields)],
            states_said=[(state, visit.pages.sentence(visit.language, text)) for state, text in _STATES.items()],
            countries=countries,
            currencies=[(code, code) for code in _currencies()],
            most_similar=COUNTED,
            most_sharing=LISTED,
            lookup=lookup,
            now=self._room.clock(),
            problem=problem,
            results=results,
        )


@cache
def _countries() -> tuple[str, ...]:
    return tuple(country.code for country in shipped_places())


@cache
def _currencies() -> tuple[str, ...]:
    return tuple(sorted(set(shipped_vocabulary().currencies.values())))


def _before(form: Form) -> int | None:
    """Where to go on: the number that the page before ended with."""
    text = form.text("before")
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 20 else None
