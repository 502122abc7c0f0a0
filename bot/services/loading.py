"""A conversation's saved state, read: its session, what was said on both sides, and the version a turn must expect."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation.events import Opened
from bot.conversation.flow import Flow
from bot.conversation.saved import SavedForm, UnreadableSession
from bot.conversation.session import Session
from bot.services.exchange import begin
from bot.services.history import History
from storage import sessions, updates
from storage.database import Database, Transaction
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


class Loader:
    """Reads and writes what is kept of a conversation."""

    def __init__(self, database: Database, citizens: CitizensKeys) -> None:
        self._database = database
        self._citizens = citizens
        self._form = SavedForm()

    async def load(self, conversation: bytes, channel: str, update: str, hint: str | None) -> Loaded:
        def query(t: Transaction) -> tuple[sessions.SavedSession, bool]:
            seen = bool(update) and updates.is_known(t, channel, update)
            return sessions.load(t, self._citizens, conversation), seen

        saved, seen = await self._database.read(query)
        if saved.body is None:
            return Loaded(begin(hint), History(), saved.version, None, seen)
        kept = json.loads(saved.body)
        try:
            session = self._form.load(kept)
        except UnreadableSession:
            # Written by a later release and rolled back since: begin anew rather than refuse the person.
            return Loaded(begin(hint), History(), saved.version, None, seen)
        return Loaded(session, History.load(kept.get("history")), saved.version, saved.touched_at, seen)

    def dump(self, session: Session, history: History, versions: Mapping[str, str]) -> bytes:
        """`versions`: what the turn was read with."""
        kept = {**self._form.dump(session), "history": history.dump(), "versions": dict(versions)}
        return json.dumps(kept).encode()

    def returned(self, loaded: Loaded, flow: Flow, now: datetime) -> Loaded:
        """After a while, what was half told is offered again; where it could harm, what was said is not shown again."""
        if loaded.touched_at is None or now - loaded.touched_at <= RETURNED_AFTER:
            return loaded
        turn = flow.step(loaded.session, Opened(returned=True), now)
        return replace(loaded, session=turn.session, history=History() if turn.session.quiet else loaded.history)
