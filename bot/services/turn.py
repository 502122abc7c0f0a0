"""One event's turn: the flow's steps, what each asks to be done, and the events that come of that."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.events import Add, Clear, Event, Fetch, Reply, Wait
from bot.conversation.flow import Flow
from bot.conversation.joining import join
from bot.conversation.session import Session
from bot.services.effects import Asked, Effects, Unit
from bot.services.exchange import Incoming
from bot.services.lengths import SHORT, length_of


@dataclass(frozen=True, slots=True)
class Run:
    """What a turn came to, before anything of it is written. `units` belong into its commit; `waits`: until when."""

    session: Session
    replies: tuple[Reply, ...]
    units: tuple[Unit, ...]
    forget: bool
    clears: bool
    adds: bool
    waits: datetime | None
    fetches: tuple[Fetch, ...]


async def run_turn(flow: Flow, effects: Effects, session: Session, incoming: Incoming, asked: Asked) -> Run:
    """From the event that came to the last that comes of it."""
    replies, units, fetches = list[Reply](), list[Unit](), list[Fetch]()
    forget = clears = adds = False
    waits: datetime | None = None
    events: list[Event] = [incoming.event]
    while events:
        event = events.pop(0)
        if length_of(event, session) < SHORT:
            turn = flow.step(session, event, asked.now, incoming.hint)
        else:
            # Reading a long telling takes longer than the event loop should wait.
            turn = await asyncio.to_thread(flow.step, session, event, asked.now, incoming.hint)
        session = turn.session
        replies += turn.replies
        forget = forget or turn.forget
        for effect in turn.effects:
            if isinstance(effect, Wait):
                waits = effect.until
                continue
            if isinstance(effect, Fetch):
                fetches.append(effect)
                continue
            outcome = await effects.perform(effect, asked)
            units += outcome.units
            clears = clears or isinstance(effect, Clear)
            adds = adds or isinstance(effect, Add)
            if outcome.event is not None:
                events.append(outcome.event)
    return Run(session, join(replies), tuple(units), forget, clears, adds, waits, tuple(fetches))
