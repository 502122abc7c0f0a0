"""The talk: the page that shows it, and the forms that carry it on."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.webchat.answers import Answers
from bot.channels.webchat.cookie import conversation_of, keep_conversation, new_conversation
from bot.channels.webchat.leaving import leave
from bot.channels.webchat.sent import CHANNEL, NOBODY, Sent, hint_of, read_sent, token_for
from bot.channels.webchat.shown import arrange
from bot.channels.webchat.uploads import Uploads
from bot.channels.webchat.wording import N_
from bot.conversation.events import MAX_TEXT, Event, Pressed, Reply, Said, TooLong
from bot.services.exchange import Delivered, Screen
from bot.services.intake import Intake
from storage.chance import RandomBytes
from storage.errors import StorageError

_GROWN_OLD = N_("This page had grown old, so nothing was sent. What you wrote is in the box below: send it again.")
_NOW = "/#newest"
_BESIDE = ("language", "help", "script", "aftercare")
"""Buttons pressed beside the talk: what is shown only once must not be gone because of them."""


class TalkPages:
    """Handlers and their routes."""

    def __init__(self, intake: Intake, uploads: Uploads, answers: Answers, random: RandomBytes) -> None:
        self._intake = intake
        self._uploads = uploads
        self._answers = answers
        self._random = random

    def routes(self) -> list[Route]:
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/say", self.say, methods=["POST"]),
            Route("/press", self.press, methods=["POST"]),
            Route("/seen", self.seen, methods=["POST"]),
            # A page answered to a form is at the form's address; who loads that address anew is led back.
            *(Route(path, _back, methods=["GET"]) for path in ("/say", "/press", "/seen")),
        ]

    async def show(self, request: Request) -> Response:
        """The talk as it stands."""
        conversation = conversation_of(request)
        return self._page(request, await self._view(request, conversation), conversation)

    async def say(self, request: Request) -> Response:
        """Something was written, or sent with it. Where words could not be taken, they stand in the box again."""
        async with self._uploads.door(request):
            sent = await read_sent(request, takes_files=True)
            text = sent.form.get("text", "")
            event = Said(text) if len(text) <= MAX_TEXT else TooLong(len(text))
            if not sent.files or isinstance(event, TooLong):
                return await self._take(request, sent, event, draft=text)
            return await self._take_files(request, sent, event)

    async def press(self, request: Request) -> Response:
        """A button was pressed."""
        sent = await read_sent(request)
        return await self._take(request, sent, Pressed(sent.form.text("button")[:40], sent.turn))

    async def seen(self, request: Request) -> Response:
        """What is shown only once was noted down."""
        sent = await read_sent(request)
        if not sent.is_ours:
            return await self._refuse(request, sent, "")
        if sent.conversation is not None:
            await self._intake.acknowledge(CHANNEL, sent.conversation)
        return RedirectResponse(_NOW, 303)

    async def _take_files(self, request: Request, sent: Sent, words: Said) -> Response:
        """First the words, which may say that no picture is to be looked at."""
        if not sent.is_ours:
            return await self._refuse(request, sent, words.text)
        conversation = sent.conversation or new_conversation(self._random)
        if words.text.strip():
            delivered = await self._intake.receive(sent.incoming(request, conversation, words))
            if delivered.cleared:
                return leave(request, delivered.screen.language)
            if not delivered.kept:
                return await self._answer(request, conversation, words, delivered, carried=(), draft=words.text)
        incoming = await self._uploads.receive(request, sent, conversation)
        delivered = await self._intake.receive(incoming)
        response = await self._answer(request, conversation, incoming.event, delivered, carried=(), draft="")
        if conversation != sent.conversation:
            keep_conversation(request, response, conversation)
        return response

    async def _take(self, request: Request, sent: Sent, event: Event, draft: str = "") -> Response:
        if not sent.is_ours:
            return await self._refuse(request, sent, draft)
        conversation = sent.conversation or new_conversation(self._random)
        carried: tuple[Reply, ...] = ()
        if isinstance(event, Pressed) and event.button.startswith(_BESIDE):
            carried = (await self._view(request, conversation)).once
        delivered = await self._intake.receive(sent.incoming(request, conversation, event))
        if delivered.cleared:
            return leave(request, delivered.screen.language)
        response = await self._answer(request, conversation, event, delivered, carried=carried, draft=draft)
        if conversation != sent.conversation:
            keep_conversation(request, response, conversation)
        return response

    async def _answer(
        self,
        request: Request,
        conversation: str,
        event: Event,
        delivered: Delivered,
        *,
        carried: Sequence[Reply],
        draft: str,
    ) -> Response:
        """A redirect, so that loading anew repeats nothing; a page where a redirect would lose something."""
        screen = delivered.screen
        if not delivered.kept:
            told = screen.replies[0].text
            screen = await self._as_it_stood(request, conversation, screen)
            return self._page(request, screen, conversation, status=503, draft=draft, problem=told)
        if delivered.repeated:
            return RedirectResponse(_NOW, 303)
        if isinstance(event, TooLong):
            told = screen.replies[0].text
            screen = await self._view(request, conversation)
            return self._page(request, screen, conversation, status=422, draft=draft, problem=told)
        if carried or await self._is_lost_in_view(request, conversation, screen):
            return self._page(request, screen, conversation, carried=carried)
        return RedirectResponse(_NOW, 303)

    async def _is_lost_in_view(self, request: Request, conversation: str, screen: Screen) -> bool:
        """Whether a card's next step offers buttons that only this turn's replies have."""
        offered = {button.id for reply in screen.replies for button in reply.buttons if reply.urgent}
        if not offered:
            return False
        standing = await self._view(request, conversation)
        return not offered <= {button.id for reply in standing.replies for button in reply.buttons}

    async def _refuse(self, request: Request, sent: Sent, draft: str) -> Response:
        """The form was not of this page, or of an old one: nothing is done, and what was typed is given back."""
        screen = await self._view(request, sent.conversation)
        problem = self._answers.pages.sentence(screen.language, _GROWN_OLD)
        return self._page(request, screen, sent.conversation, status=403, draft=draft, problem=problem)

    async def _as_it_stood(self, request: Request, conversation: str, refused: Screen) -> Screen:
        try:
            return await self._view(request, conversation)
        except StorageError:
            return replace(refused, replies=())

    async def _view(self, request: Request, conversation: str | None) -> Screen:
        return await self._intake.view(CHANNEL, conversation or NOBODY, hint_of(request))

    def _page(
        self,
        request: Request,
        screen: Screen,
        conversation: str | None,
        *,
        status: int = 200,
        carried: Sequence[Reply] = (),
        draft: str = "",
        problem: str = "",
    ) -> Response:
        return self._answers.page(
            request,
            "webchat/talk.html",
            language=screen.language,
            status=status,
            shown=arrange(screen, carried, problem),
            turn=screen.turn,
            page=urlsafe_b64encode(self._random(16)).decode().rstrip("="),
            form_token=token_for(conversation),
            draft=draft,
            problem=problem,
            limit=MAX_TEXT,
        )


async def _back(_request: Request) -> Response:
    return RedirectResponse("/", 303)
