"""One's own account: how one signs in, where one is signed in, and the Telegram it is bound to."""

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.browsers import Browsers
from bot.services.desk_seats import Seats
from bot.services.passkeys import LONGEST_NAME, Passkeys
from bot.services.permissions import Act
from bot.services.recovering import Recovery
from bot.services.signin_errors import SignInError
from bot.staff.door import Door, Visit
from storage.desk_bindings import CODE_LASTS


class AccountPages:
    """Handlers and their routes. What changes how one comes in asks for a second factor that was just shown."""

    def __init__(self, seats: Seats, browsers: Browsers, passkeys: Passkeys, recovery: Recovery) -> None:
        """Bind Telegram through `seats`."""
        self._seats = seats
        self._browsers = browsers
        self._passkeys = passkeys
        self._recovery = recovery

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/account", self.show, Act.KEEP_ACCOUNT),
            door.post("/account/passkeys", self.add_passkey, Act.KEEP_ACCOUNT, is_fresh=True),
            door.post("/account/passkeys/remove", self.remove_passkey, Act.KEEP_ACCOUNT, is_fresh=True),
            door.post("/account/recovery", self.make_recovery, Act.KEEP_ACCOUNT, is_fresh=True),
            door.post("/account/sessions/end", self.end_session, Act.KEEP_ACCOUNT),
            door.post("/account/sessions/end-others", self.end_others, Act.KEEP_ACCOUNT),
            door.post("/account/sessions/seen", self.dismiss, Act.KEEP_ACCOUNT),
            door.post("/account/code", self.make_code, Act.USE_DESK),
            door.post("/account/unbind", self.unbind, Act.USE_DESK),
        ]

    async def show(self, visit: Visit) -> Response:
        """All of it."""
        return await self._page(visit)

    async def add_passkey(self, visit: Visit) -> Response:
        """The browser made one."""
        form = visit.form
        try:
            await self._passkeys.add(visit.actor, visit.session, form.text("name"), form.text("passkey"))
        except SignInError as error:
            return await self._page(visit, status=422, problem=visit.say(error))
        return RedirectResponse("/account#passkeys", 303)

    async def remove_passkey(self, visit: Visit) -> Response:
        """It opens nothing any more."""
        await self._passkeys.remove(visit.actor, visit.form.text("id"))
        return RedirectResponse("/account#passkeys", 303)

    async def make_recovery(self, visit: Visit) -> Response:
        """Ten codes: they are on this one answer and nowhere else."""
        return await self._page(visit, recovery_codes=await self._recovery.make(visit.actor))

    async def end_session(self, visit: Visit) -> Response:
        """Sign out elsewhere."""
        await self._browsers.end(visit.actor, visit.form.text("id"))
        return RedirectResponse("/account#sessions", 303)

    async def end_others(self, visit: Visit) -> Response:
        """Sign out everywhere but here."""
        await self._browsers.end_others(visit.actor, visit.session)
        return RedirectResponse("/account#sessions", 303)

    async def dismiss(self, visit: Visit) -> Response:
        """It was oneself who used a session from elsewhere."""
        await self._browsers.dismiss(visit.actor)
        return RedirectResponse("/account#sessions", 303)

    async def make_code(self, visit: Visit) -> Response:
        """A new code: it is on this one answer and nowhere else."""
        return await self._page(visit, code=await self._seats.make_code(visit.actor))

    async def unbind(self, visit: Visit) -> Response:
        """The Telegram is nobody's again."""
        await self._seats.leave(visit.actor)
        return RedirectResponse("/account", 303)

    async def _page(
        self,
        visit: Visit,
        *,
        status: int = 200,
        code: str = "",
        problem: str = "",
        recovery_codes: tuple[str, ...] = (),
    ) -> Response:
        return visit.answer(
            "staff/account.html",
            status=status,
            here="account",
            standing=await self._seats.standing(visit.actor) if visit.actor.may(Act.USE_DESK) else None,
            passkeys=await self._passkeys.list(visit.actor),
            making=await self._passkeys.making(visit.actor, visit.session),
            longest_name=LONGEST_NAME,
            codes_left=await self._recovery.left(visit.actor),
            recovery_codes=recovery_codes,
            sessions=await self._browsers.own(visit.actor, visit.session),
            problem=problem,
            code=code,
            minutes=int(CODE_LASTS.total_seconds() // 60),
        )
