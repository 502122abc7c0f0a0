"""News for pages that stay open, as server-sent events: what others did to which tip, in the reader's language.

A stream ends after a minute and the browser asks again, so that whoever was signed out, or may no longer, is told
nothing more. Watching is no use of a session: a page that lies open keeps nobody signed in.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.responses import Response
from starlette.routing import Route

from bot.services.permissions import Act
from bot.services.pulse import PAUSE, Change, Pulse
from bot.staff import wording
from bot.staff.door import Door, Visit
from bot.web.stopping import is_stopping

LASTS = timedelta(minutes=1)
_QUIET = 15
"""Looks without news until a line is sent all the same: a browser that is gone is noticed by it."""
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class LivePages:
    """The stream."""

    def __init__(self, pulse: Pulse, *, lasts: timedelta = LASTS) -> None:
        """A stream of what `pulse` tells ends after `lasts`."""
        self._pulse = pulse
        self._looks = round(lasts.total_seconds() / PAUSE)

    def routes(self, door: Door) -> list[Route]:
        """Where it is."""
        return [door.watch("/live", self.watch, Act.SEE_QUEUE)]

    async def watch(self, visit: Visit) -> Response:
        """What others do from now on; for a page that asks again, from where it was left."""
        request = visit.request
        # The browser's own, when it asks again by itself, is the newer one.
        left = request.headers.get("last-event-id") or request.query_params.get("after", "")
        place = int(left) if left.isascii() and left.isdigit() and len(left) < 16 else await self._pulse.place()
        return EventSourceResponse(self._stream(visit, place), headers=_HEADERS)

    async def _stream(self, visit: Visit, place: int) -> AsyncIterator[bytes]:
        yield format_sse_event(event="place", id=str(place), data_str="{}", retry=1000)
        quiet = 0
        for look in range(self._looks + 1):
            if is_stopping(visit.request.app):
                return
            changes = await self._pulse.after(place)
            for change in changes:
                place = change.place
                if change.by != visit.actor.name:
                    yield format_sse_event(event="tip", id=str(place), data_str=_told(visit, change))
            quiet = 0 if changes else quiet + 1
            if quiet >= _QUIET:
                quiet = 0
                yield format_sse_event(comment="still here")
            if look < self._looks:
                await asyncio.sleep(PAUSE)


def _told(visit: Visit, change: Change) -> str:
    by = visit.sentence(wording.ACTORS[change.by]) if change.by in wording.ACTORS else change.by
    act = visit.sentence(wording.ACTS[change.act]) if change.act in wording.ACTS else change.act
    return json.dumps({"tip": change.tip, "said": f"{by} {act}"})
