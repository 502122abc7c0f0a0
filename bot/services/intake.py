"""A message's way in: load the session, run the turn, commit it once, and only then answer."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import phrases
from bot.conversation.events import Reply
from bot.conversation.exhibits import awaits, refuses_pictures
from bot.conversation.flow import Flow
from bot.conversation.session import Exhibits, Session, Stage
from bot.services.alone import Alone
from bot.services.effects import Asked, Effects, Unit
from bot.services.exchange import Delivered, Incoming, Screen, begin
from bot.services.fetching import forget_fetches, put_fetch
from bot.services.flooding import Floods
from bot.services.handing import Given, Hands
from bot.services.history import History
from bot.services.knowing import Known
from bot.services.loading import Loaded, Loader
from bot.services.remembering import remember
from bot.services.turn import Run, run_turn
from bot.services.watching import UNWATCHED, Taken, Watch
from bot.services.working import put_wait
from storage import exhibits, outbox, sessions, updates
from storage.database import Database, Transaction
from storage.errors import (
    AlreadyExists,
    CommitUnknown,
    Conflict,
    NotFound,
    StorageBusy,
    StorageError,
    StorageFull,
    StorageUnavailable,
    WrongState,
)
from storage.sealing import CitizensKeys
from storage.transaction import Later

_TRIES = 25
"""How often a turn is run again because the conversation, or a tip it touches, changed meanwhile."""
_PAUSE = 0.004
"""Seconds before a turn is run again, more with each try."""
_AT_WORK = 8
"""Turns at work at once. With more, each waits for all others at every step, and some for much longer than most."""


class _Repeated(Exception):  # noqa: N818 - not an error: another worker answered this update already
    pass


class Intake:
    """One process's way in; other processes on the same database are kept apart by the session's version."""

    def __init__(
        self,
        *,
        database: Database,
        citizens: CitizensKeys,
        known: Callable[[], Known],
        effects: Effects,
        clock: Callable[[], datetime],
        messages_a_minute: int = 60,
        watch: Watch = UNWATCHED,
        lease: timedelta = timedelta(0),
        files_an_hour: int = 60,
    ) -> None:
        """`known` gives what is known now; it is asked once a turn, which uses the same from beginning to end.

        `lease`: how long what a turn says is left to who hears of it and sends it at once; see `Hands`.
        """
        self._database = database
        self._citizens = citizens
        self._known = known
        self._effects = effects
        self._clock = clock
        self._loader = Loader(database, citizens, clock)
        self._floods = Floods(database, citizens, clock, most=messages_a_minute, most_files=files_an_hour)
        self._hands = Hands(citizens, lease)
        self._watch = watch
        self._alone = Alone(database)
        self._at_work = asyncio.Semaphore(_AT_WORK)

    async def receive(self, incoming: Incoming, also: Unit | None = None) -> Delivered:
        """Answers only after the commit. Never raises for a full or busy database: `kept` says so.

        `also` is written in the same commit. Raises LeaseLost where that says so: somebody else brings this update in.
        """
        began = time.perf_counter()
        delivered = await self._receive(incoming, also)
        self._watch.took(incoming.channel, _outcome(delivered), time.perf_counter() - began)
        return delivered

    async def _receive(self, incoming: Incoming, also: Unit | None) -> Delivered:
        conversation = self._citizens.conversation_pseudonym(incoming.channel, incoming.conversation)
        async with self._alone(conversation):
            for tried in range(_TRIES):
                if tried:
                    self._watch.ran_again(incoming.channel)
                try:
                    if tried == 0 and await self._floods.is_over(incoming, conversation):
                        return await self._flooded(incoming, conversation)
                    async with self._at_work:
                        return await self._turn(incoming, conversation, also)
                except (Conflict, AlreadyExists, WrongState, NotFound):
                    await asyncio.sleep(_PAUSE * tried)
                except _Repeated:
                    return await self._repeated(incoming, conversation)
                except CommitUnknown:
                    # If it was kept, the next try finds that the update was taken in.
                    await asyncio.sleep(_PAUSE * (tried + 1))
                except (StorageFull, StorageUnavailable):
                    return await self._refused(incoming, conversation, phrases.STORAGE_FULL)
                except StorageBusy:
                    break
            return await self._refused(incoming, conversation, phrases.TROUBLE)

    async def view(self, channel: str, conversation: str, hint: str | None = None) -> Screen:
        """What stands on the screen. Someone who comes back after a while is offered to go on, with nothing shown."""
        pseudonym = self._citizens.conversation_pseudonym(channel, conversation)
        loaded = await self._loader.load(pseudonym, channel, "", hint)
        flow, now = self._flow(), self._clock()
        loaded = self._loader.returned(loaded, flow, now)
        once = await self._once(pseudonym)
        replies = flow.screen(loaded.session, now)
        shown = History() if loaded.session.stage is Stage.RETURNED else loaded.history
        return _screen(flow, loaded.session, replies, shown, once)

    async def awaits(self, channel: str, conversation: str, name: str) -> bool:
        """Whether the conversation still wants the file it asked to be brought in."""
        pseudonym = self._citizens.conversation_pseudonym(channel, conversation)
        return awaits((await self._loader.load(pseudonym, channel, "", None)).session, name)

    async def takes_another(self, channel: str, conversation: str, source: str | None = None) -> bool:
        """Whether it may send one more file in this hour, which counts as one."""
        pseudonym = self._citizens.conversation_pseudonym(channel, conversation)
        return not await self._floods.is_over_with_files(pseudonym, source)

    async def acknowledge(self, channel: str, conversation: str) -> None:
        """The person has seen the messages that are shown once; they are erased."""
        pseudonym = self._citizens.conversation_pseudonym(channel, conversation)
        await self._database.write(lambda t: self._hands.were_seen(t, pseudonym, self._clock()))

    async def was_said(self, channel: str, conversation: str, mark: str) -> None:
        """A message went out without a turn, such as that there were too many: whoever clears takes it away too."""
        pseudonym, now = self._citizens.conversation_pseudonym(channel, conversation), self._clock()

        def unit(t: Transaction) -> None:
            outbox.mark(t, self._citizens, conversation=pseudonym, channel=channel, mark=mark, now=now)

        # It may be the full disk that was told of.
        with suppress(StorageError):
            await self._database.write(unit)

    async def answer_beside(self, incoming: Incoming, replies: Callable[[Screen], tuple[Reply, ...]]) -> Delivered:
        """Answer an update once, where the channel writes to people, without a turn: all else stays as it is."""
        conversation = self._citizens.conversation_pseudonym(incoming.channel, incoming.conversation)
        if await self._floods.is_over_beside(incoming, conversation):
            return await self._flooded(incoming, conversation)
        screen = await self.view(incoming.channel, incoming.conversation, incoming.hint)
        now = self._clock()
        told = replace(screen, replies=replies(screen), standing=())

        def unit(t: Transaction) -> Later[Given] | None:
            if not updates.remember(t, incoming.channel, incoming.update, now=now):
                return None
            return self._hands.push(t, incoming, conversation, told, now)

        try:
            earlier = await self._database.read(lambda t: outbox.waiting_ids(t, conversation))
            given = await self._database.write(unit)
        except (StorageFull, StorageUnavailable, StorageBusy):
            return Delivered(screen, kept=False)
        return Delivered(told, repeated=given is None, outgoing=given() if given else (), earlier=earlier)

    async def _turn(self, incoming: Incoming, conversation: bytes, also: Unit | None) -> Delivered:
        loaded = await self._loader.load(conversation, incoming.channel, incoming.update, incoming.hint)
        if loaded.seen:
            raise _Repeated
        if self._floods.is_full(incoming, loaded.said):
            return await self._flooded(incoming, conversation)
        known, now = self._known(), self._clock()
        flow = Flow(known.book)
        loaded = self._loader.returned(loaded, flow, now)
        writes_to = (incoming.channel, incoming.conversation) if incoming.pushes else None
        asked = Asked(conversation, self._floods.source(incoming), now, known, writes_to, incoming.exhibits)
        run = await run_turn(flow, self._effects, loaded.session, incoming, asked)
        has_files = loaded.session.exhibits != Exhibits()
        history = self._history(flow, loaded, incoming, run)
        screen = _screen(flow, run.session, run.replies, history)
        body = self._loader.dump(run.session, history, known.versions)
        # What changes nothing must not bring back what was cleared meanwhile.
        is_idle = run.session == loaded.session and not (run.replies or run.units or run.forget or run.clears)

        def unit(t: Transaction) -> Later[Given]:
            is_new = updates.remember_later(t, incoming.channel, incoming.update, now=now)
            t.check(lambda: _check_new(is_new))
            self._floods.hit(t, incoming, conversation, now)
            if also is not None:
                also(t)
            # From an older screen, such as that of another tab, nobody has seen what came since.
            if not incoming.pushes and incoming.screen_turn in {None, loaded.session.turn}:
                self._hands.were_seen(t, conversation, now)
            if run.clears:
                sessions.erase(t, conversation, now=now)
                if has_files:
                    exhibits.drop(t, conversation)
                    forget_fetches(t, conversation)
                given = self._hands.clear(t, incoming, conversation, screen, now)
                return lambda: given
            if not is_idle:
                sessions.save(t, self._citizens, conversation, body, expected=loaded.version, now=now)
            for write in run.units:
                write(t)
            if run.waits is not None:
                put_wait(t, self._citizens, incoming, conversation, until=run.waits, now=now)
            for fetch in run.fetches:
                put_fetch(t, self._citizens, incoming, conversation, fetch, now=now)
            return self._hands.give(t, incoming, conversation, screen, now)

        given = await self._database.write(unit)
        return Delivered(
            screen,
            cleared=run.clears,
            waits=run.waits,
            fetches=bool(run.fetches),
            outgoing=given(),
            earlier=loaded.earlier,
        )

    def _history(self, flow: Flow, loaded: Loaded, incoming: Incoming, run: Run) -> History:
        if incoming.pushes:
            # What was said stands in the person's own app; a second copy here would only be one more to lose.
            return History()
        if run.forget:
            return History().told(run.replies)
        before, after = loaded.session, run.session
        label = lambda button: self._label(flow, before, button)  # noqa: E731 - one word for one use
        say = flow.book.voice(after).say
        said = remember(loaded.history, incoming.event, before, after, adds=run.adds, label=label, say=say)
        return said.told(run.replies)

    def _label(self, flow: Flow, session: Session, pressed: str) -> str:
        shown = [button for reply in flow.screen(session, self._clock()) for button in reply.buttons]
        labels = {button.id: button.label for button in (*flow.standing(session), *shown)}
        return labels.get(pressed, "")

    async def _repeated(self, incoming: Incoming, conversation: bytes) -> Delivered:
        loaded = await self._loader.load(conversation, incoming.channel, "", incoming.hint)
        flow = self._flow()
        replies = flow.screen(loaded.session, self._clock())
        screen = _screen(flow, loaded.session, replies, loaded.history, await self._once(conversation))
        return Delivered(screen, repeated=True)

    async def _flooded(self, incoming: Incoming, conversation: bytes) -> Delivered:
        return replace(await self._refused(incoming, conversation, phrases.TOO_MANY, minutes=1), flooded=True)

    async def _refused(self, incoming: Incoming, conversation: bytes, sentence: str, **slots: object) -> Delivered:
        """Nothing was saved: the last committed session stands, and the person is told."""
        try:
            loaded = await self._loader.load(conversation, incoming.channel, "", incoming.hint)
        except StorageUnavailable:
            loaded = Loaded(begin(incoming.hint), History(), 0, None)
        flow = self._flow()
        told = Reply(flow.book.voice(loaded.session).say(sentence, **slots), urgent=True)
        return Delivered(_screen(flow, loaded.session, (told,), loaded.history), kept=False)

    async def _once(self, conversation: bytes) -> tuple[Reply, ...]:
        return await self._database.read(lambda t: self._hands.waiting(t, conversation))

    def _flow(self) -> Flow:
        return Flow(self._known().book)


def _check_new(is_new: Later[bool]) -> None:
    if not is_new():
        raise _Repeated


def _outcome(delivered: Delivered) -> Taken:
    if delivered.repeated:
        return Taken.REPEATED
    if delivered.kept:
        return Taken.KEPT
    return Taken.FLOODED if delivered.flooded else Taken.NOT_KEPT


def _screen(
    flow: Flow, session: Session, replies: tuple[Reply, ...], history: History, once: tuple[Reply, ...] = ()
) -> Screen:
    return Screen(
        replies=replies,
        standing=flow.standing(session),
        language=session.language,
        turn=session.turn,
        history=history,
        once=once,
        over=session.stage in {Stage.FILED, Stage.RECEIPT, Stage.WRITING, Stage.WITHDRAWING},
        takes_files=not refuses_pictures(session),
    )
