"""Triage where tips can be read: the acts, and a tip opened with the staff's secret key."""

from collections.abc import Callable
from datetime import datetime

from bot.services.acts import DECISIONS, LONGEST_TEXT, PAGE_SIZE
from bot.services.beside import look_beside, open_beside
from bot.services.comparing import similar_tips
from bot.services.exhibiting import show
from bot.services.merges import Merges
from bot.services.permissions import Act, Actor, require
from bot.services.tipbox import TipBox
from bot.services.triage_views import OpenedTip, SealedTip, Spoken
from bot.services.urgency import reasons_for
from storage import audit, claims, exhibits, links, messages, tips, verdicts, withdrawals
from storage.chance import RandomBytes
from storage.database import Database, Transaction
from storage.sealing import StaffSecretKey

__all__ = ["DECISIONS", "LONGEST_TEXT", "PAGE_SIZE", "Triage"]


class Triage(Merges):
    """Of the console alone: who has no key has `Acts`."""

    def __init__(
        self, database: Database, key: StaffSecretKey, *, clock: Callable[[], datetime], random: RandomBytes
    ) -> None:
        """Work on `database`, opening with the staff's `key`."""
        super().__init__(database, key.public, key, clock=clock, random=random)
        self._key = key

    async def open(self, actor: Actor, tip_id: str) -> OpenedTip:
        """A tip with its content, which is itself an act that the audit log keeps."""
        require(actor, Act.OPEN_TIP)
        now = self._clock()

        def unit(t: Transaction) -> SealedTip:
            tips.mark_seen(t, tip_id, now=now)
            claims.renew(t, tip_id, by=actor.name, now=now)
            self._record(t, actor, Act.OPEN_TIP, tip_id)
            withdrawals.dismiss_notice(t, tip_id, by=actor.name)
            return SealedTip(
                tip=tips.get(t, tip_id),
                content=tips.content(t, tip_id),
                reason=verdicts.reason(t, tip_id),
                messages=messages.of_tip(t, tip_id),
                others=links.others(t, tip_id, now=now),
                duplicates=verdicts.duplicates_of(t, tip_id),
                history=audit.list_entries(t, subject=tip_id, limit=50),
                exhibits=exhibits.of_tip(t, tip_id),
                beside=look_beside(t, tip_id, now=now),
                similar=similar_tips(t, tip_id),
            )

        return self._unseal(await self._database.write(unit), now)

    def _unseal(self, sealed: SealedTip, now: datetime) -> OpenedTip:
        box = None if sealed.content is None else TipBox.from_bytes(self._key.open(sealed.content))
        hashes = {} if box is None else {(seen.type, seen.value): seen for seen in box.observables}
        others = {
            pair: sealed.others.get(links.ObservableHash(pair[0], self._key.link_hash(*pair)), 0) for pair in hashes
        }
        return OpenedTip(
            tip=sealed.tip,
            reasons=reasons_for(sealed.tip, now),
            box=box,
            others=others,
            spoken=tuple(self._hear(message) for message in sealed.messages),
            verdict_reason=self._open_text(sealed.reason),
            duplicates=sealed.duplicates,
            history=sealed.history,
            exhibits=tuple(show(self._key, exhibit) for exhibit in sealed.exhibits),
            beside=open_beside(sealed.beside, self._key, frozenset(hashes)),
            similar=sealed.similar,
        )

    def _hear(self, message: messages.Message) -> Spoken:
        return Spoken(
            kind=message.kind,
            at=message.at,
            by=message.by,
            text=self._open_text(message.for_staff),
            is_answered=message.is_answered,
            read_at=message.read_at,
        )

    def _open_text(self, sealed: bytes | None) -> str | None:
        return None if sealed is None else self._key.open(sealed).decode()
