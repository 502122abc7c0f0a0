"""The pages on which staff come in: a one-time link, enrolling, signing in and out."""

import io

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.passes import totp_address
from bot.services.signin import SignIns
from bot.services.signin_errors import LinkOver, NotRecognised, SignedOut, WeakPassphrase, WrongCode
from bot.staff.door import (
    forget_session,
    keep_session,
    keep_strangers_secret,
    read_strangers_form,
    say,
    session_of,
    strangers_secret,
)
from bot.web.forms import form_token, read_form
from bot.web.pages import Pages


class SignInPages:
    """Handlers and their routes; none of them asks for a role."""

    def __init__(self, sign_ins: SignIns, pages: Pages) -> None:
        """Answer with `pages`."""
        self._sign_ins = sign_ins
        self._pages = pages

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route("/join/{token}", self.show_link, methods=["GET"]),
            Route("/join/{token}", self.use_link, methods=["POST"]),
            Route("/enrol", self.show_enrol, methods=["GET"]),
            Route("/enrol", self.enrol, methods=["POST"]),
            Route("/sign-in", self.show_sign_in, methods=["GET"]),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
        ]

    async def show_link(self, request: Request) -> Response:
        """A button: programs that open links to look at them must not use it up."""
        try:
            await self._sign_ins.look_at_link(request.path_params["token"])
        except LinkOver as over:
            return self._stranger(request, "staff/join.html", 410, problem=self._say(request, over))
        return self._stranger(request, "staff/join.html", problem="")

    async def use_link(self, request: Request) -> Response:
        """The button was pressed."""
        await read_strangers_form(request)
        try:
            session = await self._sign_ins.use_link(request.path_params["token"])
        except LinkOver as over:
            return self._stranger(request, "staff/join.html", 410, problem=self._say(request, over))
        response = RedirectResponse("/enrol", 303)
        keep_session(request, response, session)
        return response

    async def show_enrol(self, request: Request) -> Response:
        """Choose a passphrase, take the secret into an authenticator."""
        return await self._enrol_page(request)

    async def enrol(self, request: Request) -> Response:
        """Both were given."""
        session = session_of(request)
        form = await read_form(request, session)
        try:
            opened = await self._sign_ins.enrol(session, form.get("passphrase", ""), form.text("code"))
        except WeakPassphrase as fault:
            return await self._enrol_page(request, passphrase_problem=self._say(request, fault))
        except WrongCode as fault:
            return await self._enrol_page(request, code_problem=self._say(request, fault))
        except SignedOut:
            return RedirectResponse("/sign-in", 303)
        response = RedirectResponse("/", 303)
        keep_session(request, response, opened)
        return response

    async def show_sign_in(self, request: Request) -> Response:
        """Name, passphrase, code."""
        return self._stranger(request, "staff/sign_in.html", problem="", name="")

    async def sign_in(self, request: Request) -> Response:
        """They were given; whatever is wrong, the answer is one."""
        form = await read_strangers_form(request)
        name = form.text("name")
        address = request.client.host if request.client else ""
        try:
            session = await self._sign_ins.sign_in(name, form.get("passphrase", ""), form.text("code"), address=address)
        except NotRecognised as fault:
            problem = self._say(request, fault)
            return self._stranger(request, "staff/sign_in.html", 403, problem=problem, name=name)
        response = RedirectResponse("/", 303)
        keep_session(request, response, session)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session and forget its cookie."""
        session = session_of(request)
        await read_form(request, session)
        await self._sign_ins.sign_out(session)
        response = RedirectResponse("/sign-in", 303)
        forget_session(request, response)
        return response

    async def _enrol_page(self, request: Request, *, passphrase_problem: str = "", code_problem: str = "") -> Response:
        session = session_of(request)
        try:
            who = await self._sign_ins.enrolling(session)
        except SignedOut:
            return RedirectResponse("/sign-in", 303)
        return self._pages.answer(
            request,
            "staff/enrol.html",
            status=422 if passphrase_problem or code_problem else 200,
            form_token=form_token(session),
            name=who.name,
            secret=" ".join(who.secret[place : place + 4] for place in range(0, len(who.secret), 4)),
            qr=_qr(totp_address(who.secret, who.name)),
            passphrase_problem=passphrase_problem,
            code_problem=code_problem,
        )

    def _stranger(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        secret = strangers_secret(request)
        response = self._pages.answer(
            request, template, status=status, language=None, form_token=form_token(secret), **values
        )
        keep_strangers_secret(request, response, secret)
        return response

    def _say(self, request: Request, error: LinkOver | NotRecognised | WeakPassphrase | WrongCode) -> str:
        return say(self._pages, self._pages.language(request), error)


def _qr(address: str) -> str:
    """The address as an SVG drawing, in black on white whatever the page's colours: cameras want it so."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=True,
        dark="#000",
        light="#fff",
        border=3,
        scale=5,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
    )
    return drawing.getvalue().decode()
