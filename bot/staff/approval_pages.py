"""What takes two people: proposed here or on a tip's page, approved or refused by another, fetched once."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.services.approval_errors import ApprovalError
from bot.services.approvals import Approvals
from bot.services.exporting import MOST, STATES, SUBJECT, Exporting, Wanted
from bot.services.permissions import Act
from bot.services.triage_errors import TextMissing, TextTooLong, TriageError
from bot.staff.door import Door, Visit
from knowledge.errors import CatalogueError
from storage.errors import NotFound

_LONGEST_ID = 80


class ApprovalPages:
    """Handlers and their routes."""

    def __init__(self, approvals: Approvals, exporting: Exporting) -> None:
        """Propose and approve through `approvals`; what is approved is fetched from `exporting`."""
        self._approvals = approvals
        self._exporting = exporting

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/approvals", self.show, Act.APPROVE),
            door.get("/approvals/{proposal:int}", self.show_one, Act.APPROVE),
            door.post("/approvals/{proposal:int}/approve", self.approve, Act.APPROVE, is_fresh=True),
            door.post("/approvals/{proposal:int}/refuse", self.refuse, Act.APPROVE),
            door.post("/approvals/{proposal:int}/fetch", self.fetch, Act.EXPORT, is_fresh=True),
            door.post("/approvals/export", self.propose_export, Act.EXPORT, is_fresh=True),
            door.post("/approvals/pattern", self.propose_pattern, Act.PUBLISH_PATTERN, is_fresh=True),
            door.post("/tips/{tip}/erase", self.propose_erasing, Act.ERASE, is_fresh=True),
        ]

    async def show(self, visit: Visit) -> Response:
        """All of them, those that wait first."""
        return await self._page(visit)

    async def show_one(self, visit: Visit) -> Response:
        """What is asked for, by whom and why."""
        return await self._one(visit)

    async def approve(self, visit: Visit) -> Response:
        """Do it."""
        try:
            await self._approvals.approve(visit.actor, _number(visit))
        except NotFound as fault:
            raise HTTPException(404) from fault
        except ApprovalError as error:
            return await self._one(visit, status=409, problem=visit.say(error))
        except CatalogueError as error:
            return await self._one(visit, status=409, faults=[str(fault) for fault in error.faults])
        return RedirectResponse(f"/approvals/{_number(visit)}", 303)

    async def refuse(self, visit: Visit) -> Response:
        """Have it not be done."""
        try:
            await self._approvals.refuse(visit.actor, _number(visit))
        except NotFound as fault:
            raise HTTPException(404) from fault
        except ApprovalError as error:
            return await self._one(visit, status=409, problem=visit.say(error))
        return RedirectResponse(f"/approvals/{_number(visit)}", 303)

    async def fetch(self, visit: Visit) -> Response:
        """The file, once."""
        try:
            lines = await self._exporting.fetch(visit.actor, _number(visit))
        except NotFound as fault:
            raise HTTPException(404) from fault
        except ApprovalError as error:
            return await self._one(visit, status=409, problem=visit.say(error))
        headers = {"Content-Disposition": f'attachment; filename="tips-{_number(visit)}.jsonl"'}
        return StreamingResponse(lines, media_type="application/jsonl", headers=headers)

    async def propose_export(self, visit: Visit) -> Response:
        """Tips of some days, for a reason."""
        form = visit.form
        try:
            wanted = Wanted.read(form.text("state"), form.text("first"), form.text("last"))
            body = wanted.dump()
            number = await self._approvals.propose(
                visit.actor, Act.EXPORT, f"{SUBJECT}:{wanted.first}:{wanted.last}", form.text("reason"), body
            )
        except (ApprovalError, TextMissing, TextTooLong) as error:
            return await self._page(visit, status=422, problem=visit.say(error), problem_in="export")
        return RedirectResponse(f"/approvals/{number}", 303)

    async def propose_pattern(self, visit: Visit) -> Response:
        """A pattern's file, as text."""
        form = visit.form
        pattern = form.text("pattern").removesuffix(".toml")[:_LONGEST_ID]
        try:
            number = await self._approvals.propose(
                visit.actor, Act.PUBLISH_PATTERN, f"pattern:{pattern}", form.text("reason"), form.get("toml", "")
            )
        except (ApprovalError, TextMissing, TextTooLong) as error:
            return await self._page(visit, status=422, problem=visit.say(error), problem_in="pattern")
        except CatalogueError as error:
            faults = [str(fault) for fault in error.faults]
            return await self._page(visit, status=422, faults=faults, problem_in="pattern")
        return RedirectResponse(f"/approvals/{number}", 303)

    async def propose_erasing(self, visit: Visit) -> Response:
        """What a tip holds; from the tip's page."""
        tip = str(visit.request.path_params["tip"]).upper()
        try:
            number = await self._approvals.propose(visit.actor, Act.ERASE, tip, visit.form.text("erase_reason"))
        except NotFound as fault:
            raise HTTPException(404) from fault
        except (ApprovalError, TriageError) as error:
            problem = visit.say(error)
            return visit.answer(
                "staff/erase_refused.html", status=409, here="tip", tip=tip, problem=problem, typed=visit.form
            )
        return RedirectResponse(f"/approvals/{number}", 303)

    async def _one(
        self, visit: Visit, *, status: int = 200, problem: str = "", faults: list[str] | None = None
    ) -> Response:
        try:
            row = await self._approvals.row(visit.actor, _number(visit))
        except NotFound as fault:
            raise HTTPException(404) from fault
        wanted = Wanted.load(row.proposal.body) if row.proposal.act == Act.EXPORT and row.proposal.body else None
        return visit.answer(
            "staff/approval.html",
            status=status,
            here="approvals",
            row=row,
            proposal=row.proposal,
            wanted=wanted,
            problem=problem,
            faults=faults or [],
        )

    async def _page(
        self,
        visit: Visit,
        *,
        status: int = 200,
        problem: str = "",
        problem_in: str = "",
        faults: list[str] | None = None,
    ) -> Response:
        rows = await self._approvals.rows(visit.actor)
        return visit.answer(
            "staff/approvals.html",
            status=status,
            here="approvals",
            rows=[row for row in rows if row.is_waiting] + [row for row in rows if not row.is_waiting],
            others=await self._approvals.others(visit.actor),
            states=tuple(STATES),
            most=MOST,
            problem=problem,
            problem_in=problem_in,
            faults=faults or [],
            typed=visit.form,
        )


def _number(visit: Visit) -> int:
    # Numbers no database holds are nobody's proposal.
    return min(int(visit.request.path_params["proposal"]), 2**62)
