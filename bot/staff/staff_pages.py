"""A supervisor's pages: who is on the staff, inviting and resetting them, and the audit log."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.desk_seats import Seats
from bot.services.permissions import Act
from bot.services.signin_errors import SignInError
from bot.services.staffing import AUDIT_PAGE, Staffing
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from storage.accounts import Role
from storage.errors import NotFound

_INVITABLE = (Role.REVIEWER, Role.SUPERVISOR)


class StaffPages:
    """Handlers and their routes."""

    def __init__(self, staffing: Staffing, seats: Seats, room: Room) -> None:
        """Act through `staffing`, and at the desk through `seats`."""
        self._staffing = staffing
        self._seats = seats
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/staff", self.show, Act.SEE_STAFF),
            door.post("/staff/invite", self.invite, Act.INVITE),
            door.post("/staff/{name}/reset", self.reset, Act.RESET),
            door.post("/staff/{name}/disable", self.disable, Act.DISABLE),
            door.post("/staff/{name}/unbind", self.unbind, Act.UNBIND_DESK),
            door.get("/audit", self.audit, Act.SEE_AUDIT),
        ]

    async def show(self, visit: Visit) -> Response:
        """Everybody."""
        return await self._page(visit)

    async def invite(self, visit: Visit) -> Response:
        """A new member: their link is on this one answer and nowhere else."""
        name, wanted = visit.form.text("name").lower(), visit.form.text("role")
        role = Role(wanted) if wanted in _INVITABLE else Role.REVIEWER
        try:
            path = await self._staffing.invite(visit.actor, name, role)
        except SignInError as error:
            return await self._page(visit, status=422, problem=visit.say(error))
        return await self._page(visit, link=_whole(visit, path), link_for=name)

    async def reset(self, visit: Visit) -> Response:
        """Forget a member's passphrase and authenticator, and give a new link."""
        name = visit.request.path_params["name"]
        try:
            path = await self._staffing.reset(visit.actor, name)
        except NotFound as fault:
            raise HTTPException(404) from fault
        return await self._page(visit, link=_whole(visit, path), link_for=name)

    async def disable(self, visit: Visit) -> Response:
        """Close a member's account."""
        name = visit.request.path_params["name"]
        if name.lower() == visit.actor.name:
            raise HTTPException(403)
        try:
            await self._staffing.disable(visit.actor, name)
        except NotFound as fault:
            raise HTTPException(404) from fault
        return RedirectResponse("/staff", 303)

    async def unbind(self, visit: Visit) -> Response:
        """A member's Telegram is nobody's again."""
        await self._seats.unseat(visit.actor, visit.request.path_params["name"])
        return RedirectResponse("/staff", 303)

    async def audit(self, visit: Visit) -> Response:
        """The log, the latest first, with the head to keep elsewhere."""
        asked = visit.request.query_params.get("before", "")
        before = int(asked[:18]) if asked.isascii() and asked.isdigit() else None
        entries, head = await self._staffing.audit(visit.actor, before=before)
        following = entries[-1].id if len(entries) == AUDIT_PAGE else None
        return visit.answer("staff/audit.html", here="audit", entries=entries, head=head, following=following)

    async def _page(
        self, visit: Visit, *, status: int = 200, problem: str = "", link: str = "", link_for: str = ""
    ) -> Response:
        return visit.answer(
            "staff/staff.html",
            status=status,
            here="staff",
            accounts=await self._staffing.list(visit.actor),
            bound=await self._seats.bound_since(visit.actor),
            roles=_INVITABLE,
            problem=problem,
            link=link,
            link_for=link_for,
            typed=visit.form,
            now=self._room.clock(),
        )


def _whole(visit: Visit, path: str) -> str:
    return str(visit.request.base_url).rstrip("/") + path
