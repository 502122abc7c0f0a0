"""Learning from confirmed tips: opened in memory, learned aside, measured, signed and published, or held back."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.services import held_back
from bot.services.material import Material, collect
from bot.services.nameless import without_names
from bot.services.tipbox import TipBox, UnreadableTipBox
from knowledge.errors import ReleaseError
from knowledge.gate import Fall, Figures, falls
from knowledge.lesson import Learnt, Lesson
from knowledge.release import unpack_figures
from storage import audit, examples, releases
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.errors import ReleaseUnproved, Undecipherable
from storage.releases import NewRelease, Release, ReleaseState
from storage.sealing import StaffSecretKey

_log = logging.getLogger(__name__)

ACTOR = "staff-jobs"
"""Who the audit log names for what happens by the clock."""

LONGEST_EXAMPLE = 4000
"""Characters: nobody's way of telling is in more, and one endless text must not weigh as a hundred."""
AT_ONCE = 100
"""Tips opened at a time."""

Teach = Callable[[Lesson], Awaitable[Learnt | None]]
"""Learns aside; None where this process was told to stop meanwhile."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What serves while something is learned."""

    number: int | None
    figures: Figures | None


class Learner:
    """Looks whether there is something new, and makes it a release. To run it twice changes nothing more."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        *,
        ground: str,
        package: str,
        teach: Teach,
        clock: Callable[[], datetime],
        random: RandomBytes,
    ) -> None:
        """`package` is the folder of the shipped knowledge, `ground` its fingerprint."""
        self._database = database
        self._key = key
        self._ground = ground
        self._package = package
        self._teach = teach
        self._clock = clock
        self._random = random

    def is_due(self, t: Transaction) -> bool:
        """Whether the newest release, serving or held, was learned from something else than there is now."""
        material, newest = collect(t, self._key, self._ground), releases.newest(t)
        if newest is not None and newest.learned_from == material.name:
            return False
        return not material.is_empty or releases.newest(t, ground=self._ground) is not None

    async def run(self) -> None:
        """Learn, if it is due. Whatever is opened is in memory alone, and gone at the end."""
        if not await self._database.read(self.is_due):
            return
        material = await self._database.read(lambda t: collect(t, self._key, self._ground))
        texts, counts = await self._open(material)
        published = {pattern: row.toml for pattern, row in material.published.items()}
        learnt = await self._teach(Lesson(material.name, published, texts, self._package))
        if learnt is not None:
            before = await self._before()
            await self._database.write(lambda t: self._keep(t, material, counts, learnt, before))

    async def _open(self, material: Material) -> tuple[list[tuple[str, str]], Counter[str]]:
        """Each telling with its pattern, and how many there are a pattern. One that cannot be read is left out."""
        texts: list[tuple[str, str]] = []
        unread = 0
        for start in range(0, len(material.confirmed), AT_ONCE):
            some = {one.tip: one.pattern for one in material.confirmed[start : start + AT_ONCE]}
            sealed = await self._database.read(partial(examples.sealed, tips=some))
            opened = await asyncio.to_thread(self._tellings, sealed)
            texts += [(text, some[tip]) for tip, text in opened.items() if text]
            unread += len(sealed) - len(opened)
        if unread:
            _log.warning("%d confirmed tips cannot be opened and teach nothing", unread)
        return texts, Counter(pattern for _, pattern in texts)

    def _tellings(self, sealed: Mapping[str, bytes]) -> dict[str, str]:
        opened = {}
        for tip, box in sealed.items():
            with suppress(Undecipherable, UnreadableTipBox):
                opened[tip] = without_names(TipBox.from_bytes(self._key.open(box)))[:LONGEST_EXAMPLE]
        return opened

    async def _before(self) -> _Before:
        def query(t: Transaction) -> tuple[Release, bytes] | None:
            serving = releases.newest(t, state=ReleaseState.PUBLISHED, ground=self._ground)
            return None if serving is None else (serving, releases.content(t, self._key.releases, serving.number)[1])

        try:
            found = await self._database.read(query)
            if found is not None:
                return _Before(found[0].number, await asyncio.to_thread(unpack_figures, found[1]))
        except (ReleaseUnproved, ReleaseError) as fault:
            _log.error("the release that should serve cannot be compared with: %s", type(fault).__name__)
        return _Before(None, None)

    def _keep(
        self, t: Transaction, material: Material, counts: Counter[str], learnt: Learnt, before: _Before
    ) -> int | None:
        """In one unit: the release, what it makes superfluous, and the audit's entry."""
        if not material.still_holds(collect(t, self._key, self._ground)):
            return None
        fallen = _falls(learnt, before)
        state = ReleaseState.FAILED if learnt.faults else ReleaseState.HELD if fallen else ReleaseState.PUBLISHED
        new = NewRelease(
            name=material.name,
            ground=self._ground,
            learned_from=material.name,
            state=state,
            packed=learnt.packed or None,
            examples=counts,
            figures=held_back.dump_figures(learnt.figures),
            held_by=held_back.dump_faults(learnt.faults) if learnt.faults else held_back.dump(fallen),
        )
        number = releases.publish(t, self._key, new, now=self._clock())
        releases.forget_contents(t, keep=() if before.number is None else (before.number,))
        act = "publish-release" if state is ReleaseState.PUBLISHED else "hold-release"
        entry = audit.Entry(self._clock(), ACTOR, act, f"release:{number}", {"examples": str(counts.total())})
        audit.record(t, entry, random=self._random)
        _log.info("release %d is %s", number, state)
        return number


def _falls(learnt: Learnt, before: _Before) -> tuple[Fall, ...]:
    """Against what serves, and against what is shipped: many small steps down would else pass one by one."""
    if learnt.figures is None:
        return ()
    others = [figures for figures in (learnt.shipped, before.figures) if figures is not None]
    found = [fall for other in others for fall in falls(learnt.figures, other)]
    return tuple({(fall.figure, fall.pattern): fall for fall in found}.values())
