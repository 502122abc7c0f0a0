"""What the desk says by itself: urgent tips that are new, cards that changed, deadlines that are near, the digest."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services import desk_letters
from bot.services.desk_letters import Card, Deadline, DigestLetter, Due, Topic, chat_name
from bot.services.desk_seats import seats
from bot.services.urgency import OVERDUE, PERSON_AT_RISK, RECOVERABLE, reasons_for
from bot.services.urgent_order import URGENT
from knowledge.dangers import Danger
from storage import daybook, desk_cards, desk_drafts, desk_notes, desk_places, outbox, tips
from storage.database import Database, Transaction
from storage.desk_key import DeskKey
from storage.queueing import Page
from storage.tips import Tip

_log = logging.getLogger(__name__)

HOLD_WARNING = timedelta(minutes=15)
FIRST_LOOK_WARNING = timedelta(hours=2)
RECALL_WARNING = timedelta(hours=4)
NAMED = 5
"""So many of the tips that are about to miss a deadline are named; the others are counted."""

_ANNOUNCED = timedelta(hours=48)
"""A tip older than this is no news, even to a desk that did not run."""
_DIGEST_LATE = timedelta(hours=3)
"""A desk that starts so long after the digest's time still gives it."""
_KEPT = timedelta(days=30)
_AT_ONCE = 5
_MOST_HOLDS = 500
_MOST_WAITING = 20
"""Letters on their way to one chat, which takes so many a minute."""


@dataclass(frozen=True, slots=True)
class Morning:
    """When the digest is given, in which part of the world."""

    at: time
    zone: ZoneInfo


