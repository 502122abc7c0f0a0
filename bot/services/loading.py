"""A conversation's saved state, read: its session, what was said on both sides, and the version a turn must expect."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation.events import Opened
from bot.conversation.flow import Flow
from bot.conversation.saved import SavedForm, UnreadableSession
from bot.conversation.session import Session
from bot.services.exchange import begin
from bot.services.flooding import SAYING, SAYING_WINDOW
from bot.services.history import History
from storage.database import Database
from storage.looks import look
from storage.sealing import CitizensKeys

RETURNED_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Loaded:
    """`seen`: this update was taken in already."""

    session: Session
    history: History
    version: int
    touched_at: datetime | None
    seen: bool = False
    earlier: tuple[int, ...] = ()
    """Of the messages that wait to be sent to the person."""
    said: int = 0
    """How many messages came from the person in this window."""


class Loader:
    """Reads and writes what is kept of a conversation."""

    def __init__(self, database: Database, citizens: CitizensKeys, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._citizens = citizens
        self._clock = clock
        self._form = SavedForm()

    async def load(
        self,
        conversation: bytes,
        channel: str,
        update: str,
        hint: str | None,
    ) -> Loaded:
        """`update`: the one that came; empty where none did."""
        now = self._clock()
        seen = await self._database.glance(
            lambda t: look(
                t,
                self._citizens,
                conversation,
                channel=channel,
                update=update,
                action=SAYING,
                window=SAYING_WINDOW,
                now=now,
            )
        )
        saved = seen.saved
        fresh = Loaded(begin(hint), History(), saved.version, None, seen.seen, seen.waiting, seen.counted)
        if saved.body is None:
            return fresh
        kept = json.loads(saved.body)
        try:
            session = self._form.load(kept)
        except UnreadableSession:
            # Written by a later release and rolled back since: begin anew rather than refuse the person.
            return fresh
        return replace(fresh, session=session, history=History.load(kept.get("history")), touched_at=saved.touched_at)

    def dump(self, session: Session, history: History, versions: Mapping[str, str]) -> bytes:
        """`versions`: what the turn was read with."""
        kept = {**self._form.dump(session), "history": history.dump(), "versions": dict(versions)}
        # Chinese as it is: escaped, it is twice as long to seal and to write.
        return json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def returned(self, loaded: Loaded, flow: Flow, now: datetime) -> Loaded:
        """After a while, what was half told is offered again; where it could harm, what was said is not shown again."""
        if loaded.touched_at is None or now - loaded.touched_at <= RETURNED_AFTER:
            return loaded
        turn = flow.step(loaded.session, Opened(returned=True), now)
        return replace(loaded, session=turn.session, history=History() if turn.session.quiet else loaded.history)
