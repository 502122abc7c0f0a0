"""One tip: read it, claim and release it, decide, merge, ask its reporter. What was typed is never lost to an error."""

import itertools
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.beside_views import ALLEGED, Beside, ShownMerging
from bot.services.exhibiting import is_closed
from bot.services.linking import LINKING
from bot.services.permissions import Act
from bot.services.tipbox import BoxedMatch, BoxedObservable, TipBox
from bot.services.triage import DECISIONS, LONGEST_TEXT, Triage
from bot.services.triage_errors import PatternUnknown, TriageError
from bot.services.urgency import recall_until
from bot.staff.choosing import Chosen
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from bot.staff.set_phrases import in_staff_words, set_phrases
from bot.staff.telling import MarkedTelling, mark_telling
from bot.staff.wording import N_
from bot.web.forms import Form
from storage.audit import Recorded
from storage.errors import NotFound, StorageError
from storage.links import COUNTED
from storage.tips import TipState

# Below this a match is noise on the page.
_FAINT = 0.05

_GONE = frozenset({TipState.WITHDRAWN, TipState.ERASED})

_DONE: Mapping[str, str] = {
    "taken": N_("This is the next tip, and you hold it now. Nobody else can decide it."),
    "claimed": N_("You hold this tip now. Nobody else can decide it."),
    "released": N_("The tip is back in the queue."),
    "decided": N_("Decided. The reporter sees it with the receipt."),
    "merged": N_("Merged. Both tips stay readable."),
    "gathered": N_("Merged into this tip. Each of them stays readable, and can be taken out again."),
    "unmerged": N_("Taken out. The tip is open again, and nobody's yet."),
    "benign": N_("It links nothing until then."),
    "proposed": N_("Proposed. A supervisor decides."),
    "asked": N_("Asked. The reporter sees the question with the receipt; the tip stays yours."),
}


class TipPages:
    """Handlers and their routes."""

    def __init__(self, triage: Triage, room: Room) -> None:
        """Act through `triage`."""
        self._triage = triage
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/tips/{tip}", self.show, Act.OPEN_TIP),
            door.post("/tips/{tip}/claim", self.claim, Act.CLAIM),
            door.post("/tips/{tip}/release", self.release, Act.RELEASE),
            door.post("/tips/{tip}/decide", self.decide, Act.DECIDE),
            door.post("/tips/{tip}/merge", self.merge, Act.MERGE),
            door.post("/tips/{tip}/ask", self.ask, Act.ASK),
        ]

    async def show(self, visit: Visit) -> Response:
        """The tip with all there is to it; the look is audited."""
        done = _DONE.get(visit.request.query_params.get("done", ""), "")
        return await self.page(visit, done=done)

    async def claim(self, visit: Visit) -> Response:
        """Hold it."""
        try:
            await self._triage.claim(visit.actor, reference_of(visit))
        except (TriageError, StorageError) as error:
            return await self.refused(visit, error, "hold")
        return back(visit, "claimed")

    async def release(self, visit: Visit) -> Response:
        """Let go of it."""
        try:
            await self._triage.release(visit.actor, reference_of(visit))
        except (TriageError, StorageError) as error:
            return await self.refused(visit, error, "hold")
        return back(visit, "released")

    async def decide(self, visit: Visit) -> Response:
        """End it with a verdict and a reason."""
        form = visit.form
        try:
            pattern = form.text("pattern")
            if pattern and pattern not in self._room.catalogue():
                raise PatternUnknown
            verdict, reason = form.text("verdict"), form.text("reason")
            await self._triage.decide(
                visit.actor, reference_of(visit), verdict, reason, pattern, authority=form.text("authority")
            )
        except (TriageError, StorageError) as error:
            return await self.refused(visit, error, "decide")
        return back(visit, "decided")

    async def merge(self, visit: Visit) -> Response:
        """Say which tip it repeats."""
        form = visit.form
        into = form.text("into").upper()
        try:
            await self._triage.merge(visit.actor, reference_of(visit), into, form.text("merge_reason"))
        except (TriageError, StorageError) as error:
            return await self.refused(visit, error, "merge")
        return back(visit, "merged")

    async def ask(self, visit: Visit) -> Response:
        """Leave the reporter a question."""
        try:
            await self._triage.ask(visit.actor, reference_of(visit), visit.form.text("question"))
        except (TriageError, StorageError) as error:
            return await self.refused(visit, error, "ask")
        return back(visit, "asked")

    async def refused(self, visit: Visit, error: TriageError | StorageError, part: str) -> Response:
        """The page again, saying why at the part that was refused, with what was typed still there."""
        return await self.page(visit, status=409, problem=visit.say(error), problem_in=part)

    async def page(
        self, visit: Visit, *, status: int = 200, problem: str = "", problem_in: str = "", done: str = ""
    ) -> Response:
        """The whole page; its other forms' handlers answer with it too."""
        try:
            opened = await self._triage.open(visit.actor, reference_of(visit))
        except NotFound as fault:
            raise HTTPException(404) from fault
        chosen = Chosen.read(visit.request.query_params)
        marked = MarkedTelling((), ())
        if opened.box is not None:
            evidence = opened.box.matches[0].evidence if opened.box.matches else ()
            marked = mark_telling(opened.box.text, evidence, opened.box.observables)
        return visit.answer(
            "staff/tip.html",
            status=status,
            here="tip",
            recall_until=recall_until,
            chosen=chosen,
            kept=f"?{chosen.query}" if chosen.query else "",
            opened=opened,
            tip=opened.tip,
            box=opened.box,
            marked=marked,
            links_by=LINKING,
            most_others=COUNTED,
            naming_types=ALLEGED,
            facts=_facts(opened.box),
            matches=_worth_showing(opened.box),
            likeliest=_likeliest(opened.box, visit.form),
            history=_without_repeats(opened.history),
            exhibits_closed=is_closed(opened.tip),
            is_mine=opened.tip.is_open and opened.tip.claimed_by == visit.actor.name,
            verdicts=DECISIONS,
            longest=LONGEST_TEXT,
            phrases=set_phrases(),
            in_staff_words=in_staff_words,
            problem=problem,
            problem_in=problem_in,
            done=done,
            typed=visit.form,
            beside=opened.beside,
            can_gather=visit.actor.may(Act.MERGE) and opened.tip.state not in _GONE,
            ending_mergings=_undone(opened.beside),
            lookup=self._room.lookup(visit.language),
            now=self._room.clock(),
        )


