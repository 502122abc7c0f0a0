"""One exhibit: what it is on a page of its own, and only from there, as a file to keep; never shown by the browser."""

from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from bot.services.exhibiting import Exhibiting
from bot.services.permissions import Act
from bot.services.triage_errors import ExhibitClosed
from bot.staff.door import Door, Visit
from bot.staff.room import Room
from storage.errors import NotFound

_ENDINGS = MappingProxyType(
    {
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/gif": "gif",
        "image/tiff": "tif",
        "image/webp": "webp",
        "image/heic": "heic",
        "image/heif": "heif",
        "image/avif": "avif",
        "image/bmp": "bmp",
        "application/pdf": "pdf",
        "audio/ogg": "ogg",
        "audio/mpeg": "mp3",
        "audio/mp4": "m4a",
        "audio/aac": "aac",
        "audio/wav": "wav",
        "audio/flac": "flac",
        "audio/amr": "amr",
        "video/mp4": "mp4",
        "video/quicktime": "mov",
        "video/3gpp": "3gp",
        "video/webm": "webm",
        "video/x-msvideo": "avi",
    }
)
"""What a file's name ends in, by what its content is."""
_PATH = "/tips/{tip}/exhibits/{exhibit:int}"


class ExhibitPages:
    """Handlers and their routes."""

    def __init__(self, exhibiting: Exhibiting, room: Room) -> None:
        self._exhibiting = exhibiting
        self._room = room

    def routes(self, door: Door) -> list[Route]:
        return [door.get(_PATH, self.ask, Act.OPEN_EXHIBIT), door.post(_PATH, self.download, Act.OPEN_EXHIBIT)]

    async def ask(self, visit: Visit) -> Response:
        """What it is, and whether it is really to be opened."""
        tip, number = _which(visit)
        try:
            shown = await self._exhibiting.look(visit.actor, tip, number)
        except NotFound as fault:
            raise HTTPException(404) from fault
        except ExhibitClosed as error:
            return visit.answer("staff/exhibit.html", status=403, here="tip", tip=tip, problem=visit.say(error))
        lookup = self._room.lookup(visit.language)
        return visit.answer("staff/exhibit.html", here="tip", tip=tip, shown=shown, lookup=lookup, problem="")

    async def download(self, visit: Visit) -> Response:
        """The file as it was sent. No browser is to guess what it is, and none to run it."""
        tip, number = _which(visit)
        try:
            type_, content = await self._exhibiting.open(visit.actor, tip, number)
        except NotFound as fault:
            raise HTTPException(404) from fault
        except ExhibitClosed as error:
            return visit.answer("staff/exhibit.html", status=403, here="tip", tip=tip, problem=visit.say(error))
        name = f"{tip}-{number}.{_ENDINGS.get(type_, 'bin')}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(content, media_type="application/octet-stream", headers=headers)


def _which(visit: Visit) -> tuple[str, int]:
    path = visit.request.path_params
    return str(path["tip"]).upper(), int(path["exhibit"])
