"""Writing down what somebody tells by phone, and the receipt to read out to them."""

import secrets

from starlette.responses import Response
from starlette.routing import Route

from bot.conversation.buttons import PLACES
from bot.conversation.report import MAX_TELLING
from bot.services.calls import Call, Calls
from bot.services.permissions import Act
from bot.services.triage_errors import TriageError
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from bot.staff.spelling import spelled
from bot.web.forms import Form
from knowledge.dangers import Danger
from knowledge.language import Language
from storage.errors import StorageError


class CallPages:
    """Handlers and their routes. A refused form comes back as it was filled in."""

    def __init__(self, calls: Calls, room: Room) -> None:
        self._calls = calls
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        return [door.get("/calls", self.show, Act.TAKE_CALL), door.post("/calls", self.take, Act.TAKE_CALL)]

    async def show(self, visit: Visit) -> Response:
        """The empty form."""
        return self._form(visit)

    async def take(self, visit: Visit) -> Response:
        """Filed; the receipt stands on this one answer and nowhere else."""
        try:
            taken = await self._calls.take(visit.actor, _call(visit.form))
        except (TriageError, StorageError) as error:
            return self._form(visit, status=409, problem=visit.say(error))
        groups = spelled(str(taken.receipt)) if taken.receipt else []
        return visit.answer("staff/call_taken.html", here="call", tip=taken.tip, receipt=taken.receipt, groups=groups)

    def _form(self, visit: Visit, *, status: int = 200, problem: str = "") -> Response:
        lookup = self._room.lookup(visit.language)
        return visit.answer(
            "staff/call.html",
            status=status,
            here="call",
            entry=visit.form.text("entry") or secrets.token_hex(16),
            languages=[(one.value, lookup.language(one)) for one in Language],
            countries=sorted(((one, lookup.country(one)) for one in PLACES), key=lambda one: one[1]),
            dangers=list(Danger),
            longest=MAX_TELLING - 1,
            problem=problem,
            typed=visit.form,
        )


def _call(form: Form) -> Call:
    language, country = form.text("language"), form.text("country")
    return Call(
        # A form without one of its own is taken as it comes, once for each time it is sent.
        entry=form.text("entry")[:64] or secrets.token_hex(16),
        telling=form.text("telling"),
        kind=form.text("kind"),
        language=Language(language) if language in set(Language) else Language.EN,
        country=country if country in PLACES else None,
        dangers=tuple(danger for danger in Danger if form.text(f"danger-{danger}")),
        amounts=form.text("amounts"),
        contact=form.text("contact")[:200],
    )
