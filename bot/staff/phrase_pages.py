"""Set phrases put into the question that is being written; nothing is sent, and nothing typed is lost."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from bot.services.permissions import Act
from bot.services.triage import Triage
from bot.staff.door import Door, Visit
from bot.staff.set_phrases import set_phrases
from bot.staff.tip_pages import TipPages, reference_of
from bot.web.forms import Form
from storage.errors import NotFound

CHOSEN = "phrase-"


class PhrasePages:
    """The handler and its route."""

    def __init__(self, triage: Triage, tips: TipPages) -> None:
        self._triage = triage
        self._tips = tips

    def routes(self, door: Door) -> list[Route]:
        return [door.post("/tips/{tip}/ask/phrases", self.put_in, Act.ASK)]

    async def put_in(self, visit: Visit) -> Response:
        """The tip's page again, with the phrases at the end of the question, in the reporter's language."""
        form = visit.form
        try:
            tip = (await self._triage.open(visit.actor, reference_of(visit))).tip
        except NotFound as fault:
            raise HTTPException(404) from fault
        said = [
            phrase.for_reporter(tip.language, tip.country) for phrase in set_phrases() if form.text(CHOSEN + phrase.id)
        ]
        question = "\n".join([one for one in (form.text("question"), *said) if one])
        kept = {name: text for name, text in form.items() if not name.startswith(CHOSEN)}
        written = replace(visit, form=Form({**kept, "question": question}))
        return await self._tips.page(written, problem_in="ask")
