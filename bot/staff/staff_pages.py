"""The accounts: who is on the staff, inviting and resetting them, closing an account, giving it another role."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.desk_seats import Seats
from bot.services.permissions import Act
from bot.services.signin_errors import SignInError
from bot.services.staffing import Staffing
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from storage.accounts import Role
from storage.errors import NotFound


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
            door.post("/staff/invite", self.invite, Act.INVITE, is_fresh=True),
            door.post("/staff/{name}/reset", self.reset, Act.RESET, is_fresh=True),
            door.post("/staff/{name}/disable", self.disable, Act.DISABLE, is_fresh=True),
            door.post("/staff/{name}/unbind", self.unbind, Act.UNBIND_DESK),
            door.post("/staff/{name}/role", self.set_role, Act.SET_ROLE, is_fresh=True),
        ]

    async def show(self, visit: Visit) -> Response:
        """Everybody."""
        return await self._page(visit)

    async def invite(self, visit: Visit) -> Response:
        """A new member: their link is on this one answer and nowhere else."""
        name = visit.form.text("name").lower()
        try:
            path = await self._staffing.invite(visit.actor, name, _role(visit))
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

    async def set_role(self, visit: Visit) -> Response:
        """Give a member another role; nobody gives themselves one."""
        name = visit.request.path_params["name"]
        if name.lower() == visit.actor.name:
            raise HTTPException(403)
        try:
            await self._staffing.set_role(visit.actor, name, _role(visit))
        except NotFound as fault:
            raise HTTPException(404) from fault
        return RedirectResponse("/staff", 303)

    async def _page(
        self, visit: Visit, *, status: int = 200, problem: str = "", link: str = "", link_for: str = ""
    ) -> Response:
        return visit.answer(
            "staff/staff.html",
            status=status,
            here="staff",
            accounts=await self._staffing.list(visit.actor),
            bound=await self._seats.bound_since(visit.actor),
            roles=tuple(Role),
            problem=problem,
            link=link,
            link_for=link_for,
            typed=visit.form,
            now=self._room.clock(),
        )


def _role(visit: Visit) -> Role:
    """The role that was chosen; HTTPException 400 for one that the page does not offer."""
    try:
        return Role(visit.form.text("role"))
    except ValueError as fault:
        raise HTTPException(400) from fault


def _whole(visit: Visit, path: str) -> str:
    return str(visit.request.base_url).rstrip("/") + path
