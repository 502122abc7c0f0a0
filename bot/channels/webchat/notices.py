"""The pages beside the talk: the privacy notice, the quick way out and the page it leads to."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.webchat.answers import Answers
from bot.channels.webchat.cookie import conversation_of
from bot.channels.webchat.leaving import leave
from bot.channels.webchat.sent import CHANNEL, hint_of, read_sent
from bot.conversation.events import Pressed
from bot.services.intake import Intake
from bot.web.languages import LANGUAGE_NAMES, choose_language, language_from_tag
from knowledge.language import Language
from storage.retention import Retention


class NoticePages:
    """Handlers and their routes."""

    def __init__(self, intake: Intake, answers: Answers, retention: Retention) -> None:
        """`retention` is what the notice promises."""
        self._intake = intake
        self._answers = answers
        self._retention = retention

    def routes(self) -> list[Route]:
        return [
            Route("/privacy", self.privacy, methods=["GET"]),
            Route("/exit", self.exit, methods=["POST"]),
            Route("/left", self.left, methods=["GET"]),
        ]

    async def privacy(self, request: Request) -> Response:
        """What is kept, who opens it, how long."""
        return self._answers.page(
            request,
            "webchat/privacy.html",
            language=await self._language(request),
            names=LANGUAGE_NAMES,
            hours=int(self._retention.idle_session.total_seconds() // 3600),
            days=self._retention.decided_tip.days,
            undecided_days=self._retention.undecided_tip.days,
            check_days=self._retention.kept_check.days,
        )

    async def exit(self, request: Request) -> Response:
        """Clear at once. It works from any page of ours, however old: there is no time to load it again."""
        sent = await read_sent(request)
        language = language_from_tag(sent.form.text("language")) or choose_language(request)
        if sent.conversation is not None and not sent.is_foreign:
            await self._intake.receive(sent.incoming(request, sent.conversation, Pressed("exit")))
        return leave(request, language)

    async def left(self, request: Request) -> Response:
        """A page that shows nothing of what it was."""
        return self._answers.page(request, "webchat/left.html", language=choose_language(request))

    async def _language(self, request: Request) -> Language:
        """The one asked for in the address, else the conversation's, else the browser's."""
        conversation = conversation_of(request)
        if "language" in request.query_params or conversation is None:
            return choose_language(request)
        return (await self._intake.view(CHANNEL, conversation, hint_of(request))).language
