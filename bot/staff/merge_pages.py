"""Merging several tips into the one on the page, and taking a merged tip out again."""

import re

from starlette.responses import Response
from starlette.routing import Route

from bot.services.merges import Merges
from bot.services.permissions import Act
from bot.services.triage_errors import TriageError
from bot.staff.door import Door, Visit
from bot.staff.tip_pages import TipPages, back, reference_of
from bot.web.forms import Form
from storage.errors import StorageError

TICKED = "also-"
"""Before a tip's reference: the name of its box, since a form keeps one value a name."""
_LONGEST_LIST = 2000


class MergePages:
    """Handlers and their routes; what is refused is said on the tip's own page, with what was typed."""

    def __init__(self, merges: Merges, tips: TipPages) -> None:
        self._merges = merges
        self._tips = tips

    def routes(self, door: Door) -> list[Route]:
        return [
            door.post("/tips/{tip}/gather", self.gather, Act.MERGE),
            door.post("/tips/{tip}/unmerge", self.unmerge, Act.UNMERGE),
        ]

    async def gather(self, visit: Visit) -> Response:
        """The tips that were ticked or written down become duplicates of this one: all of them, or none."""
        others, reason = _chosen(visit.form), visit.form.text("gather_reason")
        try:
            await self._merges.merge_several(visit.actor, others, reference_of(visit), reason)
        except (TriageError, StorageError) as error:
            return await self._tips.refused(visit, error, "gather")
        return back(visit, "gathered")

    async def unmerge(self, visit: Visit) -> Response:
        """This tip was no duplicate after all."""
        try:
            await self._merges.unmerge(visit.actor, reference_of(visit), visit.form.text("unmerge_reason"))
        except (TriageError, StorageError) as error:
            return await self._tips.refused(visit, error, "unmerge")
        return back(visit, "unmerged")


def _chosen(form: Form) -> list[str]:
    written = re.split(r"[\s,;，、；]+", form.text("others")[:_LONGEST_LIST].upper())
    return [name.removeprefix(TICKED) for name in form if name.startswith(TICKED)] + [
        one[:20] for one in written if one
    ]
