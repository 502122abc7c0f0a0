"""Serve our own style sheets, scripts and pictures under addresses that change with their content."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One packaged file: `url` carries a digest of its content, so a browser may keep it for good."""

    url: str
    content: bytes
    media_type: str


class Assets:
    """The files of one face, read once when the face is built."""

    def __init__(self, *directories: Traversable) -> None:
        """Read every file directly inside `directories`; a later directory's file replaces a namesake."""
        self._by_name: dict[str, Asset] = {}
        for directory in directories:
            for file in directory.iterdir():
                if file.is_file():
                    self._by_name[file.name] = _read(file)

    def __getitem__(self, name: str) -> Asset:
        return self._by_name[name]

    def url(self, name: str) -> str:
        """The address of the file `name`; KeyError for a name that is not there (a template's slip)."""
        return self._by_name[name].url

    def route(self) -> Route:
        """Where a face serves all of them."""
        by_url: Mapping[str, Asset] = {asset.url: asset for asset in self._by_name.values()}

        async def serve(request: Request) -> Response:
            asset = by_url.get(request.url.path)
            if asset is None:
                raise HTTPException(404)
            return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": _FOREVER})

        return Route("/static/{digest}/{name}", serve, methods=["GET"], name="static")


def _read(file: Traversable) -> Asset:
    content = file.read_bytes()
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Asset(f"/static/{sha256(content).hexdigest()[:16]}/{file.name}", content, media_type)
