"""Let a request in: who it is, whether their role may, whether the form is ours; and keep the cookies."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.approval_errors import ApprovalError
from bot.services.browsers import Browsers, Present
from bot.services.passkeys import Passkeys
from bot.services.permissions import Act, Actor, NotAllowed, require
from bot.services.signin_errors import Elsewhere, ProofRefused, SignedOut, SignInError
from bot.services.triage_errors import OneOfSeveral, TriageError
from bot.services.whence import Whence
from bot.staff import wording
from bot.staff.explaining import explain
from bot.web.forms import Form, form_token, is_form_token, is_from_another_site, read_form, read_unguarded_form
from bot.web.pages import Pages
from knowledge.language import Language
from storage.errors import StorageError

_SESSION = "fanzha_staff"
_FORM = "fanzha_form"
_PROOF = ("proof_code", "proof_passkey")
"""The fields that prove again who is there; whatever else was sent goes with them."""


@dataclass(frozen=True)
class Visit:
    """A request of somebody signed in; `form` is empty for a GET."""

    request: Request
    actor: Actor
    session: str
    form: Form
    language: Language
    pages: Pages
    strayed_at: datetime | None = None
    """When a session of theirs was used from elsewhere, until they have seen it."""
    waiting: int = 0
    """How many proposals wait for their approval."""

    def answer(self, template: str, /, *, status: int = 200, **values: object) -> Response:
        """The page, framed for this member of staff."""
        return self.pages.answer(
            self.request,
            template,
            status=status,
            language=self.language,
            actor=self.actor,
            acts=Act,
            words=wording,
            form_token=form_token(self.session),
            strayed_at=self.strayed_at,
            waiting=self.waiting,
            **values,
        )

    def sentence(self, text: str) -> str:
        """A sentence of the catalogue in the reader's language."""
        return self.pages.sentence(self.language, text)

    def say(self, error: ApprovalError | TriageError | SignInError | StorageError) -> str:
        """The error as a sentence in the reader's language."""
        return say(self.pages, self.language, error)


Handler = Callable[[Visit], Awaitable[Response]]