class Notices:
    """Several processes may run this: what was said is noted in the commit that has it sent."""

    def __init__(self, database: Database, key: DeskKey, *, morning: Morning, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._key = key
        self._morning = morning
        self._clock = clock

    async def run_once(self) -> bool:
        """Whether something was put out, so that there may be more."""
        now = self._clock()
        if not await self._database.read(lambda t: self._is_due(t, now)):
            return False
        said = await self._database.write(lambda t: self._say(t, now))
        return said > 0

    def _is_due(self, t: Transaction, now: datetime) -> bool:
        """Without writing: this is asked every second."""
        if desk_cards.outdated(t, limit=1):
            return True
        chats = self._chats(t)
        if not chats:
            return False
        if desk_cards.unannounced(t, urgency=URGENT, since=now - _ANNOUNCED, limit=1) and not self._is_behind(t, chats):
            return True
        first = chat_name(self._key, next(iter(chats)))
        day = self._digest_day(now)
        return (
            (day is not None and not desk_notes.was_said(t, first, "digest", day))
            or not desk_notes.was_said(t, first, "hour", _hour(now))
            or any(not self._was_warned(t, tip) for tip in self._ending(t, now))
        )

    def _say(self, t: Transaction, now: datetime) -> int:
        chats = self._chats(t)
        said = self._refresh(t, now) + self._announce(t, chats, now) + self._warn_holders(t, now)
        for chat in chats:
            said += self._hourly(t, chat, now) + self._daily(t, chat, now)
        return said

    def _chats(self, t: Transaction) -> Mapping[int, None]:
        """Where notices go: the bound groups, and where there is none, everybody at the desk."""
        groups = [place.chat for place in desk_places.every(t, self._key) if place.lost_at is None]
        return dict.fromkeys(groups or [seat.person for seat in seats(t, self._key)])

    def _announce(self, t: Transaction, chats: Mapping[int, None], now: datetime) -> int:
        said = 0
        if not chats or self._is_behind(t, chats):
            return said
        for tip in desk_cards.unannounced(t, urgency=URGENT, since=now - _ANNOUNCED, limit=_AT_ONCE):
            for chat in chats:
                card = desk_cards.deal(t, chat_name(self._key, chat), tip, now=now)
                if card is not None:
                    desk_letters.put(t, self._key, chat, Card(card.hex(), topic_of(tip, now)), now=now)
                    said += 1
        return said

    def _is_behind(self, t: Transaction, chats: Mapping[int, None]) -> bool:
        """In a flood tips wait where they can still be told by urgency: what is in the outbox goes in order."""
        return all(outbox.backlog(t, chat_name(self._key, chat)) >= _MOST_WAITING for chat in chats)

    def _refresh(self, t: Transaction, now: datetime) -> int:
        cards = desk_cards.outdated(t)
        known = self._known(t) if cards else {}
        for card in cards:
            desk_cards.show(t, card.id, tips.get(t, card.tip))
            if card.chat in known:
                desk_letters.put(t, self._key, known[card.chat], Card(card.id.hex()), now=now)
        return len(cards)

    def _known(self, t: Transaction) -> Mapping[bytes, int]:
        numbers = [place.chat for place in desk_places.every(t, self._key)]
        numbers += [seat.person for seat in seats(t, self._key)]
        return {chat_name(self._key, number): number for number in numbers}

    def _ending(self, t: Transaction, now: datetime) -> tuple[Tip, ...]:
        return daybook.holds_ending(t, after=now, until=now + HOLD_WARNING, limit=_MOST_HOLDS)

    def _was_warned(self, t: Transaction, tip: Tip) -> bool:
        holder = {seat.actor.name: seat.person for seat in seats(t, self._key)}.get(tip.claimed_by or "")
        return holder is None or desk_notes.was_said(t, chat_name(self._key, holder), Deadline.HOLD, _hold(tip))

    def _warn_holders(self, t: Transaction, now: datetime) -> int:
        """Whoever holds a tip hears of it alone, also where notices go to a group."""
        ending = self._ending(t, now)
        holders = {seat.actor.name: seat.person for seat in seats(t, self._key)} if ending else {}
        said = 0
        for tip in ending:
            chat = holders.get(tip.claimed_by or "")
            if chat is not None and desk_notes.is_new(
                t, chat_name(self._key, chat), Deadline.HOLD, _hold(tip), now=now
            ):
                desk_letters.put(t, self._key, chat, Due(Deadline.HOLD, (tip.id,), 1), now=now)
                said += 1
        return said

    def _hourly(self, t: Transaction, chat: int, now: datetime) -> int:
        if not desk_notes.is_new(t, chat_name(self._key, chat), "hour", _hour(now), now=now):
            return 0
        desk_drafts.forget(t, now=now)
        desk_notes.forget(t, before=now - _KEPT)
        desk_cards.forget(t, before=now - _KEPT)
        said = 0
        for deadline, page in near(t, now).items():
            if page.total:
                named = tuple(tip.id for tip in page.tips)
                desk_letters.put(t, self._key, chat, Due(deadline, named, page.total), now=now)
                said += 1
        return said

    def _daily(self, t: Transaction, chat: int, now: datetime) -> int:
        day = self._digest_day(now)
        if day is None or not desk_notes.is_new(t, chat_name(self._key, chat), "digest", day, now=now):
            return 0
        desk_letters.put(t, self._key, chat, DigestLetter(Topic.DAY), now=now)
        return 1

    def _digest_day(self, now: datetime) -> str | None:
        """The day whose digest is due, if one is."""
        here = now.astimezone(self._morning.zone)
        due = datetime.combine(here.date(), self._morning.at, self._morning.zone)
        return here.date().isoformat() if due <= now < due + _DIGEST_LATE else None


def near(t: Transaction, now: datetime) -> Mapping[Deadline, Page]:
    """Tips that nobody will have looked at for a day, or whose money nobody will have tried to stop for two, soon; and
    those whose deadline came near or was missed in the last hour, which is the console's deadline."""
    hour = now - timedelta(hours=1)
    look, recall = now - OVERDUE, now - RECOVERABLE
    money = str(Danger.MONEY_GONE)
    return {
        Deadline.RECALL: daybook.undecided(t, money, after=recall, until=recall + RECALL_WARNING, limit=NAMED),
        Deadline.MISSED: daybook.deadlines_missed(t, after=hour, until=now, limit=NAMED),
        Deadline.DECISION: daybook.deadlines_nearing(t, after=hour, until=now, limit=NAMED),
        Deadline.FIRST_LOOK: daybook.unseen(t, after=look, until=look + FIRST_LOOK_WARNING, limit=NAMED),
    }


def topic_of(tip: Tip, now: datetime) -> Topic:
    """Where a tip's card belongs."""
    return Topic.PEOPLE if PERSON_AT_RISK.intersection(reasons_for(tip, now)) else Topic.MONEY


def _hour(now: datetime) -> str:
    return now.strftime("%Y-%m-%dT%H")


def _hold(tip: Tip) -> str:
    """A hold that was made longer is another one."""
    return f"{tip.id} {tip.claim_until}"
