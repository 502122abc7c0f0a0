"""Merging several tips at once, and taking a merged tip out again; both tips' histories say so."""

from collections.abc import Iterable

from bot.services.acts import LOSE, Acts, checked
from bot.services.permissions import Act, Actor, require
from bot.services.triage_errors import AlreadyEnded, HeldByAnother, NoneChosen, NotMerged, OneOfSeveral
from storage import merging, tips
from storage.database import Transaction
from storage.errors import AlreadyClaimed, Circular, NotFound, NotHeld, WrongState
from storage.tips import Tip

MOST_AT_ONCE = 50


class Merges(Acts):
    """Of the console alone: it takes a page to choose from. Errors as `Acts`."""

    async def merge_several(self, actor: Actor, others: Iterable[str], into: str, reason: str) -> tuple[str, ...]:
        """Say that all the others repeat `into`, or that none does: which. Each must be held by the actor or by nobody.

        Raises TextMissing, NoneChosen, OneOfSeveral, and NotFound for `into`.
        """
        require(actor, Act.MERGE)
        checked(reason)
        chosen = tuple(dict.fromkeys(others))
        if not chosen or len(chosen) > MOST_AT_ONCE:
            raise NoneChosen

        def unit(t: Transaction) -> tuple[str, ...]:
            tips.get(t, into)
            for other in chosen:
                self._merge_one_of(t, actor, other, into, reason)
            return chosen

        return await self._database.write(unit)

    async def unmerge(self, actor: Actor, tip_id: str, reason: str) -> Tip:
        """Take the tip out again: open as before it was merged, and held by nobody. Raises TextMissing, NotMerged."""
        require(actor, Act.UNMERGE)
        text = checked(reason)

        def unit(t: Transaction) -> Tip:
            left = tips.get(t, tip_id).merged_into
            try:
                tip = merging.undo(t, tip_id, by=actor.name, reason=self._seal(text), now=self._clock())
            except WrongState as fault:
                raise NotMerged(tip_id) from fault
            self._record(t, actor, Act.UNMERGE, tip_id, out_of=left or "", reason=text)
            if left is not None:
                self._record(t, actor, LOSE, left, tip=tip_id)
            return tip

        return await self._database.write(unit)

    def _merge_one_of(self, t: Transaction, actor: Actor, other: str, into: str, reason: str) -> None:
        try:
            self._merge(t, actor, other, into, reason)
        except AlreadyClaimed as fault:
            raise OneOfSeveral(other, HeldByAnother(other, fault.by)) from fault
        except NotHeld as fault:
            raise OneOfSeveral(other, HeldByAnother(other, fault.holder or "")) from fault
        except WrongState as fault:
            raise OneOfSeveral(other, AlreadyEnded(tips.get(t, fault.tip))) from fault
        except (Circular, NotFound) as fault:
            raise OneOfSeveral(other, fault) from fault
