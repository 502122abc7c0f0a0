"""The quick way out: what the browser can be told to forget, and the way to a page that shows nothing."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.webchat.cookie import forget_conversation
from bot.web.themes import forget_theme
from knowledge.language import Language


def leave(request: Request, language: Language) -> Response:
    """The cookie goes, and what the browser holds of this site; its history it keeps, and the next page says so."""
    response = RedirectResponse(f"/left?language={language}", 303)
    forget_conversation(request, response)
    forget_theme(request, response)
    # Without "cookies", which would sign the person out of everything under the same domain.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
