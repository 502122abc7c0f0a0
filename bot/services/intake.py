"""A message's way in: load the session, run the turn, commit it once, and only then answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.conversation import phrases
from bot.conversation.book import Book
from bot.conversation.events import Add, Event, Opened, Pressed, Reply, Said
from bot.conversation.flow import Flow
from bot.conversation.joining import join
from bot.conversation.receipts import looks_like_receipt
from bot.conversation.saved import SavedForm, UnreadableSession
from bot.conversation.session import Session, Stage
from bot.services.addresses import network_of
from bot.services.effects import SHARED, Asked, Effects, Unit
from bot.services.exchange import Delivered, Incoming, Screen, begin
from bot.services.history import History
from storage import limits, outbox, sessions, updates
from storage.database import Database, Transaction
from storage.errors import (
    AlreadyExists,
    Conflict,
    NotFound,
    StorageBusy,
    StorageFull,
    StorageUnavailable,
    WrongState,
)
from storage.sealing import CitizensKeys

_TRIES = 25
"""How often a turn is run again because the conversation, or a tip it touches, changed meanwhile."""
_PAUSE = 0.004
"""Seconds before a turn is run again, more with each try."""
RETURNED_AFTER = timedelta(minutes=30)
_FLOOD_WINDOW = timedelta(minutes=1)
_NOT_KEPT = "…"
"""Stands in the history for words that do not."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    session: Session
    history: History
    version: int
    touched_at: datetime | None
    seen: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    session: Session
    replies: tuple[Reply, ...]
    units: tuple[Unit, ...]
    forget: bool
    clears: bool
    adds: bool


class _Repeated(Exception):  # noqa: N818 - not an error: another worker answered this update already
    pass


