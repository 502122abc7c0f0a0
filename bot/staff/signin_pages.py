"""The pages on which staff come in: a one-time link, enrolling, signing in and out."""

import io

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.browsers import Browsers
from bot.services.passes import totp_address
from bot.services.passkeys import Passkeys
from bot.services.signin import SignIns
from bot.services.signin_errors import (
    LinkOver,
    NotRecognised,
    PasskeyRefused,
    ProofRefused,
    SignedOut,
    SignInError,
    WeakPassphrase,
    WrongCode,
)
from bot.staff.door import (
    Door,
    forget_session,
    keep_session,
    keep_strangers_secret,
    read_strangers_form,
    say,
    session_of,
    strangers_secret,
    whence_of,
)
from bot.web.forms import form_token, read_form
from bot.web.pages import Pages


class SignInPages:
    """Handlers and their routes; none of them asks for a role."""

    def __init__(self, sign_ins: SignIns, browsers: Browsers, passkeys: Passkeys, door: Door, pages: Pages) -> None:
        """Answer with `pages`."""
        self._sign_ins = sign_ins
        self._browsers = browsers
        self._passkeys = passkeys
        self._door = door
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
            Route("/confirm", self.confirm, methods=["POST"]),
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
            opened = await self._sign_ins.enrol(
                session, form.get("passphrase", ""), form.text("code"), whence=whence_of(request)
            )
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
        """Name, passphrase, code; or a passkey."""
        return self._sign_in_page(request)

    async def sign_in(self, request: Request) -> Response:
        """They were given; whatever is wrong, the answer is one. A passkey stands for the code, or for all of it."""
        form = await read_strangers_form(request)
        name, passphrase, told = form.text("name"), form.get("passphrase", ""), form.text("passkey")
        whence, holder = whence_of(request), strangers_secret(request)
        try:
            if told and not passphrase:
                session = await self._sign_ins.sign_in_by_passkey(told, holder, whence=whence)
            else:
                session = await self._sign_ins.sign_in(
                    name, passphrase, form.text("code"), whence=whence, told=told, holder=holder
                )
        except (NotRecognised, PasskeyRefused) as fault:
            return self._sign_in_page(request, 403, problem=self._say(request, fault), name=name)
        response = RedirectResponse("/", 303)
        keep_session(request, response, session)
        return response

    async def confirm(self, request: Request) -> Response:
        """A second factor, shown again to go on where a page was asked for."""
        session = session_of(request)
        form = await read_form(request, session)
        back = form.text("back")
        try:
            await self._browsers.prove(
                session, whence_of(request), code=form.text("proof_code"), told=form.text("proof_passkey")
            )
        except SignedOut:
            return RedirectResponse("/sign-in", 303)
        except ProofRefused as fault:
            return self._door.confirm(request, back=back, problem=fault)
        # A path of this site alone: two slashes would name another.
        is_own = back.startswith("/") and not back.startswith(("//", "/\\"))
        return RedirectResponse(back if is_own else "/", 303)

    async def sign_out(self, request: Request) -> Response:
        """End the session and forget its cookie."""
        session = session_of(request)
        await read_form(request, session)
        await self._browsers.sign_out(session)
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

    def _sign_in_page(self, request: Request, status: int = 200, *, problem: str = "", name: str = "") -> Response:
        secret = strangers_secret(request)
        response = self._pages.answer(
            request,
            "staff/sign_in.html",
            status=status,
            form_token=form_token(secret),
            options=self._passkeys.asking(secret),
            problem=problem,
            name=name,
        )
        keep_strangers_secret(request, response, secret)
        return response

    def _stranger(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        secret = strangers_secret(request)
        response = self._pages.answer(
            request, template, status=status, language=None, form_token=form_token(secret), **values
        )
        keep_strangers_secret(request, response, secret)
        return response

    def _say(self, request: Request, error: SignInError) -> str:
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
