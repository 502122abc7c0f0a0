"""One act on the tips that were ticked in the queue: a page that asks once more, then one that says what came of it."""

import re

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.bulk import MOST, Bulk, BulkAct
from bot.services.permissions import Act
from bot.services.triage import DECISIONS, LONGEST_TEXT
from bot.services.triage_errors import TriageError
from bot.staff.choosing import Chosen
from bot.staff.door import Door, Visit

_TICKED = re.compile(r"tip-([0-9A-Z]{4}-[0-9A-Z]{4})")


class BulkPages:
    """Handlers and their routes."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk

    def routes(self, door: Door) -> list[Route]:
        return [door.post("/bulk", self.ask, Act.CLAIM), door.post("/bulk/run", self.run, Act.CLAIM)]

    async def ask(self, visit: Visit) -> Response:
        """What is about to be done to which; nothing is done yet."""
        act, ticked = _act(visit), _ticked(visit)
        if act is None or not ticked:
            return RedirectResponse(f"/?{Chosen.read(visit.form).query}", 303)
        try:
            self._bulk.check(visit.actor, act, ticked)
        except TriageError as error:
            return self._page(visit, act, ticked, error)
        return self._page(visit, act, ticked)

    async def run(self, visit: Visit) -> Response:
        """Done to each, and what could not be done with its reason."""
        act, ticked = _act(visit), _ticked(visit)
        if act is None or not ticked:
            return RedirectResponse("/", 303)
        verdict, reason = visit.form.text("verdict"), visit.form.text("reason")
        try:
            outcome = await self._bulk.run(visit.actor, act, ticked, verdict=verdict, reason=reason)
        except TriageError as error:
            return self._page(visit, act, ticked, error)
        return visit.answer(
            "staff/bulk_done.html",
            here="queue",
            act=act,
            done=outcome.done,
            undone=[(one.tip, visit.say(one.why)) for one in outcome.undone],
            chosen=Chosen.read(visit.form),
        )

    def _page(self, visit: Visit, act: BulkAct, ticked: list[str], error: TriageError | None = None) -> Response:
        return visit.answer(
            "staff/bulk.html",
            status=200 if error is None else 409,
            here="queue",
            act=act,
            ticked=ticked,
            too_many=len(ticked) > MOST,
            verdicts=DECISIONS,
            longest=LONGEST_TEXT,
            typed=visit.form,
            problem="" if error is None else visit.say(error),
            chosen=Chosen.read(visit.form),
        )


def _act(visit: Visit) -> BulkAct | None:
    name = visit.form.text("act")
    return BulkAct(name) if name in set(BulkAct) else None


def _ticked(visit: Visit) -> list[str]:
    """References, in the queue's order: each box has a name of its own, since a form of ours has each name once."""
    return [found[1] for name in visit.form if (found := _TICKED.fullmatch(name))]
