"""One's own account: the Telegram it is bound to, a code to bind one, and the way out of it."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.desk_seats import Seats
from bot.services.permissions import Act
from bot.staff.door import Door, Visit
from storage.desk_bindings import CODE_LASTS


class AccountPages:
    """Handlers and their routes."""

    def __init__(self, seats: Seats) -> None:
        """Bind through `seats`."""
        self._seats = seats

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/account", self.show, Act.KEEP_ACCOUNT),
            door.post("/account/code", self.make_code, Act.USE_DESK),
            door.post("/account/unbind", self.unbind, Act.USE_DESK),
        ]

    async def show(self, visit: Visit) -> Response:
        """Whether and since when one is bound."""
        return await self._page(visit)

    async def make_code(self, visit: Visit) -> Response:
        """A new code: it is on this one answer and nowhere else."""
        return await self._page(visit, code=await self._seats.make_code(visit.actor))

    async def unbind(self, visit: Visit) -> Response:
        """The Telegram is nobody's again."""
        await self._seats.leave(visit.actor)
        return RedirectResponse("/account", 303)

    async def _page(self, visit: Visit, *, code: str = "") -> Response:
        return visit.answer(
            "staff/account.html",
            here="account",
            standing=await self._seats.standing(visit.actor) if visit.actor.may(Act.USE_DESK) else None,
            code=code,
            minutes=int(CODE_LASTS.total_seconds() // 60),
        )