def _undone(beside: Beside) -> list[ShownMerging]:
    """Mergings that were taken back: of this tip, and of others into it; the latest first."""
    undone = [act for act in (*beside.mergings, *beside.taken_out) if act.undone_at is not None]
    return sorted(undone, key=lambda act: act.undone_at or act.at, reverse=True)


def _facts(box: TipBox | None) -> list[BoxedObservable]:
    """Each observable once, those that point at somebody first."""
    seen: dict[tuple[str, str], BoxedObservable] = {}
    for one in box.observables if box else ():
        seen.setdefault((one.type, one.value), one)
    return sorted(seen.values(), key=lambda one: one.type not in LINKING)


def _worth_showing(box: TipBox | None) -> tuple[BoxedMatch, ...]:
    """The best match, and what is like the telling at all."""
    matches = box.matches if box else ()
    return matches[:1] + tuple(match for match in matches[1:] if match.score >= _FAINT)


def _likeliest(box: TipBox | None, typed: Form) -> str:
    """The known scam that is chosen to begin with: what was chosen before an error, else what the telling is like."""
    if typed.text("verdict"):
        return typed.text("pattern")
    return box.matches[0].pattern if box and box.matches and box.likeness != "unknown" else ""


def _without_repeats(history: tuple[Recorded, ...]) -> list[tuple[Recorded, int]]:
    """The latest of each run of the same act by the same person, and how many there were."""
    runs = itertools.groupby(history, key=lambda entry: (entry.actor, entry.act))
    return [(entries[0], len(entries)) for entries in ([*run] for _, run in runs)]


def reference_of(visit: Visit) -> str:
    """The tip that the address names."""
    reference: str = visit.request.path_params["tip"]
    return reference.upper()


def back(visit: Visit, done: str) -> Response:
    """To the tip's page, which says what was done."""
    # A redirect, so that loading the page again does not send the form again.
    chosen = Chosen.read(visit.request.query_params).query
    return RedirectResponse(f"/tips/{reference_of(visit)}?done={done}{'&' if chosen else ''}{chosen}", 303)
