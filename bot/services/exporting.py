"""Many tips unsealed into one file of JSON lines: for a named reason, after somebody else approved, fetched once.

What is in it is what was told, and how the tip stands. What is not: whoever told it and how to reach them, pictures and
other exhibits, receipts. Each tip's own history says that it was taken out.
"""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from types import MappingProxyType

from bot.services.approval_errors import NothingChosen, ProposalOver, TooMuchChosen
from bot.services.days import begin_of
from bot.services.permissions import Act, Actor, require
from bot.services.tipbox import TipBox
from storage import audit, exports, proposals, tips, verdicts
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.exports import Chosen
from storage.proposals import Proposal, ProposalState
from storage.sealing import StaffSecretKey
from storage.tips import OPEN_STATES, Tip, TipState

MOST = 10_000
_AT_ONCE = 50
SUBJECT = "export"

STATES: Mapping[str, frozenset[TipState]] = MappingProxyType(
    {
        "decided": frozenset({TipState.DECIDED, TipState.MERGED}),
        "open": OPEN_STATES,
        "all": OPEN_STATES | {TipState.DECIDED, TipState.MERGED},
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tips: a name of STATES, and the first and the last day of filing, where the staff are."""

    state: str
    first: date
    last: date

    @classmethod
    def read(cls, state: str, first: str, last: str) -> "Wanted":
        """As it was typed. Raises NothingChosen."""
        try:
            found = cls(state, date.fromisoformat(first), date.fromisoformat(last))
        except ValueError as fault:
            raise NothingChosen from fault
        if state not in STATES or found.first > found.last or found.last == date.max:
            raise NothingChosen
        return found

    def dump(self) -> str:
        """As a proposal keeps it."""
        return f"{self.state} {self.first} {self.last}"

    @classmethod
    def load(cls, text: str) -> "Wanted":
        """What `dump` wrote."""
        return cls.read(*text.split(" "))

    def chosen(self, zone: tzinfo) -> Chosen:
        """For the database; days are those of `zone`."""
        since, until = begin_of(self.first, zone), begin_of(self.last + timedelta(days=1), zone)
        return Chosen(tuple(sorted(STATES[self.state])), since, until)


class Exporting:
    """A deed of its own, and the fetching of what was approved."""

    def __init__(
        self,
        database: Database,
        key: StaffSecretKey,
        *,
        clock: Callable[[], datetime],
        random: RandomBytes,
        zone: tzinfo = UTC,
    ) -> None:
        """Open tips with the staff's `key`; days are those of `zone`."""
        self._database = database
        self._key = key
        self._clock = clock
        self._random = random
        self._zone = zone

    def check(self, t: Transaction, subject: str, body: str) -> None:  # noqa: ARG002 - named by what it holds
        """Raises NothingChosen, TooMuchChosen."""
        found = exports.count(t, Wanted.load(body).chosen(self._zone))
        if not found:
            raise NothingChosen
        if found > MOST:
            raise TooMuchChosen(found, MOST)

    def do(self, t: Transaction, proposal: Proposal, approver: str) -> bool:  # noqa: ARG002 - the proposer fetches it
        """Nothing leaves yet: whoever proposed it fetches it."""
        return False

    async def fetch(self, actor: Actor, number: int) -> AsyncIterator[bytes]:
        """The lines, one a tip, to whoever proposed it, once. Raises ProposalOver, NotFound."""
        require(actor, Act.EXPORT)

        def unit(t: Transaction) -> tuple[Proposal, tuple[str, ...]]:
            now, found = self._clock(), proposals.get(t, self._key, number)
            is_ready = found.state is ProposalState.APPROVED and found.is_proved and found.expires_at > now
            is_theirs = found.act == Act.EXPORT and found.by == actor.name
            if not is_ready or not is_theirs or found.body is None or not proposals.use(t, found, now=now):
                raise ProposalOver
            taken = exports.ids(t, Wanted.load(found.body).chosen(self._zone))
            proposals.forget_bodies(t, now=now)
            details = {"proposal": str(number), "tips": str(len(taken))}
            self._record(t, actor, f"proposal:{number}", details)
            return found, taken

        _, taken = await self._database.write(unit)
        return self._lines(actor, number, taken)

    async def _lines(self, actor: Actor, number: int, taken: tuple[str, ...]) -> AsyncIterator[bytes]:
        for place in range(0, len(taken), _AT_ONCE):
            part = taken[place : place + _AT_ONCE]

            def unit(t: Transaction, part: tuple[str, ...] = part) -> list[tuple[Tip, bytes, bytes | None]]:
                rows = []
                for tip in exports.still_there(t, part):
                    content = tips.content(t, tip)
                    if content is None:
                        continue
                    # Before anybody has it.
                    self._record(t, actor, tip, {"proposal": str(number)})
                    rows.append((tips.get(t, tip), content, verdicts.reason(t, tip)))
                return rows

            for tip, content, reason in await self._database.write(unit):
                yield self._line(tip, content, reason)

    def _line(self, tip: Tip, content: bytes, reason: bytes | None) -> bytes:
        box = TipBox.from_bytes(self._key.open(content))
        told = {
            "tip": tip.id,
            "filed_at": tip.filed_at.isoformat(),
            "state": tip.state,
            "kind": tip.kind,
            "language": box.language,
            "country": box.country,
            "dangers": sorted(tip.dangers),
            "telling": list(box.telling),
            "answers": dict(box.answers),
            "observables": [{"type": seen.type, "value": seen.value} for seen in box.observables],
            "likeness": box.likeness,
            "matches": [{"pattern": match.pattern, "score": match.score} for match in box.matches],
            "verdict": tip.verdict,
            "confirmed_pattern": tip.confirmed_pattern,
            "reason": None if reason is None else self._key.open(reason).decode(),
            "decided_at": None if tip.decided_at is None else tip.decided_at.isoformat(),
        }
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"

    def _record(self, t: Transaction, actor: Actor, subject: str, details: Mapping[str, str]) -> None:
        entry = audit.Entry(self._clock(), actor.name, Act.EXPORT, subject, details)
        audit.record(t, entry, random=self._random)