class Guarded(Route):
    """A route that says what it asks for, so that a test can walk them all."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[[Request], Awaitable[Response]],
        method: str,
        act: Act,
        *,
        is_fresh: bool = False,
    ) -> None:
        """For whoever may `act`; where `is_fresh`, only just after a second factor."""
        super().__init__(path, endpoint, methods=[method])
        self.act = act
        self.is_fresh = is_fresh


_LIVE = "fanzha-live"
"""The header of what a page asks for by itself, to be up to date."""

HOMES = (
    ("/", Act.SEE_QUEUE),
    ("/staff", Act.INVITE),
    ("/audit", Act.SEE_AUDIT),
    ("/approvals", Act.APPROVE),
    ("/account", Act.KEEP_ACCOUNT),
)
"""Where somebody who signed in begins: the first they may see."""


class Door:
    """Makes routes whose handlers run only for those who may."""

    def __init__(self, browsers: Browsers, passkeys: Passkeys, pages: Pages) -> None:
        """Ask `browsers` who is there."""
        self._browsers = browsers
        self._passkeys = passkeys
        self._pages = pages

    def get(self, path: str, handler: Handler, act: Act) -> Guarded:
        """A page for whoever may `act`."""
        return self._get(path, handler, act, lambda request: _LIVE not in request.headers)

    def watch(self, path: str, handler: Handler, act: Act) -> Guarded:
        """What an open page asks for by itself, for whoever may `act`; it keeps nobody signed in."""
        return self._get(path, handler, act, lambda _request: False)

    def _get(self, path: str, handler: Handler, act: Act, is_use: Callable[[Request], bool]) -> Guarded:
        async def endpoint(request: Request) -> Response:
            try:
                present = await self._browsers.present(session_of(request), whence_of(request), is_use=is_use(request))
            except SignedOut:
                return RedirectResponse("/sign-in", 303)
            except Elsewhere:
                return self.confirm(request, back=request.url.path)
            return await self._run(request, present, Form({}), handler, act)

        return Guarded(path, endpoint, "GET", act)

    def post(self, path: str, handler: Handler, act: Act, *, is_fresh: bool = False) -> Guarded:
        """An act, from a form of ours; what was written comes back when the form has grown old.

        Where `is_fresh`, it is done only within ten minutes of a second factor; else that is asked for, and the form
        goes on with it.
        """

        async def endpoint(request: Request) -> Response:
            form, session = await read_unguarded_form(request), session_of(request)
            if is_from_another_site(request):
                raise HTTPException(403, "form")
            try:
                present = await self._there(request, form)
            except SignedOut:
                return self._give_back(request, form, is_signed_in=False)
            except (Elsewhere, ProofRefused) as fault:
                if not is_form_token(form.get("form_token", ""), session):
                    return self._give_back(request, form, is_signed_in=True)
                return self.confirm(request, form, problem=fault)
            if not is_form_token(form.get("form_token", ""), session):
                return self._give_back(request, form, is_signed_in=True)
            if is_fresh and not present.is_fresh and present.actor.may(act):
                return self.confirm(request, form)
            return await self._run(request, present, form, handler, act)

        return Guarded(path, endpoint, "POST", act, is_fresh=is_fresh)

    def confirm(
        self, request: Request, form: Form | None = None, *, back: str = "", problem: SignInError | None = None
    ) -> Response:
        """A page that asks for a second factor; the form goes on with it, or the page `back` is shown."""
        session = session_of(request)
        carried = {} if form is None else {k: v for k, v in form.items() if k not in {"form_token", *_PROOF}}
        is_refused = isinstance(problem, ProofRefused)
        return self._pages.answer(
            request,
            "staff/confirm.html",
            status=403,
            path=request.url.path if form is not None else "/confirm",
            carried=carried if form is not None else {"back": back},
            problem=say(self._pages, self._pages.language(request), problem) if problem and is_refused else "",
            options=self._passkeys.asking(session),
            form_token=form_token(session),
        )

    async def _there(self, request: Request, form: Form) -> Present:
        session, whence = session_of(request), whence_of(request)
        code, told = form.text("proof_code"), form.text("proof_passkey")
        if (code or told) and is_form_token(form.get("form_token", ""), session):
            await self._browsers.prove(session, whence, code=code, told=told)
        return await self._browsers.present(session, whence)

    async def _run(self, request: Request, present: Present, form: Form, handler: Handler, act: Act) -> Response:
        language, actor = self._pages.language(request), present.actor
        try:
            require(actor, act)
            session, strayed_at, waiting = session_of(request), present.strayed_at, present.waiting
            return await handler(Visit(request, actor, session, form, language, self._pages, strayed_at, waiting))
        except NotAllowed as fault:
            if request.url.path == "/":
                return RedirectResponse(next(page for page, its in HOMES if actor.may(its)), 303)
            raise HTTPException(403) from fault

    def _give_back(self, request: Request, form: Form, *, is_signed_in: bool) -> Response:
        written = [text for name, text in form.items() if name not in {"form_token", *_PROOF} and text.strip()]
        return self._pages.answer(
            request, "staff/given_back.html", status=403, is_signed_in=is_signed_in, written=written
        )


def say(pages: Pages, language: Language, error: ApprovalError | TriageError | SignInError | StorageError) -> str:
    """The error as a sentence in `language`."""
    text, values = explain(error)
    spoken = {name: _spoken(pages, language, name, value) for name, value in values.items()}
    sentence = pages.sentence(language, text, **spoken)
    if isinstance(error, OneOfSeveral):
        sentence += ("" if language in {Language.ZH_HANS, Language.ZH_HANT} else " ") + say(
            pages, language, error.cause
        )
    return sentence


def _spoken(pages: Pages, language: Language, name: str, value: object) -> object:
    """As it stands in a sentence: what is named so is a sentence itself, and times are said where the staff are."""
    if isinstance(value, datetime):
        return pages.moment(language, value)
    return pages.sentence(language, str(value)) if name.startswith("said_") else value


def whence_of(request: Request) -> Whence:
    """Where the request comes from."""
    return Whence(request.client.host if request.client else "", request.headers.get("user-agent", ""))


def session_of(request: Request) -> str:
    """The token of the browser's session; empty when there is none."""
    return request.cookies.get(_cookie_name(request, _SESSION), "")


def keep_session(request: Request, response: Response, token: str) -> None:
    """Put the token into the browser's cookie, until the browser is closed or the session is over."""
    _set(request, response, _SESSION, token)


def forget_session(request: Request, response: Response) -> None:
    """Take the cookie back, and all else this site has left in the browser."""
    response.delete_cookie(_cookie_name(request, _SESSION), secure=_is_secure(request), samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def strangers_secret(request: Request) -> str:
    """What binds forms to a browser before anybody has signed in; made anew where there is none."""
    return request.cookies.get(_cookie_name(request, _FORM)) or secrets.token_urlsafe(32)


def keep_strangers_secret(request: Request, response: Response, secret: str) -> None:
    """Put it into a cookie of its own."""
    _set(request, response, _FORM, secret)


async def read_strangers_form(request: Request) -> Form:
    """A form sent before signing in; HTTPException 403 when it is not ours."""
    return await read_form(request, request.cookies.get(_cookie_name(request, _FORM), ""))


def _set(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        _cookie_name(request, name), value, httponly=True, samesite="strict", secure=_is_secure(request), path="/"
    )


def _cookie_name(request: Request, name: str) -> str:
    # With this prefix a browser takes the cookie from this very host alone, over https.
    return f"__Host-{name}" if _is_secure(request) else name


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
