"""The audit log: by who, what, on what and when; its head to keep elsewhere, and whether its chain holds."""

from datetime import UTC, date, timedelta, tzinfo
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from bot.services.auditing import Auditing, Verified
from bot.services.days import begin_of
from bot.services.permissions import Act
from bot.staff import wording
from bot.staff.door import Door, Visit
from storage.audit import Head
from storage.audit_pages import Which

_LONGEST = 100
"""Characters of a filter: longer than any name or reference."""


class AuditPages:
    """Handlers and their routes."""

    def __init__(self, auditing: Auditing, zone: tzinfo = UTC) -> None:
        """Read through `auditing`; days are those of `zone`."""
        self._auditing = auditing
        self._zone = zone

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/audit", self.show, Act.SEE_AUDIT),
            door.post("/audit/verify", self.verify, Act.VERIFY_AUDIT),
        ]

    async def show(self, visit: Visit) -> Response:
        """The log, the latest first."""
        return await self._page(visit)

    async def verify(self, visit: Visit) -> Response:
        """Walk the chain, and say in words whether it holds."""
        kept = visit.form.text("head")
        try:
            known = Head.parse(kept) if kept else None
        except ValueError:
            return await self._page(visit, status=422, is_head_bad=True)
        return await self._page(visit, verified=await self._auditing.verify(visit.actor, known), is_held_to=bool(kept))

    async def _page(
        self,
        visit: Visit,
        *,
        status: int = 200,
        verified: Verified | None = None,
        is_held_to: bool = False,
        is_head_bad: bool = False,
    ) -> Response:
        asked = visit.request.query_params
        chosen = {name: asked.get(name, "").strip()[:_LONGEST] for name in ("who", "act", "subject", "since", "until")}
        since, until = _day(chosen["since"]), _day(chosen["until"])
        which = Which(
            actor=chosen["who"] or None,
            act=chosen["act"] or None,
            subject=chosen["subject"] or None,
            since=None if since is None else begin_of(since, self._zone),
            until=None if until is None else begin_of(until + timedelta(days=1), self._zone),
        )
        page = await self._auditing.page(
            visit.actor, which, before=_number(asked.get("before")), after=_number(asked.get("after"))
        )

        def href(**onward: int) -> str:
            return "/audit?" + urlencode({name: value for name, value in {**chosen, **onward}.items() if value})

        return visit.answer(
            "staff/audit.html",
            status=status,
            here="audit",
            page=page,
            chosen=chosen,
            is_filtered=any(chosen.values()),
            known_acts=sorted(wording.ACTS),
            href=href,
            verified=verified,
            is_held_to=is_held_to,
            is_head_bad=is_head_bad,
        )


def _day(text: str) -> date | None:
    """A day such as 2026-11-27; None for what is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # A day has one before it and one after it, whatever the zone.
    return found if date(2, 1, 1) <= found < date(9999, 1, 1) else None


def _number(text: str | None) -> int | None:
    return int(text[:18]) if text and text.isascii() and text.isdigit() else None
