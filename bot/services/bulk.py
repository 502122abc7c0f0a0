"""One act on many tips: each in a commit of its own, with its own audit entry; what could not be done is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.services.acts import DECISIONS, Acts, checked
from bot.services.permissions import Act, Actor, require
from bot.services.triage_errors import TooManyTips, TriageError, VerdictMissing
from storage.errors import NotFound

MOST = 100
"""Tips at once: a page to look through before, and seconds to run."""


class BulkAct(StrEnum):
    CLAIM = "claim"
    RELEASE = "release"
    DECIDE = "decide"


PERMITTED_BY = {BulkAct.CLAIM: Act.CLAIM, BulkAct.RELEASE: Act.RELEASE, BulkAct.DECIDE: Act.DECIDE}


@dataclass(frozen=True, slots=True)
class Undone:
    """A tip that stayed as it was, and why."""

    tip: str
    why: TriageError | NotFound


@dataclass(frozen=True, slots=True)
class Outcome:
    done: tuple[str, ...]
    undone: tuple[Undone, ...]


class Bulk:
    """Does through `acts` what they do one by one: the same permissions, holds and entries."""

    def __init__(self, acts: Acts) -> None:
        self._acts = acts

    def check(self, actor: Actor, act: BulkAct, tips: Sequence[str]) -> None:
        """Whether so much may be asked for. Raises NotAllowed, TooManyTips."""
        require(actor, PERMITTED_BY[act])
        if len(tips) > MOST:
            raise TooManyTips(len(tips), MOST)

    async def run(
        self, actor: Actor, act: BulkAct, tips: Sequence[str], *, verdict: str = "", reason: str = ""
    ) -> Outcome:
        """One after another, each once. Raises as `check`; for DECIDE, before anything is done, VerdictMissing,
        TextMissing, TextTooLong."""
        chosen = tuple(dict.fromkeys(tips))
        self.check(actor, act, chosen)
        if act is BulkAct.DECIDE:
            checked(reason)
            if verdict not in DECISIONS:
                raise VerdictMissing
        done, undone = [], []
        for tip in chosen:
            try:
                await self._one(actor, act, tip, verdict, reason)
            except (TriageError, NotFound) as why:
                undone.append(Undone(tip, why))
            else:
                done.append(tip)
        return Outcome(tuple(done), tuple(undone))

    async def _one(self, actor: Actor, act: BulkAct, tip: str, verdict: str, reason: str) -> None:
        match act:
            case BulkAct.CLAIM:
                await self._acts.claim(actor, tip)
            case BulkAct.RELEASE:
                await self._acts.release(actor, tip)
            case BulkAct.DECIDE:
                await self._acts.decide(actor, tip, verdict, reason)
