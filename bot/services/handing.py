"""What a turn leaves for the person in the outbox: what is shown once, to be fetched; or every word, to be sent."""

import json
from datetime import datetime, timedelta

from bot.conversation.events import Reply
from bot.services.exchange import Incoming, Screen
from bot.services.parcels import Parcel, parcels
from storage import outbox
from storage.database import Transaction
from storage.outbox import Outgoing
from storage.sealing import CitizensKeys
from storage.transaction import Later

TAKEN_BACK = timedelta(hours=48)
"""How old a message may be that chat apps still let a bot take away."""


Given = tuple[Outgoing, ...]
"""What is left to this process to send once the commit is made; the outbox's worker sends it if it does not."""


class Hands:
    """Writes to the outbox within a turn's commit."""

    def __init__(self, citizens: CitizensKeys, lease: timedelta = timedelta(0)) -> None:
        """`lease`: how long what is pushed is left to this process, which sends it at once; none, where it does not."""
        self._citizens = citizens
        self._lease = lease

    def give(
        self, t: Transaction, incoming: Incoming, conversation: bytes, screen: Screen, now: datetime
    ) -> Later[Given]:
        """The replies of a turn: all, where the channel writes to people; else what no page may show twice."""
        if incoming.pushes:
            return self.push(t, incoming, conversation, screen, now)
        for reply in screen.replies:
            if reply.once:
                self._put(t, incoming, conversation, json.dumps({"text": reply.text}).encode(), now)
        return tuple

    def push(
        self, t: Transaction, incoming: Incoming, conversation: bytes, screen: Screen, now: datetime
    ) -> Later[Given]:
        """Every reply, in order, and the mark by which the person's own message can be taken away."""
        if incoming.mark:
            outbox.mark(
                t, self._citizens, conversation=conversation, channel=incoming.channel, mark=incoming.mark, now=now
            )
        bodies = [parcel.dump() for parcel in parcels(screen.replies, screen.standing, screen.turn)]
        return self._given([self._put(t, incoming, conversation, body, now, lease=self._lease) for body in bodies])

    def clear(self, t: Transaction, incoming: Incoming, conversation: bytes, screen: Screen, now: datetime) -> Given:
        """What waits is said no more; what was said is taken away where the channel can, and last words are sent."""
        erases = outbox.take_marks(t, self._citizens, conversation, since=now - TAKEN_BACK)
        outbox.drop(t, conversation, now=now)
        if incoming.pushes:
            own = (incoming.mark,) if incoming.mark else ()
            text = "\n\n".join(reply.text for reply in screen.replies)
            last = Parcel(text, silent=True, leaves=screen.language, erases=tuple(dict.fromkeys((*erases, *own))))
            return self._given([self._put(t, incoming, conversation, last.dump(), now, lease=self._lease)])()
        return ()

    def waiting(self, t: Transaction, conversation: bytes) -> tuple[Reply, ...]:
        """What is shown once and not seen yet."""
        waiting = outbox.waiting(t, self._citizens, conversation)
        return tuple(Reply(json.loads(message.body)["text"], once=True) for message in waiting)

    def were_seen(self, t: Transaction, conversation: bytes, now: datetime) -> None:
        for message in outbox.waiting(t, self._citizens, conversation):
            outbox.acknowledge(t, message.id, now=now)

    def _given(self, put: list[Later[Outgoing]]) -> Later[Given]:
        return lambda: tuple(message() for message in put) if self._lease else ()

    def _put(
        self,
        t: Transaction,
        incoming: Incoming,
        conversation: bytes,
        body: bytes,
        now: datetime,
        *,
        lease: timedelta = timedelta(0),
    ) -> Later[Outgoing]:
        channel, address = incoming.channel, incoming.conversation
        number = outbox.put(
            t,
            self._citizens,
            conversation=conversation,
            channel=channel,
            address=address,
            body=body,
            now=now,
            not_before=now + lease,
        )
        return lambda: Outgoing(number(), conversation, channel, address, body, attempts=1, created_at=now)
