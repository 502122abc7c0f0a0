"""A page as a response that leaves nothing in the browser but what was put there on purpose."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.pages import Pages
from bot.web.themes import keep_theme
from knowledge.language import Language


class Answers:
    """Renders the web chat's templates."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages

    def page(
        self, request: Request, template: str, /, *, language: Language, status: int = 200, **values: object
    ) -> Response:
        """The page. No cookie remembers its language: someone who only looks takes nothing away. One remembers the look
        that was asked for, until the browser is closed or the quick way out is taken."""
        response = self.pages.answer(request, template, status=status, language=language, **values)
        del response.headers["set-cookie"]
        keep_theme(request, response, lasts=None)
        # Browsers then name us as the origin of our own forms, and still tell other sites nothing.
        response.headers["Referrer-Policy"] = "same-origin"
        return response