class Intake:
    """One process's way in; other processes on the same database are kept apart by the session's version."""

    def __init__(
        self,
        *,
        database: Database,
        citizens: CitizensKeys,
        book: Book,
        effects: Effects,
        clock: Callable[[], datetime],
        messages_a_minute: int = 60,
    ) -> None:
        self._database = database
        self._citizens = citizens
        self._flow = Flow(book)
        self._effects = effects
        self._clock = clock
        self._most = messages_a_minute
        self._form = SavedForm()
        self._locks: dict[bytes, tuple[asyncio.Lock, int]] = {}

    async def receive(self, incoming: Incoming) -> Delivered:
        """Answers only after the commit. Never raises for a full or busy database: `kept` says so."""
        conversation = self._citizens.conversation_pseudonym(incoming.channel, incoming.conversation)
        async with self._alone(conversation):
            for tried in range(_TRIES):
                try:
                    if tried == 0 and await self._floods(incoming, conversation):
                        return await self._refused(incoming, conversation, phrases.TOO_MANY, minutes=1)
                    return await self._turn(incoming, conversation)
                except (Conflict, AlreadyExists, WrongState, NotFound):
                    await asyncio.sleep(_PAUSE * tried)
                except _Repeated:
                    return await self._repeated(incoming, conversation)
                except (StorageFull, StorageUnavailable):
                    return await self._refused(incoming, conversation, phrases.STORAGE_FULL)
                except StorageBusy:
                    break
            return await self._refused(incoming, conversation, phrases.TROUBLE)

    async def view(self, channel: str, conversation: str, hint: str | None = None) -> Screen:
        """What stands on the screen. Someone who comes back after a while is offered to go on, with nothing shown."""
        pseudonym = self._citizens.conversation_pseudonym(channel, conversation)
        loaded = await self._load(pseudonym, channel, "", hint)
        now = self._clock()
        loaded = self._returned(loaded, now)
        once = await self._once(pseudonym)
        replies = self._flow.screen(loaded.session, now)
        shown = History() if loaded.session.stage is Stage.RETURNED else loaded.history
        return self._screen(loaded.session, replies, shown, once)

    async def acknowledge(self, channel: str, conversation: str) -> None:
        """The person has seen the messages that are shown once; they are erased."""
        pseudonym = self._citizens.conversation_pseudonym(channel, conversation)
        await self._database.write(lambda t: self._acknowledge(t, pseudonym))

    async def _turn(self, incoming: Incoming, conversation: bytes) -> Delivered:
        loaded = await self._load(conversation, incoming.channel, incoming.update, incoming.hint)
        if loaded.seen:
            raise _Repeated
        now = self._clock()
        loaded = self._returned(loaded, now)
        run = await self._run(loaded, incoming, conversation, now)
        history = self._history(loaded, incoming.event, run)
        body = json.dumps({**self._form.dump(run.session), "history": history.dump()}).encode()

        def unit(t: Transaction) -> None:
            if not updates.remember(t, incoming.channel, incoming.update, now=now):
                raise _Repeated
            # From an older screen, such as that of another tab, nobody has seen what came since.
            if incoming.screen_turn in {None, loaded.session.turn}:
                self._acknowledge(t, conversation)
            if run.clears:
                sessions.erase(t, conversation, now=now)
                outbox.drop(t, conversation, now=now)
                return
            sessions.save(t, self._citizens, conversation, body, expected=loaded.version, now=now)
            for write in run.units:
                write(t)
            for reply in run.replies:
                if reply.once:
                    self._put(t, incoming, conversation, reply, now)

        await self._database.write(unit)
        return Delivered(self._screen(run.session, run.replies, history), cleared=run.clears)

    async def _run(self, loaded: _Loaded, incoming: Incoming, conversation: bytes, now: datetime) -> _Run:
        asked = Asked(conversation, self._source(incoming), now)
        session, replies, units = loaded.session, list[Reply](), list[Unit]()
        forget = clears = adds = False
        events: list[Event] = [incoming.event]
        while events:
            # Reading a long telling takes longer than the event loop should wait.
            turn = await asyncio.to_thread(self._flow.step, session, events.pop(0), now, incoming.hint)
            session = turn.session
            replies += turn.replies
            forget = forget or turn.forget
            for effect in turn.effects:
                outcome = await self._effects.perform(effect, asked)
                units += outcome.units
                clears = clears or outcome.clears
                adds = adds or isinstance(effect, Add)
                if outcome.event is not None:
                    events.append(outcome.event)
        return _Run(session, join(replies), tuple(units), forget, clears, adds)

    def _returned(self, loaded: _Loaded, now: datetime) -> _Loaded:
        """After a while, what was half told is offered again; where it could harm, what was said is not shown again."""
        if loaded.touched_at is None or now - loaded.touched_at <= RETURNED_AFTER:
            return loaded
        turn = self._flow.step(loaded.session, Opened(returned=True), now)
        return replace(loaded, session=turn.session, history=History() if turn.session.quiet else loaded.history)

    def _history(self, loaded: _Loaded, event: Event, run: _Run) -> History:
        history = History() if run.forget else loaded.history
        if not run.forget and isinstance(event, Said):
            # A receipt is never kept, not even one that came once too often to be looked up; nor what went to a filed
            # tip. That something was said is: a page tells by it which answers are new.
            is_secret = run.adds or looks_like_receipt(event.text)
            history = history.said(_NOT_KEPT if is_secret else event.text)
        if not run.forget and isinstance(event, Pressed):
            history = history.said(self._label(loaded.session, event.button))
        return history.told(run.replies)

    def _label(self, session: Session, pressed: str) -> str:
        shown = [button for reply in self._flow.screen(session, self._clock()) for button in reply.buttons]
        labels = {button.id: button.label for button in (*self._flow.standing(session), *shown)}
        return labels.get(pressed, "")

    async def _load(self, conversation: bytes, channel: str, update: str, hint: str | None) -> _Loaded:
        def query(t: Transaction) -> tuple[sessions.SavedSession, bool]:
            seen = bool(update) and updates.is_known(t, channel, update)
            return sessions.load(t, self._citizens, conversation), seen

        saved, seen = await self._database.read(query)
        if saved.body is None:
            return _Loaded(begin(hint), History(), saved.version, None, seen)
        kept = json.loads(saved.body)
        try:
            session = self._form.load(kept)
        except UnreadableSession:
            # Written by a later release and rolled back since: begin anew rather than refuse the person.
            return _Loaded(begin(hint), History(), saved.version, None, seen)
        return _Loaded(session, History.load(kept.get("history")), saved.version, saved.touched_at, seen)

    async def _floods(self, incoming: Incoming, conversation: bytes) -> bool:
        if not isinstance(incoming.event, Said):
            return False
        now = self._clock()

        source = self._source(incoming)

        def unit(t: Transaction) -> bool:
            here = limits.hit(t, "say", conversation, window=_FLOOD_WINDOW, now=now)
            if source is None:
                return here > self._most
            # A new conversation costs nothing; an address that many people share needs room for all of them.
            there = limits.hit(t, "say", source, window=_FLOOD_WINDOW, now=now)
            return here > self._most or there > self._most * SHARED

        return await self._database.write(unit)

    def _source(self, incoming: Incoming) -> bytes | None:
        """The pseudonym of where it came from; of an IPv6 address the network, for one person has all of that."""
        if not incoming.source:
            return None
        return self._citizens.conversation_pseudonym("source", network_of(incoming.source))

    async def _repeated(self, incoming: Incoming, conversation: bytes) -> Delivered:
        loaded = await self._load(conversation, incoming.channel, "", incoming.hint)
        replies = self._flow.screen(loaded.session, self._clock())
        screen = self._screen(loaded.session, replies, loaded.history, await self._once(conversation))
        return Delivered(screen, repeated=True)

    async def _refused(self, incoming: Incoming, conversation: bytes, sentence: str, **slots: object) -> Delivered:
        """Nothing was saved: the last committed session stands, and the person is told."""
        try:
            loaded = await self._load(conversation, incoming.channel, "", incoming.hint)
        except StorageUnavailable:
            loaded = _Loaded(begin(incoming.hint), History(), 0, None)
        voice = self._flow.book.voice(loaded.session)
        told = Reply(voice.say(sentence, **slots), urgent=True)
        return Delivered(self._screen(loaded.session, (told,), loaded.history), kept=False)

    async def _once(self, conversation: bytes) -> tuple[Reply, ...]:
        waiting = await self._database.read(lambda t: outbox.waiting(t, self._citizens, conversation))
        return tuple(Reply(json.loads(message.body)["text"], once=True) for message in waiting)

    def _put(self, t: Transaction, incoming: Incoming, conversation: bytes, reply: Reply, now: datetime) -> None:
        body = json.dumps({"text": reply.text}).encode()
        outbox.put(
            t,
            self._citizens,
            conversation=conversation,
            channel=incoming.channel,
            address=incoming.conversation,
            body=body,
            now=now,
        )

    def _acknowledge(self, t: Transaction, conversation: bytes) -> None:
        now = self._clock()
        for message in outbox.waiting(t, self._citizens, conversation):
            outbox.acknowledge(t, message.id, now=now)

    def _screen(
        self, session: Session, replies: tuple[Reply, ...], history: History, once: tuple[Reply, ...] = ()
    ) -> Screen:
        return Screen(
            replies=replies,
            standing=self._flow.standing(session),
            language=session.language,
            turn=session.turn,
            history=history,
            once=once,
            over=session.stage in {Stage.FILED, Stage.RECEIPT, Stage.WRITING, Stage.WITHDRAWING},
        )

    @asynccontextmanager
    async def _alone(self, conversation: bytes) -> AsyncIterator[None]:
        """One turn of a conversation at a time in this process; the lock goes when nobody waits for it."""
        lock, users = self._locks.get(conversation, (asyncio.Lock(), 0))
        self._locks[conversation] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[conversation]
            if users == 1:
                del self._locks[conversation]
            else:
                self._locks[conversation] = (lock, users - 1)
